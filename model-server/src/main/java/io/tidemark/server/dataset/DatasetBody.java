package io.tidemark.server.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as it is told.
 *
 * @param progress 0 to 1
 * @param doing what the worker is at
 * @param estimatedCompletion by the pace so far; while it is being built
 * @param records by split
 * @param request the settings it is built by
 */
record DatasetBody(
        String datasetId,
        String symbol,
        String status,
        double progress,
        String doing,
        String requestedAt,
        @Nullable String startedAt,
        @Nullable String finishedAt,
        @Nullable String estimatedCompletion,
        @Nullable Map<String, Long> records,
        @Nullable String error,
        String traceId,
        Map<String, String> request,
        @Nullable JsonNode manifest,
        @Nullable JsonNode certificate) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double TELLING = 0.02;

    static DatasetBody of(StoredDataset stored, Instant now) {
        return of(stored, now, Optional.empty(), Optional.empty());
    }

    static DatasetBody of(
            StoredDataset stored,
            Instant now,
            Optional<JsonNode> manifest,
            Optional<JsonNode> certificate) {
        boolean cancelling = stored.cancel() && stored.status().equals("building");
        return new DatasetBody(
                stored.datasetId(),
                stored.symbol(),
                cancelling ? "cancelling" : stored.status(),
                stored.fraction(),
                stored.doing(),
                text(stored.requestedAt()),
                stored.startedAt() == null ? null : text(stored.startedAt()),
                stored.finishedAt() == null ? null : text(stored.finishedAt()),
                estimate(stored, now),
                stored.rows() == null ? null : records(stored.rows()),
                stored.error(),
                stored.traceId(),
                settings(stored.request()),
                manifest.orElse(null),
                certificate.orElse(null));
    }

    private static @Nullable String estimate(StoredDataset stored, Instant now) {
        if (stored.startedAt() == null
                || !stored.status().equals("building")
                || stored.fraction() < TELLING) {
            return null;
        }
        Duration gone = Duration.between(stored.startedAt().toInstant(), now);
        double left = gone.toMillis() * (1 - stored.fraction()) / stored.fraction();
        return now.plusMillis(Math.max(0, Math.round(left))).toString();
    }

    private static String text(OffsetDateTime time) {
        return time.toInstant().toString();
    }

    /** Settings as the request keeps them. */
    static Map<String, String> settings(String json) {
        return parsed(json, new TypeReference<TreeMap<String, String>>() {});
    }

    private static Map<String, Long> records(String json) {
        return parsed(json, new TypeReference<LinkedHashMap<String, Long>>() {});
    }

    private static <T> T parsed(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
