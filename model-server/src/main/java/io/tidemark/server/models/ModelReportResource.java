package io.tidemark.server.models;

import io.javalin.http.Context;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.Route;
import java.util.List;
import java.util.Set;

/** {@code /models/{version}/report}: a page of charts that was published with the version. */
public final class ModelReportResource {
    /** The page's scripts and styles are within it; it may fetch nothing. */
    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ModelRegistry registry;

    public ModelReportResource(ModelRegistry registry) {
        this.registry = registry;
    }

    public List<Route> routes() {
        return List.of(Route.read("/models/{version}/report", Set.of(), this::report));
    }

    private void report(Context ctx) {
        long number =
                ModelRegistry.number(ctx.pathParam("version"))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemType.MODEL_NOT_FOUND,
                                                "a model version is v1, v2, and so on"));
        byte[] page = registry.report(registry.version(number));
        ctx.header("Content-Security-Policy", POLICY)
                .contentType("text/html; charset=utf-8")
                .result(page);
    }
}
