package io.tidemark.server.problem;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.tidemark.server.identity.RequestIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door by which failures leave. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    public static void install(JavalinConfig config) {
        config.routes.exception(ProblemException.class, Problems::answer);
        config.routes.exception(HttpResponseException.class, Problems::answerJavalins);
        config.routes.exception(JdbiException.class, Problems::answerStore);
        config.routes.exception(Exception.class, (e, ctx) -> answerUnexpected(e, ctx));
        config.router.javaLangErrorHandler(
                (response, error) -> {
                    LOG.error("request failed", error);
                    response.setStatus(ProblemType.INTERNAL.status());
                });
    }

    private static void answer(ProblemException problem, Context ctx) {
        write(ctx, problem.type(), problem.detail(), problem.members());
    }

    private static void answerJavalins(HttpResponseException e, Context ctx) {
        ProblemType type = ProblemType.ofStatus(e.getStatus());
        String detail = String.valueOf(e.getMessage());
        if (type == ProblemType.METHOD_NOT_ALLOWED) {
            String allowed = allowed(e.getDetails().getOrDefault("availableMethods", ""));
            ctx.header(Header.ALLOW, allowed);
            detail = ctx.method() + " is not served here; allowed: " + allowed;
        } else if (type == ProblemType.NOT_FOUND) {
            detail = "nothing is served at this path; GET /openapi.json lists what is";
        }
        write(ctx, type, detail, Map.of());
    }

    private static String allowed(String available) {
        List<String> allowed = new ArrayList<>();
        if (available.contains("GET")) {
            allowed.add("GET, HEAD");
        }
        for (String method : List.of("POST", "DELETE")) {
            if (available.contains(method)) {
                allowed.add(method);
            }
        }
        return String.join(", ", allowed);
    }

    private static void answerStore(JdbiException e, Context ctx) {
        if (!StoreFailure.isUnavailable(e)) {
            answerUnexpected(e, ctx);
            return;
        }
        LOG.atWarn()
                .addKeyValue(RequestIds.LOG_KEY, RequestIds.of(ctx))
                .log("serving store unavailable: {}", StoreFailure.rootMessage(e));
        ctx.header(Header.RETRY_AFTER, "1");
        write(
                ctx,
                ProblemType.STORE_UNAVAILABLE,
                "the serving store did not answer in time; try again",
                Map.of());
    }

    private static void answerUnexpected(Exception e, Context ctx) {
        LOG.atError()
                .setCause(e)
                .addKeyValue(RequestIds.LOG_KEY, RequestIds.of(ctx))
                .log("request failed");
        write(ctx, ProblemType.INTERNAL, "the cause is in the log, by request_id", Map.of());
    }

    private static void write(
            Context ctx, ProblemType type, String detail, Map<String, Object> members) {
        if (type == ProblemType.UNAUTHORIZED) {
            ctx.header(Header.WWW_AUTHENTICATE, "ApiKey");
        }
        if (type == ProblemType.TOO_MANY_REQUESTS) {
            ctx.header(Header.RETRY_AFTER, "1");
        }
        ctx.status(type.status())
                .contentType(ProblemBody.MEDIA_TYPE)
                .result(ProblemBody.bytes(type, detail, ctx.path(), RequestIds.of(ctx), members));
    }
}
