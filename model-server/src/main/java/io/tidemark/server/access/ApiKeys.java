package io.tidemark.server.access;

import io.tidemark.schemas.settings.Secret;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who may call what, and how often. Keys are kept as SHA-256 digests: the keys themselves are not
 * kept. Keys are long and random, so a slow hash would only slow the server. Every comparison takes
 * the same time, right or wrong.
 */
public final class ApiKeys {
    public static final String HEADER = "X-API-Key";

    private final KeySet configured;
    private final Optional<KeysFile> file;
    private final RateLimit limit;

    /**
     * @param file has further keys, which may change while the server runs
     * @param perSecond requests of one caller; 0: any number
     * @throws IllegalArgumentException when the file cannot be used
     */
    public ApiKeys(
            Optional<Secret> read, Optional<Secret> admin, Optional<Path> file, int perSecond) {
        this.configured = KeySet.of(read, admin);
        this.file = file.map(KeysFile::open);
        this.limit = new RateLimit(perSecond);
    }

    /**
     * Throws a 401 that says the same for no key, a wrong key and several keys; a 403 for a key
     * that may read only; a 429 for a caller that calls too often. A caller is a key, or an address
     * without a valid one: whatever header a proxy or a caller sends about addresses counts for
     * nothing.
     */
    public void check(Access access, HttpServletRequest request) {
        if (access == Access.OPEN) {
            return;
        }
        List<String> sent = new ArrayList<>(Collections.list(request.getHeaders(HEADER)));
        byte[] digest = KeySet.digest(sent.isEmpty() ? "" : sent.get(0));
        boolean admin = sent.size() == 1 && isAdmin(digest);
        boolean reader = sent.size() == 1 && (admin || isReader(digest));
        limit.take(reader ? KeySet.name(digest) : "address " + request.getRemoteAddr());
        if (access == Access.READ && readsAreOpen()) {
            return;
        }
        if (!reader) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED, "send one valid key in the header " + HEADER);
        }
        if (access == Access.ADMIN && !admin) {
            throw new ProblemException(ProblemType.FORBIDDEN, "this call needs the admin key");
        }
    }

    /** With a file never, or taking its last reader out would open the reads to everybody. */
    private boolean readsAreOpen() {
        return file.isEmpty() && configured.readers().isEmpty();
    }

    private boolean isAdmin(byte[] digest) {
        boolean known = KeySet.isOneOf(configured.admins(), digest);
        return file.map(keys -> KeySet.isOneOf(keys.current().admins(), digest)).orElse(false)
                || known;
    }

    private boolean isReader(byte[] digest) {
        boolean known = KeySet.isOneOf(configured.readers(), digest);
        return file.map(keys -> KeySet.isOneOf(keys.current().readers(), digest)).orElse(false)
                || known;
    }
}
