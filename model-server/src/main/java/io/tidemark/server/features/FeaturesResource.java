package io.tidemark.server.features;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.schemas.settings.DurationText;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@code /features} and {@code /features/latest}: rows as the job wrote them, with their age. */
public final class FeaturesResource {
    private static final Duration DEFAULT_LOOKBACK = Duration.ofMinutes(5);
    private static final Duration LONGEST_LOOKBACK = Duration.ofHours(24);
    private static final long DEFAULT_LIMIT = 1_000;
    private static final long LARGEST_LIMIT = 10_000;
    private static final long LONGEST_AGE_MS = Duration.ofDays(3_660).toMillis();
    private static final int NAMES_TOLD = 50;

    private final Jdbi reads;
    private final InstantSource clock;

    public FeaturesResource(Jdbi reads, InstantSource clock) {
        reads.registerRowMapper(new StoredRow.Mapper());
        reads.registerRowMapper(new FeatureRegistryVersionSql.NamesMapper());
        this.reads = reads;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.read(
                        "/features/latest",
                        Set.of("symbol", "version", "max_age_ms"),
                        this::latest),
                Route.read(
                        "/features", Set.of("symbol", "version", "lookback", "limit"), this::rows));
    }

    private void latest(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        String symbol = query.symbol();
        Optional<String> version = query.version();
        Optional<Long> maxAgeMs = query.number("max_age_ms", 0, LONGEST_AGE_MS);
        try (Handle handle = reads.open()) {
            StoredRow row = newest(handle, symbol, version);
            List<String> names = names(handle, row.version());
            Instant now = clock.instant();
            RowBody body = RowBody.of(row, names, now);
            if (maxAgeMs.isPresent() && body.ageMs() > maxAgeMs.get()) {
                throw new ProblemException(
                        ProblemType.STALE,
                        "the newest row of %s is %d ms old, at most %d ms asked for"
                                .formatted(symbol, body.ageMs(), maxAgeMs.get()),
                        Map.of("age_ms", body.ageMs(), "timestamp", body.timestamp()));
            }
            answer(
                    ctx,
                    new Latest(symbol, row.version(), body, now.toString(), RequestIds.of(ctx)));
        }
    }

    private void rows(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        String symbol = query.symbol();
        Optional<String> version = query.version();
        Duration lookback = query.duration("lookback", DEFAULT_LOOKBACK, LONGEST_LOOKBACK);
        long limit = query.number("limit", 1, LARGEST_LIMIT).orElse(DEFAULT_LIMIT);
        try (Handle handle = reads.open()) {
            StoredRow newest = newest(handle, symbol, version);
            List<String> names = names(handle, newest.version());
            List<StoredRow> stored =
                    handle.attach(FeatureRowSql.class)
                            .rows(
                                    symbol,
                                    newest.version(),
                                    newest.gridTime().minus(lookback).atOffset(ZoneOffset.UTC),
                                    limit + 1);
            Instant now = clock.instant();
            List<RowBody> rows =
                    new ArrayList<>(
                            stored.stream()
                                    .limit(limit)
                                    .map(r -> RowBody.of(r, names, now))
                                    .toList());
            Collections.reverse(rows);
            answer(
                    ctx,
                    new Rows(
                            symbol,
                            newest.version(),
                            DurationText.format(lookback),
                            rows,
                            stored.size() > limit,
                            now.toString(),
                            RequestIds.of(ctx)));
        }
    }

    private static StoredRow newest(Handle handle, String symbol, Optional<String> version) {
        FeatureRowSql sql = handle.attach(FeatureRowSql.class);
        Optional<StoredRow> row =
                version.isPresent() ? sql.newest(symbol, version.get()) : sql.newest(symbol);
        return row.orElseThrow(() -> missing(handle, symbol, version));
    }

    private static ProblemException missing(
            Handle handle, String symbol, Optional<String> version) {
        List<String> versions =
                handle.attach(FeatureRegistryVersionSql.class).versionsOf(symbol, NAMES_TOLD);
        if (version.isPresent() && !versions.isEmpty()) {
            return new ProblemException(
                    ProblemType.VERSION_NOT_FOUND,
                    "%s has no rows of version %s; it has rows of %s"
                            .formatted(symbol, version.get(), versions),
                    Map.of("available_versions", versions));
        }
        List<String> symbols = handle.attach(FeatureRowSql.class).symbols(NAMES_TOLD);
        return new ProblemException(
                ProblemType.SYMBOL_NOT_FOUND,
                "no rows of %s; there are rows of %s".formatted(symbol, symbols),
                Map.of("available_symbols", symbols));
    }

    private static List<String> names(Handle handle, String version) {
        return handle.attach(FeatureRegistryVersionSql.class)
                .names(version)
                .map(FeatureRegistryVersionSql.Names::list)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ProblemType.VERSION_NOT_FOUND,
                                        "version " + version + " is not registered"));
    }

    private static void answer(Context ctx, Object body) {
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(body));
    }

    private record Latest(
            String symbol,
            String featureRegistryVersion,
            @JsonUnwrapped RowBody row,
            String servedAt,
            String requestId) {}

    /** Oldest row first; truncated: the limit cut older rows off. */
    private record Rows(
            String symbol,
            String featureRegistryVersion,
            String lookback,
            List<RowBody> rows,
            boolean truncated,
            String servedAt,
            String requestId) {}
}
