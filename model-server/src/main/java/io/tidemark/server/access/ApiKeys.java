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

    public ApiKeys(Optional<Secret> read, Optional<Secret> admin) {
        readsAreOpen = read.isEmpty();
        readers =
                Stream.concat(read.stream(), admin.stream()).map(k -> digest(k.reveal())).toList();
    }

    /** Throws a 401 that says the same for no key, a wrong key and several keys. */
    public void check(Access access, HttpServletRequest request) {
        if (access == Access.OPEN || readsAreOpen) {
            return;
        }
        List<String> sent = new ArrayList<>(Collections.list(request.getHeaders(HEADER)));
        byte[] digest = digest(sent.isEmpty() ? "" : sent.get(0));
        boolean known = false;
        for (byte[] reader : readers) {
            known |= MessageDigest.isEqual(reader, digest);
        }
        if (!known || sent.size() != 1) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED, "send one valid key in the header " + HEADER);
        }
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
