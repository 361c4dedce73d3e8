package io.tidemark.server.performance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.server.features.LatestRows;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.models.ActiveModel;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics/ml}: predictions of the last minute by version, of all servers, from their
 * record, and what came true of those of the last hour; and how often this server found rows in
 * memory since it started.
 */
public final class MlMetricsResource {
    private static final int WINDOW_SECONDS = 60;
    private static final Duration JUDGED = Duration.ofHours(1);

    /** Of one version; the oldest of the hour. Bounds what an answer costs. */
    private static final int MOST_JUDGED = 10_000;

    private final Jdbi reads;
    private final ForetoldLabels labels;
    private final InstantSource clock;
    private final LatestRows rows;
    private final ActiveModel active;

    public MlMetricsResource(
            Jdbi reads,
            ModelRegistry registry,
            LatestRows rows,
            ActiveModel active,
            InstantSource clock) {
        reads.registerRowMapper(new JudgedRow.Mapper());
        this.reads = reads;
        this.labels = new ForetoldLabels(registry);
        this.clock = clock;
        this.rows = rows;
        this.active = active;
    }

    public List<Route> routes() {
        return List.of(Route.read("/metrics/ml", Set.of(), this::metrics));
    }

    private void metrics(Context ctx) {
        Map<String, OfVersion> models = new LinkedHashMap<>();
        long all = 0;
        try (Handle handle = reads.open()) {
            for (Counted one : handle.attach(Sql.class).counted(WINDOW_SECONDS)) {
                models.put(
                        "v" + one.modelVersion(),
                        OfVersion.of(one, live(handle, one.modelVersion())));
                all += one.predictions();
            }
        }
        ctx.contentType(ContentType.APPLICATION_JSON)
                .result(
                        Json.bytes(
                                new Metrics(
                                        WINDOW_SECONDS,
                                        all / (double) WINDOW_SECONDS,
                                        active.peek()
                                                .map(model -> model.content().version())
                                                .orElse(null),
                                        rows.memoryShare(),
                                        models,
                                        RequestIds.of(ctx))));
    }

    /** What came true; not known of a version whose package cannot be read. */
    private Live live(Handle handle, long version) {
        ForetoldLabels.Foretold foretold;
        try {
            foretold = labels.of(version);
        } catch (ProblemException e) {
            return new Live(0, null, null);
        }
        LivePerformance performance = new LivePerformance(foretold.label());
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        List<JudgedRow> judged =
                performance.judged(
                        handle.attach(PerformanceSql.class)
                                .rows(
                                        version,
                                        now.minus(JUDGED),
                                        now,
                                        null,
                                        foretold.text(),
                                        foretold.reachMicros(),
                                        MOST_JUDGED));
        Map<String, LivePerformance.Score> scores = performance.of(judged);
        LivePerformance.Score model = scores.get("model");
        LivePerformance.Score last = scores.get("last_value");
        return new Live(
                judged.size(),
                model == null ? null : model.accuracy(),
                last == null ? null : last.accuracy());
    }

    private record Live(
            long judged, @Nullable Double accuracy, @Nullable Double lastValueAccuracy) {}

    /** Predictions of a version; times are from the request to the answer's numbers. */
    record Counted(
            long modelVersion,
            long predictions,
            long degraded,
            double p50Micros,
            double p95Micros,
            double p99Micros) {}

    /** Schema: db/migration/V004; rows of the last minute by the index of V009. */
    @RegisterConstructorMapper(Counted.class)
    interface Sql {
        @SqlQuery(
                """
                SELECT model_version,
                       count(*) AS predictions,
                       count(*) FILTER (WHERE degraded) AS degraded,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_micros) AS p50_micros,
                       percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_micros) AS p95_micros,
                       percentile_cont(0.99) WITHIN GROUP (ORDER BY latency_micros) AS p99_micros
                FROM prediction
                WHERE made_at > now() - :seconds * interval '1 second'
                GROUP BY model_version
                ORDER BY model_version
                """)
        List<Counted> counted(@Bind("seconds") int seconds);
    }

    private record OfVersion(
            long predictions,
            double degradedShare,
            @JsonProperty("p50_ms") double p50Ms,
            @JsonProperty("p95_ms") double p95Ms,
            @JsonProperty("p99_ms") double p99Ms,
            long judged,
            @Nullable Double liveAccuracy,
            @Nullable Double lastValueAccuracy) {
        static OfVersion of(Counted counted, Live live) {
            return new OfVersion(
                    counted.predictions(),
                    counted.degraded() / (double) counted.predictions(),
                    counted.p50Micros() / 1e3,
                    counted.p95Micros() / 1e3,
                    counted.p99Micros() / 1e3,
                    live.judged(),
                    live.accuracy(),
                    live.lastValueAccuracy());
        }
    }

    private record Metrics(
            int windowSeconds,
            double predictionsPerSecond,
            @Nullable String activeVersion,
            @Nullable Double cacheHitRate,
            Map<String, OfVersion> models,
            String requestId) {}
}
