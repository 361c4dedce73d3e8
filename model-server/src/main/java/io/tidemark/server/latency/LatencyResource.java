package io.tidemark.server.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.schemas.settings.DurationText;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** {@code /monitoring/latency}: percentiles of every route. */
public final class LatencyResource {
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    private final RouteLatencies latencies;

    public LatencyResource(RouteLatencies latencies) {
        this.latencies = latencies;
    }

    public List<Route> routes() {
        return List.of(Route.read("/monitoring/latency", Set.of("window"), this::latency));
    }

    private void latency(Context ctx) {
        Duration window =
                QueryParameters.of(ctx).duration("window", DEFAULT_WINDOW, LONGEST_WINDOW);
        Map<String, Percentiles> routes = new TreeMap<>();
        latencies.of(window).forEach((route, times) -> routes.put(route, Percentiles.of(times)));
        ctx.contentType(ContentType.APPLICATION_JSON)
                .result(
                        Json.bytes(
                                new Latency(
                                        DurationText.format(window), routes, RequestIds.of(ctx))));
    }

    /** Milliseconds; as precise as 3 digits are. */
    record Percentiles(
            long requests,
            long errors,
            double meanMs,
            @JsonProperty("p50_ms") double p50Ms,
            @JsonProperty("p90_ms") double p90Ms,
            @JsonProperty("p95_ms") double p95Ms,
            @JsonProperty("p99_ms") double p99Ms,
            @JsonProperty("p999_ms") double p999Ms,
            double maxMs) {

        static Percentiles of(RouteTimes times) {
            Histogram micros = times.micros();
            return new Percentiles(
                    times.requests(),
                    times.errors(),
                    Math.rint(micros.getMean()) / 1e3,
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(90) / 1e3,
                    micros.getValueAtPercentile(95) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3,
                    micros.getValueAtPercentile(99.9) / 1e3,
                    micros.getMaxValue() / 1e3);
        }
    }

    private record Latency(String window, Map<String, Percentiles> routes, String requestId) {}
}
