package io.tidemark.local.capture;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, unpacked when it is gzip. A gzip that ends in the middle, as of a recorder
 * that was killed, ends there.
 */
final class CaptureLines implements Closeable {
    private final BufferedReader reader;
    private boolean truncated;

    private CaptureLines(BufferedReader reader) {
        this.reader = reader;
    }

    static CaptureLines open(Path file) throws IOException {
        try {
            InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            bytes.mark(4);
            byte[] magic = bytes.readNBytes(4);
            bytes.reset();
            return new CaptureLines(
                    new BufferedReader(
                            new InputStreamReader(
                                    unpacked(file, magic, bytes), StandardCharsets.UTF_8),
                            1 << 16));
        } catch (NoSuchFileException e) {
            throw new CaptureException(file + ": there is no such file");
        }
    }

    private static InputStream unpacked(Path file, byte[] magic, InputStream bytes)
            throws IOException {
        if (startsWith(magic, 0x1f, 0x8b)) {
            return new GZIPInputStream(bytes, 1 << 16);
        }
        if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
            throw new CaptureException(
                    file + ": wanted text or gzip, got zstd; unpack it first (zstd -d)");
        }
        return bytes;
    }

    private static boolean startsWith(byte[] magic, int... wanted) {
        if (magic.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if ((magic[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** The next line; null at the end. */
    @Nullable String next() throws IOException {
        try {
            return reader.readLine();
        } catch (EOFException e) {
            truncated = true;
            return null;
        }
    }

    /** Whether the end came in the middle of a gzip. */
    boolean truncated() {
        return truncated;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
