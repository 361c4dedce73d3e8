package io.tidemark.server.access;

import io.tidemark.schemas.settings.NamedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in a file, looked at once a second while there are requests: a line added is a key that
 * counts, a line taken out is one that does not any more, without a restart. A line is {@code read}
 * or {@code admin}, the SHA-256 of the key in hexadecimal, and whatever helps people; {@code #}
 * begins a comment. While the file cannot be used the keys before go on counting.
 */
final class KeysFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeysFile.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHA256_HEX = 64;
    private static final int MOST_BYTES = 1 << 20;

    private final Path path;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_NANOS);
    private volatile Loaded loaded;

    /**
     * @param at when the file was changed last
     */
    private record Loaded(KeySet keys, FileTime at, long bytes) {}

    private KeysFile(Path path, Loaded loaded) {
        this.path = path;
        this.loaded = loaded;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it cannot be used
     */
    static KeysFile open(Path path) {
        try {
            return new KeysFile(path, load(path));
        } catch (IOException e) {
            throw new IllegalArgumentException("server.keys-file cannot be read: " + path, e);
        }
    }

    /** As the file was a second ago at most. */
    KeySet current() {
        long now = System.nanoTime();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_NANOS)) {
            look();
        }
        return loaded.keys;
    }

    private void look() {
        try {
            Loaded had = loaded;
            if (!Files.getLastModifiedTime(path).equals(had.at) || Files.size(path) != had.bytes) {
                loaded = load(path);
                LOG.info(
                        "keys were read anew: {} to read, {} to administer",
                        loaded.keys.readers().size(),
                        loaded.keys.admins().size());
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("server.keys-file cannot be used, the keys before count: {}", e.toString());
        }
    }

    private static Loaded load(Path path) throws IOException {
        FileTime at = Files.getLastModifiedTime(path);
        byte[] bytes = NamedFile.bytes(path, MOST_BYTES);
        return new Loaded(parsed(new String(bytes, StandardCharsets.UTF_8)), at, bytes.length);
    }

    /** A fault is told by its line's number: the line may hold a key somebody put there whole. */
    static KeySet parsed(String text) {
        List<byte[]> readers = new ArrayList<>();
        List<byte[]> admins = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String[] words = line.strip().split("\\s+", 3);
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            boolean admin = words[0].equals("admin");
            if (words.length < 2
                    || !(admin || words[0].equals("read"))
                    || !words[1].matches("[0-9a-fA-F]{" + SHA256_HEX + "}")) {
                throw new IllegalArgumentException(
                        "line %d of server.keys-file must be 'read' or 'admin' and a SHA-256 in hexadecimal"
                                .formatted(number));
            }
            (admin ? admins : readers).add(HexFormat.of().parseHex(words[1]));
        }
        return new KeySet(List.copyOf(readers), List.copyOf(admins));
    }
}
