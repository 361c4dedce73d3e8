package io.tidemark.server.performance;

import static io.tidemark.server.problem.ProblemException.badParameter;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.StoredModel;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /monitoring/performance}: predictions beside what came of them, by model version. */
public final class PerformanceResource {
    private static final Duration DEFAULT_SPAN = Duration.ofHours(24);
    private static final Duration LONGEST_SPAN = Duration.ofDays(31);

    /** Of one version; more are cut at the newest end, which is told. */
    private static final int MOST_ROWS = 200_000;

    private final Jdbi reads;
    private final ModelRegistry registry;
    private final ForetoldLabels labels;
    private final Contests contests;
    private final InstantSource clock;

    public PerformanceResource(
            Jdbi reads, ModelRegistry registry, Contests contests, InstantSource clock) {
        reads.registerRowMapper(new JudgedRow.Mapper());
        this.reads = reads;
        this.registry = registry;
        this.labels = new ForetoldLabels(registry);
        this.contests = contests;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.read(
                        "/monitoring/performance",
                        Set.of("symbol", "version", "from", "to"),
                        this::performance));
    }

    private void performance(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        Instant now = clock.instant();
        Instant to = query.time("to").orElse(now);
        Instant from = query.time("from").orElse(to.minus(DEFAULT_SPAN));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_SPAN) > 0) {
            throw badParameter("from", "out_of_range", "from must be before to, at most 31 days");
        }
        @Nullable String symbol = query.optionalSymbol().orElse(null);
        @Nullable Long version = version(query);
        Optional<StoredModel> active = registry.active();
        try (Handle handle = reads.open()) {
            PerformanceSql sql = handle.attach(PerformanceSql.class);
            OffsetDateTime begin = from.atOffset(ZoneOffset.UTC);
            OffsetDateTime end = to.atOffset(ZoneOffset.UTC);
            List<Performance> models =
                    sql.versions(version, begin, end).stream()
                            .map(
                                    number ->
                                            of(
                                                    number,
                                                    active.map(StoredModel::number)
                                                            .equals(Optional.of(number)),
                                                    asked(sql, number, begin, end, symbol),
                                                    now))
                            .toList();
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(
                            Json.bytes(
                                    new Answer(
                                            from.toString(),
                                            to.toString(),
                                            symbol,
                                            models,
                                            contests.now(),
                                            RequestIds.of(ctx))));
        }
    }

    private static @Nullable Long version(QueryParameters query) {
        Optional<String> text = query.version();
        if (text.isEmpty()) {
            return null;
        }
        return ModelRegistry.number(text.get())
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.MODEL_NOT_FOUND,
                                        "a model version is v1, v2, and so on"));
    }

    private List<JudgedRow> asked(
            PerformanceSql sql,
            long number,
            OffsetDateTime from,
            OffsetDateTime to,
            @Nullable String symbol) {
        ForetoldLabels.Foretold foretold = labels.of(number);
        return sql.rows(
                number, from, to, symbol, foretold.text(), foretold.reachMicros(), MOST_ROWS);
    }

    private Performance of(long number, boolean isActive, List<JudgedRow> rows, Instant now) {
        ForetoldLabels.Foretold foretold = labels.of(number);
        LivePerformance performance = new LivePerformance(foretold.label());
        Duration reach = Duration.ofNanos(foretold.reachMicros() * 1_000);
        List<JudgedRow> judged = performance.judged(rows);
        long known = rows.stream().filter(row -> row.outcome() != null).count();
        long due = rows.stream().filter(row -> !row.featureTime().plus(reach).isAfter(now)).count();
        return new Performance(
                "v" + number,
                isActive,
                foretold.text(),
                rows.size(),
                rows.size() == MOST_ROWS,
                due,
                known,
                due == 0 ? null : (double) known / due,
                known - judged.size(),
                Delay.of(rows),
                performance.of(judged));
    }

    private record Delay(long count, @Nullable Long p50, @Nullable Long p95, @Nullable Long max) {
        static Delay of(List<JudgedRow> rows) {
            long[] sorted =
                    rows.stream()
                            .map(JudgedRow::delayMillis)
                            .filter(Objects::nonNull)
                            .mapToLong(Long::longValue)
                            .sorted()
                            .toArray();
            int last = sorted.length - 1;
            return last < 0
                    ? new Delay(0, null, null, null)
                    : new Delay(
                            sorted.length,
                            sorted[last / 2],
                            sorted[(int) Math.ceil(last * 0.95)],
                            sorted[last]);
        }
    }

    /**
     * @param predictions rows answered to, each once
     * @param due whose outcome could be known by now
     * @param unforeseen whose outcome is a class the model does not know; not scored
     */
    private record Performance(
            String version,
            @JsonProperty("is_active") boolean isActive,
            String label,
            long predictions,
            boolean truncated,
            long due,
            long known,
            @Nullable Double coverage,
            long unforeseen,
            Delay labelDelayMs,
            Map<String, LivePerformance.Score> scores) {}

    private record Answer(
            String periodStart,
            String periodEnd,
            @Nullable String symbol,
            List<Performance> models,
            List<Contest> contests,
            String requestId) {}
}
