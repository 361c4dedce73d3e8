package io.tidemark.server.access;

import io.tidemark.schemas.settings.Secret;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys as SHA-256 digests: the keys themselves are not kept. Keys are long and random, so a
 * slow hash would only slow the server. Every comparison takes the same time, right or wrong.
 */
public final class ApiKeys {
    public static final String HEADER = "X-API-Key";

    private final boolean readsAreOpen;
    private final List<byte[]> readers;
    private final List<byte[]> admins;

    public ApiKeys(Optional<Secret> read, Optional<Secret> admin) {
        readsAreOpen = read.isEmpty();
        admins = admin.stream().map(k -> digest(k.reveal())).toList();
        readers =
                Stream.concat(read.stream().map(k -> digest(k.reveal())), admins.stream()).toList();
    }

    /**
     * Throws a 401 that says the same for no key, a wrong key and several keys; a 403 for a key
     * that may read only.
     */
    public void check(Access access, HttpServletRequest request) {
        if (access == Access.OPEN || (access == Access.READ && readsAreOpen)) {
            return;
        }
        List<String> sent = new ArrayList<>(Collections.list(request.getHeaders(HEADER)));
        byte[] digest = digest(sent.isEmpty() ? "" : sent.get(0));
        if (!isOneOf(readers, digest) || sent.size() != 1) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED, "send one valid key in the header " + HEADER);
        }
        if (access == Access.ADMIN && !isOneOf(admins, digest)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "this call needs the admin key");
        }
    }

    private static boolean isOneOf(List<byte[]> keys, byte[] digest) {
        boolean known = false;
        for (byte[] key : keys) {
            known |= MessageDigest.isEqual(key, digest);
        }
        return known;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
