package io.tidemark.server.readiness;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /monitoring/freshness}: when each part of the platform was last heard of. */
public final class FreshnessResource {
    private static final int SYMBOLS = 200;

    private final Jdbi reads;
    private final InstantSource clock;

    public FreshnessResource(Jdbi reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.read("/monitoring/freshness", Set.of(), this::freshness));
    }

    private void freshness(Context ctx) {
        try (Handle handle = reads.open()) {
            NewestRowSql sql = handle.attach(NewestRowSql.class);
            List<NewestRow> rows = sql.perSymbol(SYMBOLS);
            Instant now = clock.instant();
            Map<String, Symbol> symbols = new TreeMap<>();
            rows.forEach(row -> symbols.put(row.symbol(), Symbol.of(row, now)));
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(
                            Json.bytes(
                                    new Freshness(
                                            text(sql.newestEvent()),
                                            text(
                                                    rows.stream()
                                                            .map(NewestRow::gridTime)
                                                            .max(Comparator.naturalOrder())),
                                            text(sql.modelTrained()),
                                            text(sql.modelActivated()),
                                            text(sql.predicted()),
                                            symbols,
                                            now.toString(),
                                            RequestIds.of(ctx))));
        }
    }

    private static @Nullable String text(Optional<OffsetDateTime> time) {
        return time.map(at -> at.toInstant().toString()).orElse(null);
    }

    private record Symbol(String newestRow, long ageMs, String storedAt, long storedAgeMs) {
        static Symbol of(NewestRow row, Instant now) {
            Instant grid = row.gridTime().toInstant();
            Instant stored = row.storedAt().toInstant();
            return new Symbol(
                    grid.toString(),
                    Duration.between(grid, now).toMillis(),
                    stored.toString(),
                    Duration.between(stored, now).toMillis());
        }
    }

    private record Freshness(
            @Nullable String upstreamLastSeen,
            @Nullable String newestRow,
            @Nullable String modelLastTrained,
            @Nullable String modelLastActivated,
            @Nullable String lastPredictionTime,
            Map<String, Symbol> symbols,
            String timestamp,
            String requestId) {}
}
