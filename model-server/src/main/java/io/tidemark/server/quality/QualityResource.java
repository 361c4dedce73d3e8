package io.tidemark.server.quality;

import static io.tidemark.server.problem.ProblemException.badParameter;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.features.quality.QualityReport;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * {@code /data-quality/report}: how good a symbol's data of a span of minutes are. It knows what
 * completed checkpoints hold, so it is behind the job by up to one interval.
 */
public final class QualityResource {
    private static final Duration DEFAULT_SPAN = Duration.ofHours(24);
    private static final Duration LONGEST_SPAN = Duration.ofDays(7);
    private static final int NAMES_TOLD = 50;

    private final Jdbi reads;
    private final InstantSource clock;

    public QualityResource(Jdbi reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.read("/data-quality/report", Set.of("symbol", "from", "to"), this::report));
    }

    private void report(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        String symbol = query.symbol();
        Optional<Instant> from = query.time("from");
        Optional<Instant> to = query.time("to");
        try (Handle handle = reads.open()) {
            QualitySql sql = handle.attach(QualitySql.class);
            Instant newest = newest(sql, symbol);
            Instant end =
                    to.or(() -> from.map(begin -> begin.plus(DEFAULT_SPAN)))
                            .orElseGet(() -> newest.plus(1, ChronoUnit.MINUTES));
            Instant begin = from.orElse(end.minus(DEFAULT_SPAN));
            requireSpan(begin, end);
            OffsetDateTime first = begin.atOffset(ZoneOffset.UTC);
            OffsetDateTime last = end.atOffset(ZoneOffset.UTC);
            QualityReport report =
                    QualityReport.of(
                            symbol,
                            StoredMinute.micros(first),
                            StoredMinute.micros(last),
                            sql.minutes(symbol, first, last).stream()
                                    .map(StoredMinute::quality)
                                    .toList(),
                            sql.fates(symbol, first, last).stream()
                                    .map(StoredFates::fates)
                                    .toList());
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(Json.bytes(ReportBody.of(report, clock.instant(), RequestIds.of(ctx))));
        }
    }

    /** Where the span ends by default: with the newest minute, so that recorded data answers. */
    private static Instant newest(QualitySql sql, String symbol) {
        return sql.newest(symbol)
                .map(OffsetDateTime::toInstant)
                .orElseThrow(
                        () -> {
                            List<String> symbols = sql.symbols(NAMES_TOLD);
                            return new ProblemException(
                                    ProblemType.SYMBOL_NOT_FOUND,
                                    "nothing was measured of %s; there is of %s"
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
}
