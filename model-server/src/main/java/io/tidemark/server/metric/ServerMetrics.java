package io.tidemark.server.metric;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.util.List;

/** The registry, the JVM in it, and one latency histogram per route and status. */
public final class ServerMetrics implements AutoCloseable {
    private static final Duration[] BUCKETS =
            List.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public ServerMetrics() {
        List.<MeterBinder>of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        collections)
                .forEach(binder -> binder.bindTo(registry));
    }

    public MeterRegistry registry() {
        return registry;
    }

    public List<Route> routes() {
        return List.of(
                Route.open(
                        "/metrics",
                        ctx ->
                                ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                                        .result(registry.scrape())));
    }

    /** Called after every routed request; paths nobody serves share one series. */
    public void record(Context ctx, Float millis) {
        String route = path(ctx);
        Timer.builder("tidemark.http.requests")
                .description("time to answer, by route")
                .tag("route", route)
                .tag("status", Integer.toString(ctx.statusCode()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos((long) (millis * 1e6)));
    }

    /** The path of the contract that answered, {@code none} when none did. */
    public static String path(Context ctx) {
        Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
        return endpoint == null || !endpoint.method.isHttpMethod() ? "none" : endpoint.path;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
