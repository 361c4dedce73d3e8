package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.wire.FieldRefusals.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One feature row as {@code features.live} carries it:
 *
 * <pre>
 * {"timestamp":"2025-12-07T12:53:26+00:00","symbol":"BTCUSDT","features":{"mid_price":50000.5},
 * "feature_registry_version":"1.0.0","trace_id":"..."}</pre>
 *
 * @param gridTimeMicros the row's T, microseconds since the epoch
 * @param features by name, in the order of the message; a feature that was not defined is not there
 * @param traceId the trace the row belongs to, where it has one
 */
public record FeatureMessage(
        String symbol,
        long gridTimeMicros,
        String registryVersion,
        Map<String, Double> features,
        @Nullable String traceId) {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_VERSION = 64;
    private static final int MAX_TRACE_ID = 128;

    /**
     * The message's body. A double is written so that {@link #parse} gives the same bits.
     *
     * @param values one a name; NaN, and an infinity (which no feature may be), leave the key out
     * @throws IllegalArgumentException when there is not one value a name
     */
    public static byte[] encode(
            String symbol,
            long gridTimeMicros,
            String registryVersion,
            List<String> names,
            double[] values,
            @Nullable String traceId) {
        if (names.size() != values.length) {
            throw new IllegalArgumentException(
                    "wanted one value a name, got "
                            + names.size()
                            + " names and "
                            + values.length
                            + " values");
        }
        StringBuilder out = new StringBuilder(160 + 48 * values.length);
        out.append("{\"timestamp\":\"");
        appendTime(out, gridTimeMicros);
        JsonText.append(out.append("\",\"symbol\":"), symbol);
        out.append(",\"features\":{");
        boolean first = true;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                JsonText.append(first ? out : out.append(','), names.get(i));
                Decimals.appendShortest(out.append(':'), values[i]);
                first = false;
            }
        }
        JsonText.append(out.append("},\"feature_registry_version\":"), registryVersion);
        if (traceId != null) {
            JsonText.append(out.append(",\"trace_id\":"), traceId);
        }
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The message's identity: {@code symbol:T:version}, T as in the body ({@code
     * BTCUSDT:2025-12-07T12:53:26+00:00:1.0.0}). The same row always has the same one.
     */
    public static String messageId(String symbol, long gridTimeMicros, String registryVersion) {
        StringBuilder out = new StringBuilder(symbol).append(':');
        appendTime(out, gridTimeMicros);
        return out.append(':').append(registryVersion).toString();
    }

    private static void appendTime(StringBuilder out, long micros) {
        WireTime.append(out, micros);
        out.append("+00:00");
    }

    /**
     * Reads a body of at most 1 MiB. A feature that is null is taken as not there.
     *
     * @throws RefusedException when the body is no such message
     */
    public static FeatureMessage parse(byte[] body) throws RefusedException {
        return read(new JsonCursor(MAX_BODY_BYTES), body);
    }

    private static FeatureMessage read(JsonCursor cursor, byte[] body) throws RefusedException {
        Fields fields = Fields.over(cursor);
        FieldOrder names = new FieldOrder(name -> FieldName.SKIP);
        names.reset();
        long time = EventHeader.UNKNOWN_TIME;
        PooledText symbol = new PooledText();
        PooledText version = new PooledText();
        HeldText traceId = new HeldText();
        Map<String, Double> features = null;
        cursor.open(body, BodyBytes.check(body, cursor.maxBodyBytes()));
        cursor.requireUtf8();
        cursor.openObject();
        FieldName next;
        while ((next = cursor.nextField(names)) != null) {
            String name = next.text();
            switch (name) {
                case "timestamp" -> time = fields.numbers().isoTime(name);
                case "symbol" -> fields.texts().symbol(name, symbol);
                case "feature_registry_version" -> fields.texts().text(name, MAX_VERSION, version);
                case "trace_id" -> fields.texts().label(name, MAX_TRACE_ID, traceId);
                case "features" -> features = features(cursor, fields);
                default -> cursor.skip();
            }
        }
        cursor.expectEnd();
        if (time == EventHeader.UNKNOWN_TIME) {
            throw Fields.missingTime("timestamp");
        }
        return new FeatureMessage(
                present("symbol", symbol.text()),
                time,
                present("feature_registry_version", version.text()),
                present("features", features),
                traceId.from(body));
    }

    private static <T> T present(String field, @Nullable T value) throws RefusedException {
        if (value == null) {
            throw Fields.missing(field);
        }
        return value;
    }

    private static Map<String, Double> features(JsonCursor cursor, Fields fields)
            throws RefusedException {
        if (cursor.kind() != JsonKind.OBJECT) {
            throw fields.refusals().of(RejectReason.WRONG_TYPE, "features", "an object");
        }
        Map<String, Double> features = new LinkedHashMap<>();
        FieldOrder names = new FieldOrder(name -> FieldName.SKIP);
        names.reset();
        fields.refusals().scope(Scope.FEATURES);
        FieldName name;
        while ((name = cursor.nextField(names)) != null) {
            double value = fields.numbers().unbounded(name.text());
            if (!Double.isNaN(value)) {
                features.put(name.text(), value);
            }
        }
        fields.refusals().scope(Scope.MESSAGE);
        return Collections.unmodifiableMap(features);
    }
}
