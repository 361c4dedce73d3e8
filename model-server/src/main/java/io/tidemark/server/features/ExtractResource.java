package io.tidemark.server.features;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.features.engine.CandleRows;
import io.tidemark.features.engine.EventRows;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.registry.CompiledRegistries;
import io.tidemark.server.request.BodyBytes;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code POST /features/extract}: events or candles in, rows out, by the engine the job runs, so
 * with the same bits. Keeps nothing of a call.
 */
public final class ExtractResource {
    /** The largest body, in bytes. */
    static final int MAX_BODY_BYTES = 8 << 20;

    /** The most rows of one call, all symbols together. */
    static final int MAX_ROWS = 10_000;

    private final InstantSource clock;
    private final CompiledRegistries registries;

    public ExtractResource(CompiledRegistries registries, InstantSource clock) {
        this.registries = registries;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.compute("/features/extract", this::extract));
    }

    private void extract(Context ctx) throws IOException {
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        ExtractRequest request = ExtractRequest.read(BodyBytes.of(ctx, MAX_BODY_BYTES), nowMicros);
        FeatureSet features = registries.of(request.version());
        Extracted answer =
                request.candles().isEmpty()
                        ? ofEvents(features, request.events(), RequestIds.of(ctx))
                        : ofCandles(features, request, RequestIds.of(ctx));
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(answer));
    }

    private static Extracted ofEvents(
            FeatureSet features, List<MarketEvent> all, String requestId) {
        Map<String, List<MarketEvent>> bySymbol = new TreeMap<>();
        for (MarketEvent event : all) {
            bySymbol.computeIfAbsent(event.symbol(), none -> new ArrayList<>()).add(event);
        }
        List<ExtractedRow> rows = new ArrayList<>();
        int duplicates = 0;
        for (List<MarketEvent> events : bySymbol.values()) {
            EventRows extracted = rows(features, events, MAX_ROWS - rows.size());
            duplicates += extracted.duplicates();
            extracted.rows().forEach(row -> rows.add(ExtractedRow.of(row, features.names())));
        }
        return new Extracted(features.version(), rows, all.size(), duplicates, requestId);
    }

    private static Extracted ofCandles(
            FeatureSet features, ExtractRequest request, String requestId) {
        int count = request.candles().size();
        if (count > MAX_ROWS) {
            throw ExtractErrors.invalid(
                    "/candles",
                    "out_of_range",
                    "wanted at most %d candles, got %d; send a shorter stretch"
                            .formatted(MAX_ROWS, count));
        }
        try {
            List<ExtractedRow> rows =
                    CandleRows.of(
                                    features,
                                    request.symbol(),
                                    request.intervalMicros(),
                                    request.candles())
                            .stream()
                            .map(row -> ExtractedRow.of(row, features.names()))
                            .toList();
            return new Extracted(features.version(), rows, count, 0, requestId);
        } catch (IllegalArgumentException order) {
            throw ExtractErrors.invalid(
                    "/candles", "out_of_range", String.valueOf(order.getMessage()));
        }
    }

    private static EventRows rows(FeatureSet features, List<MarketEvent> events, int most) {
        try {
            return EventRows.of(features, events, most);
        } catch (IllegalArgumentException tooMany) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "the events give more than %d rows of one each %s; send a shorter stretch"
                            .formatted(
                                    MAX_ROWS,
                                    Duration.of(features.cadenceMicros(), ChronoUnit.MICROS)));
        }
    }

    /**
     * @param events how many came, or how many candles
     * @param duplicates how many of them were left out, because the same one was there already
     */
    private record Extracted(
            String featureRegistryVersion,
            List<ExtractedRow> rows,
            int events,
            int duplicates,
            String requestId) {}

    private record ExtractedRow(
            String symbol,
            String timestamp,
            Map<String, Double> features,
            Map<String, Boolean> completeness,
            long eventCount) {

        static ExtractedRow of(FeatureRow row, List<String> names) {
            return new ExtractedRow(
                    row.symbol(),
                    Instant.EPOCH.plus(row.gridTimeMicros(), ChronoUnit.MICROS).toString(),
                    RowBody.features(names, row.values()),
                    RowBody.completeness(row.completeness()),
                    row.eventCount());
        }
    }
}
