package io.tidemark.server.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.Set;

/** Pages of which other origins may read answers: those listed exactly, by default none. */
public final class Cors implements Handler {
    private final Set<String> origins;

    public Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    @Override
    public void handle(Context ctx) {
        String origin = ctx.header(Header.ORIGIN);
        if (origin == null) {
            return;
        }
        boolean preflight =
                ctx.method().equals(HandlerType.OPTIONS)
                        && ctx.header(Header.ACCESS_CONTROL_REQUEST_METHOD) != null;
        if (!origins.contains(origin)) {
            if (preflight) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN, "this origin is not in cors.allow-origins");
            }
            return;
        }
        ctx.header(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        ctx.header(Header.VARY, Header.ORIGIN);
        // The allow-list decides; without this a browser drops the answer after CORS let it in.
        ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
        if (preflight) {
            ctx.header(Header.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
            ctx.header(Header.ACCESS_CONTROL_ALLOW_HEADERS, "X-API-Key, X-Request-ID");
            ctx.header(Header.ACCESS_CONTROL_MAX_AGE, "600");
            ctx.status(204).skipRemainingHandlers();
        }
    }
}
