package io.tidemark.server.request;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.tidemark.server.access.Access;
import io.tidemark.server.access.ApiKeys;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.List;
import java.util.Set;

/**
 * One call of the contract.
 *
 * @param method GET, POST for a call with a body, DELETE
 * @param path without prefix; every path is also served under {@link #PREFIX}
 * @param parameters the query parameters it reads; any other is refused
 */
public record Route(
        HandlerType method, String path, Access access, Set<String> parameters, Handler handler) {
    public static final String PREFIX = "/api/v1";

    public static Route open(String path, Handler handler) {
        return new Route(HandlerType.GET, path, Access.OPEN, Set.of(), handler);
    }

    public static Route read(String path, Set<String> parameters, Handler handler) {
        return new Route(HandlerType.GET, path, Access.READ, parameters, handler);
    }

    /** A call with a body that reads only; its handler bounds the body. */
    public static Route compute(String path, Handler handler) {
        return new Route(HandlerType.POST, path, Access.READ, Set.of(), handler);
    }

    /** A call that changes something; its handler bounds the body. */
    public static Route change(HandlerType method, String path, Handler handler) {
        return new Route(method, path, Access.ADMIN, Set.of(), handler);
    }

    public void register(JavalinConfig config, ApiKeys keys) {
        Handler guarded =
                ctx -> {
                    keys.check(access, ctx.req());
                    if (method.equals(HandlerType.GET)) {
                        refuseBody(ctx);
                    }
                    QueryParameters.of(ctx).onlyKnown(parameters);
                    handler.handle(ctx);
                };
        for (String served : List.of(path, path.equals("/") ? PREFIX : PREFIX + path)) {
            if (method.equals(HandlerType.POST)) {
                config.routes.post(served, guarded);
            } else if (method.equals(HandlerType.DELETE)) {
                config.routes.delete(served, guarded);
            } else {
                config.routes.get(served, guarded);
                // Without a handler of its own Javalin answers 200 to a HEAD, key or not.
                config.routes.head(served, guarded);
            }
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
