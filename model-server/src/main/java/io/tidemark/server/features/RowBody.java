package io.tidemark.server.features;

import io.tidemark.features.engine.Completeness;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row as clients see it.
 *
 * @param timestamp T; only events before T are in the row
 * @param features by name; an undefined feature's key is absent
 * @param ageMs wall clock minus T, milliseconds; large for recorded data, below zero only when
 *     clocks disagree
 * @param storedAgeMs wall clock minus the time the row was written
 */
record RowBody(
        String timestamp,
        Map<String, Double> features,
        Map<String, Boolean> completeness,
        long eventCount,
        long ageMs,
        long storedAgeMs) {

    static RowBody of(StoredRow row, List<String> names, Instant now) {
        if (names.size() != row.values().length) {
            throw new IllegalStateException(
                    "registry version %s names %d features, a row of it at %s has %d"
                            .formatted(
                                    row.version(),
                                    names.size(),
                                    row.gridTime(),
                                    row.values().length));
        }
        return new RowBody(
                row.gridTime().toString(),
                features(names, row.values()),
                completeness(row.completeness()),
                row.eventCount(),
                Duration.between(row.gridTime(), now).toMillis(),
                Duration.between(row.storedAt(), now).toMillis());
    }

    /** By name; an undefined one is absent. */
    static Map<String, Double> features(List<String> names, double[] values) {
        Map<String, Double> features = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (Double.isFinite(values[i])) {
                features.put(names.get(i), values[i]);
            }
        }
        return features;
    }

    /** The bits of {@link Completeness} by name. */
    static Map<String, Boolean> completeness(int bits) {
        Map<String, Boolean> named = new LinkedHashMap<>();
        named.put("trades_live", (bits & Completeness.TRADES_LIVE) != 0);
        named.put("book_live", (bits & Completeness.BOOK_LIVE) != 0);
        named.put("book_valid", (bits & Completeness.BOOK_VALID) != 0);
        named.put("ticker_live", (bits & Completeness.TICKER_LIVE) != 0);
        named.put("kline_live", (bits & Completeness.KLINE_LIVE) != 0);
        named.put("warm", (bits & Completeness.WARM) != 0);
        return named;
    }
}
