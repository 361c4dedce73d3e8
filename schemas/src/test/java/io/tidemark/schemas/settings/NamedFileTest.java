package io.tidemark.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFileTest {
    @TempDir Path folder;

    @Test
    void isReadWholeAlsoThroughALink() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "tidemark é");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(NamedFile.text(link, 11)).isEqualTo("tidemark é");
        assertThat(NamedFile.bytes(file, 11)).hasSize(11);
        assertThatThrownBy(() -> NamedFile.bytes(file, 10))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("more than 10 bytes");
        assertThatThrownBy(() -> NamedFile.text(folder.resolve("none"), 1))
                .isInstanceOf(NoSuchFileException.class);
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> NamedFile.text(file, 10))
                .isInstanceOf(CharacterCodingException.class);
    }

    /** Nobody writes into the pipe, and the device has no end: either would never be read. */
    @Test
    void aPipeAFolderOrADeviceIsNone() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        for (Path none : new Path[] {pipe, folder, Path.of("/dev/zero"), Path.of("/dev/null")}) {
            assertThatThrownBy(() -> NamedFile.bytes(none, 1 << 20))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("no regular file");
        }
    }
}
