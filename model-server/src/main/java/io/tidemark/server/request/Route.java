package io.tidemark.server.request;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.tidemark.server.access.Access;
import io.tidemark.server.access.ApiKeys;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.List;
import java.util.Set;

/**
 * One GET call of the contract.
 *
 * @param path without prefix; every path is also served under {@link #PREFIX}
 * @param parameters the query parameters it reads; any other is refused
 */
public record Route(String path, Access access, Set<String> parameters, Handler handler) {
    public static final String PREFIX = "/api/v1";

    public static Route open(String path, Handler handler) {
        return new Route(path, Access.OPEN, Set.of(), handler);
    }

    public static Route read(String path, Set<String> parameters, Handler handler) {
        return new Route(path, Access.READ, parameters, handler);
    }

    public void register(JavalinConfig config, ApiKeys keys) {
        Handler guarded =
                ctx -> {
                    keys.check(access, ctx.req());
                    refuseBody(ctx);
                    QueryParameters.of(ctx).onlyKnown(parameters);
                    handler.handle(ctx);
                };
        for (String served : List.of(path, path.equals("/") ? PREFIX : PREFIX + path)) {
            config.routes.get(served, guarded);
        }
    }

    /** A GET reads nothing, so the limit of its body is zero bytes, declared or chunked. */
    private static void refuseBody(Context ctx) {
        if (ctx.req().getContentLengthLong() > 0 || ctx.header(Header.TRANSFER_ENCODING) != null) {
            ctx.header(Header.CONNECTION, "close");
            throw new ProblemException(
                    ProblemType.CONTENT_TOO_LARGE, "this call takes no body: the limit is 0 bytes");
        }
    }
}
