package io.tidemark.server.access;

import io.tidemark.schemas.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Digests of keys.
 *
 * @param readers of keys that may read only
 * @param admins of keys that may do everything
 */
record KeySet(List<byte[]> readers, List<byte[]> admins) {

    static KeySet of(Optional<Secret> read, Optional<Secret> admin) {
        return new KeySet(
                read.stream().map(key -> digest(key.reveal())).toList(),
                admin.stream().map(key -> digest(key.reveal())).toList());
    }

    /** Looks at all of them, whichever it is. */
    static boolean isOneOf(List<byte[]> keys, byte[] digest) {
        boolean known = false;
        for (byte[] key : keys) {
            known |= MessageDigest.isEqual(key, digest);
        }
        return known;
    }

    /** SHA-256 of the key in UTF-8. */
    static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Tells keys apart without telling them. */
    static String name(byte[] digest) {
        return "key " + HexFormat.of().formatHex(digest, 0, 8);
    }
}
