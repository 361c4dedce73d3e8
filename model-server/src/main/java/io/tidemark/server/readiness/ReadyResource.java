package io.tidemark.server.readiness;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /health}: the process answers, whatever else is broken. {@code /ready}: it can serve
 * correct answers now; every dependency is asked.
 */
public final class ReadyResource {
    private final StoreProbe store;
    private final Optional<BrokerProbe> broker;
    private volatile boolean draining;

    public ReadyResource(StoreProbe store, Optional<BrokerProbe> broker) {
        this.store = store;
        this.broker = broker;
    }

    public List<Route> routes() {
        return List.of(
                Route.open("/health", ReadyResource::health), Route.open("/ready", this::ready));
    }

    /**
     * From now on not ready, so that a balancer sends requests elsewhere before the server stops.
     */
    public void drain() {
        draining = true;
    }

    private static void health(Context ctx) {
        ctx.contentType(ContentType.APPLICATION_JSON)
                .result(Json.bytes(new Health("alive", RequestIds.of(ctx))));
    }

    private void ready(Context ctx) {
        List<Check> checks = new ArrayList<>();
        if (draining) {
            checks.add(Check.failed("lifecycle", "stopping"));
        }
        checks.addAll(store.checks());
        broker.map(BrokerProbe::check).ifPresent(checks::add);
        List<String> failed = checks.stream().filter(c -> !c.ok()).map(Check::name).toList();
        if (!failed.isEmpty()) {
            throw new ProblemException(
                    ProblemType.NOT_READY,
                    "failed checks: " + String.join(", ", failed),
                    Map.of("checks", checks));
        }
        ctx.contentType(ContentType.APPLICATION_JSON)
                .result(Json.bytes(new Ready("ready", checks, RequestIds.of(ctx))));
    }

    private record Health(String status, String requestId) {}

    private record Ready(String status, List<Check> checks, String requestId) {}
}
