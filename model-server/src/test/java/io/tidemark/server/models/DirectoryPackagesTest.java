package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages in a directory. */
final class DirectoryPackagesTest extends PackageStoreContract {
    @TempDir Path root;

    @Override
    PackageStore store() {
        return PackageStore.in(root);
    }

    @Override
    byte[] stored(String version, String sha256, String name) {
        try {
            return Files.readAllBytes(root.resolve(version).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void replace(String version, String sha256, String name, byte[] bytes) {
        try {
            Files.write(root.resolve(version).resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void remove(String version, String sha256, String name) {
        try {
            Files.delete(root.resolve(version).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aVersionThatIsThereIsTaken() throws Exception {
        String one = publish(1);
        assertThat(store().publish(TRAINED.files(), TRAINED.content(1, "another"))).isEmpty();
        Files.createDirectory(root.resolve("v2"));
        assertThat(store().publish(TRAINED.files(), TRAINED.content(2))).isEmpty();
        assertThat(store().load("v1", one).content().dataset().id()).isEqualTo("d");
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("v1", "v2");
        }
    }

    @Test
    void onlyRegularFilesAreRead() throws Exception {
        String one = publish(1);
        Path file = root.resolve("v1/model.bin");
        Path elsewhere = root.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        refused("v1", one, "model.bin is not a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        refused("v1", one, "model.bin is not a regular file");
        Files.delete(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(10L << 30);
        }
        refused("v1", one, "at most 268435456 are read");
        Files.createSymbolicLink(root.resolve("v9"), root.resolve("v1"));
        refused("v9", one, "no folder of v9");
    }

    @Test
    void aPipeOrADeviceIsNotRead() throws Exception {
        String one = publish(1);
        Path file = root.resolve("v1/model.bin");
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        refused("v1", one, "model.bin is not a regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        refused("v1", one, "model.bin is not a regular file");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsToldWithoutItsPath() throws Exception {
        Path file = Files.createFile(root.resolve("a-file"));
        assertThatThrownBy(
                        () ->
                                PackageStore.in(file.resolve("models"))
                                        .publish(TRAINED.files(), TRAINED.content(1)))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageStartingWith("the directory of packages cannot be written (")
                .hasMessageNotContaining("a-file");
    }
}
