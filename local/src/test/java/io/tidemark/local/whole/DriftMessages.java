package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftReading;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.job.publish.DriftQueue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The messages of {@code tidemark.drift}. They come at least once: a copy has the message id of its
 * first, and must have its bytes.
 */
final class DriftMessages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Map<String, String> bodies = new TreeMap<>();

    DriftMessages(Connection connection) {
        this.connection = connection;
    }

    /** Takes what there is from the queue; the ids of all that came so far. */
    Set<String> ids() throws Exception {
        try (Channel channel = connection.createChannel()) {
            for (GetResponse next = channel.basicGet(DriftQueue.NAME, true);
                    next != null;
                    next = channel.basicGet(DriftQueue.NAME, true)) {
                String id = next.getProps().getMessageId();
                String body = new String(next.getBody(), StandardCharsets.UTF_8);
                String before = bodies.putIfAbsent(id, body);
                assertThat(body).as("a copy of " + id).isEqualTo(before == null ? body : before);
            }
        }
        return bodies.keySet();
    }

    /** What came, by id, but for the trace id, which must be there. */
    Map<String, JsonNode> contents() throws Exception {
        Map<String, JsonNode> contents = new TreeMap<>();
        for (Map.Entry<String, String> message : bodies.entrySet()) {
            ObjectNode content = (ObjectNode) JSON.readTree(message.getValue());
            assertThat(content.remove("trace_id")).as(message.getKey()).isNotNull();
            for (String time : List.of("timestamp", "window_start")) {
                content.put(time, micros(content.get(time)));
            }
            for (JsonNode alarm : content.get("alarms")) {
                ((ObjectNode) alarm).put("opened_at", micros(alarm.get("opened_at")));
            }
            // As one that was made here, whatever width its numbers were read with.
            contents.put(message.getKey(), JSON.readTree(content.toString()));
        }
        return contents;
    }

    /** The newest window's end of a symbol; that of no window when none came. */
    long newestMicros(String symbol) {
        String prefix = idPrefix(symbol);
        return bodies.keySet().stream()
                .filter(id -> id.startsWith(prefix))
                .mapToLong(id -> Long.parseLong(id.substring(prefix.length())))
                .max()
                .orElse(Long.MIN_VALUE);
    }

    static String id(String symbol, long endMicros) {
        return idPrefix(symbol) + endMicros;
    }

    private static String idPrefix(String symbol) {
        return "drift:" + symbol + ":v1:";
    }

    /**
     * What a window's message must say: what is no finite number is left out, as is what is muted.
     */
    static JsonNode expected(
            String symbol,
            long startMicros,
            long endMicros,
            List<String> names,
            List<FeatureDrift> features)
            throws Exception {
        ObjectNode report = JSON.createObjectNode();
        report.put("timestamp", endMicros);
        report.put("window_start", startMicros);
        report.put("symbol", symbol);
        report.put("model_version", "v1");
        report.put("feature_registry_version", "1.0.0");
        report.put("status", status(features));
        ObjectNode told = report.putObject("features");
        ArrayNode alarms = report.putArray("alarms");
        for (int at = 0; at < names.size(); at++) {
            FeatureDrift one = features.get(at);
            DriftReading reading = one.reading();
            ObjectNode feature = told.putObject(names.get(at));
            feature.put("drift", one.drift());
            feature.put("samples", reading.samples());
            finite(feature, "effective_samples", reading.effectiveSamples());
            finite(feature, "psi", reading.psi());
            finite(feature, "psi_threshold", reading.psiThreshold());
            finite(feature, "p_value", reading.pValue());
            finite(feature, "mean_deviation_ratio", reading.meanDeviation());
            finite(feature, "std_deviation_ratio", reading.stdDeviation());
            finite(feature, "missing_rate_change", reading.missingRateChange());
            DriftAlarm alarm = one.alarm();
            if (!alarm.muted() && (alarm.isOpen() || alarm.isClosed())) {
                alarms.addObject()
                        .put("feature", names.get(at))
                        .put("state", alarm.isOpen() ? "open" : "closed")
                        .put("opened_at", alarm.openedMicros());
            }
        }
        return JSON.readTree(report.toString());
    }

    private static String status(List<FeatureDrift> features) {
        if (features.stream().anyMatch(FeatureDrift::drift)) {
            return "drift_detected";
        }
        return features.stream().anyMatch(one -> one.reading().isTellable())
                ? "healthy"
                : "insufficient_data";
    }

    private static void finite(ObjectNode feature, String name, double value) {
        if (Double.isFinite(value)) {
            feature.put(name, value);
        }
    }

    private static long micros(JsonNode time) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, OffsetDateTime.parse(time.asText()).toInstant());
    }
}
