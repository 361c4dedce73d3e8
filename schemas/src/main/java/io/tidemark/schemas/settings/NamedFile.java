package io.tidemark.schemas.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that a setting names. Links are followed: secrets and configuration are often mounted as
 * links.
 */
public final class NamedFile {
    private NamedFile() {}

    /**
     * All of it.
     *
     * @param mostBytes more is refused
     * @throws IOException when it is absent, larger, or no regular file: a pipe would be waited
     *     for, and a device may have no end
     */
    public static byte[] bytes(Path file, int mostBytes) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes);
            if (in.read() >= 0) {
                throw new FileSystemException(
                        file.toString(), null, "more than " + mostBytes + " bytes");
            }
            return bytes;
        }
    }

    /**
     * As {@link #bytes}, decoded.
     *
     * @throws java.nio.charset.CharacterCodingException when it is not UTF-8
     */
    public static String text(Path file, int mostBytes) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file, mostBytes)))
                .toString();
    }
}
