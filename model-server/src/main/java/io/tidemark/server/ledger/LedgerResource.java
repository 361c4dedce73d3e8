package io.tidemark.server.ledger;

import static io.tidemark.server.problem.ProblemException.badParameter;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.schemas.event.EventType;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ledger}: what became of the messages of a span of minutes. It holds what completed
 * checkpoints hold, so it is behind the job by up to one interval.
 */
public final class LedgerResource {
    private static final Duration DEFAULT_SPAN = Duration.ofHours(1);
    private static final Duration LONGEST_SPAN = Duration.ofDays(7);
    private static final long DEFAULT_LIMIT = 1_000;
    private static final long LARGEST_LIMIT = 10_000;
    private static final int NAMES_TOLD = 50;
    private static final List<String> TYPES =
            Arrays.stream(EventType.values()).map(EventType::wireName).toList();

    private final Jdbi reads;
    private final InstantSource clock;

    public LedgerResource(Jdbi reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.read(
                        "/ledger",
                        Set.of("symbol", "type", "from", "to", "limit", "after"),
                        this::ledger));
    }

    private void ledger(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        @Nullable String symbol = query.optionalSymbol().orElse(null);
        @Nullable String type = query.oneOf("type", TYPES).orElse(null);
        Optional<Instant> from = query.time("from");
        Optional<Instant> to = query.time("to");
        long limit = query.number("limit", 1, LARGEST_LIMIT).orElse(DEFAULT_LIMIT);
        Place after = query.text("after").map(LedgerResource::place).orElse(Place.BEGIN);
        try (Handle handle = reads.open()) {
            LedgerSql sql = handle.attach(LedgerSql.class);
            Instant newest = newest(sql, symbol);
            Instant end =
                    to.or(() -> from.map(begin -> begin.plus(DEFAULT_SPAN)))
                            .orElseGet(() -> newest.plus(1, ChronoUnit.MINUTES));
            Instant begin = from.orElse(end.minus(DEFAULT_SPAN));
            requireSpan(begin, end);
            List<StoredCell> stored =
                    sql.cells(
                            symbol,
                            type,
                            utc(begin),
                            utc(end),
                            after.minuteInUtc(),
                            after.symbol(),
                            after.type(),
                            limit + 1);
            Map<String, Counts> byType = new LinkedHashMap<>();
            sql.counts(symbol, type, utc(begin), utc(end))
                    .forEach(counts -> byType.put(counts.type(), Counts.of(counts)));
            List<StoredCell> page = stored.stream().limit(limit).toList();
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(
                            Json.bytes(
                                    new Ledger(
                                            symbol,
                                            type,
                                            begin.toString(),
                                            end.toString(),
                                            byType.values().stream()
                                                    .reduce(Counts.NONE, Counts::plus),
                                            byType,
                                            page.stream().map(CellBody::of).toList(),
                                            stored.size() > limit
                                                    ? Place.of(page.get(page.size() - 1)).toString()
                                                    : null,
                                            clock.instant().toString(),
                                            RequestIds.of(ctx))));
        }
    }

    /** Where the span ends by default: with the newest minute, so that recorded data answers. */
    private Instant newest(LedgerSql sql, @Nullable String symbol) {
        if (symbol == null) {
            return sql.newest()
                    .map(OffsetDateTime::toInstant)
                    .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MINUTES));
        }
        return sql.newest(symbol)
                .map(OffsetDateTime::toInstant)
                .orElseThrow(
                        () -> {
                            List<String> symbols = sql.symbols(NAMES_TOLD);
                            return new ProblemException(
                                    ProblemType.SYMBOL_NOT_FOUND,
                                    "no messages of %s; there are messages of %s"
                                            .formatted(symbol, symbols),
                                    Map.of("available_symbols", symbols));
                        });
    }

    private static void requireSpan(Instant begin, Instant end) {
        if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST_SPAN) > 0) {
            throw badParameter(
                    "from",
                    "out_of_range",
                    "from must be before to, and at most 7d before, got %s to %s"
                            .formatted(begin, end));
        }
    }

    private static Place place(String text) {
        return Place.parse(text)
                .orElseThrow(
                        () ->
                                badParameter(
                                        "after",
                                        "malformed",
                                        "after must be the next of an answer before"));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** Totals are of the whole span, cells of this page of it. */
    private record Ledger(
            @Nullable String symbol,
            @Nullable String type,
            String from,
            String to,
            Counts totals,
            Map<String, Counts> byType,
            List<CellBody> cells,
            @Nullable String next,
            String servedAt,
            String requestId) {}
}
