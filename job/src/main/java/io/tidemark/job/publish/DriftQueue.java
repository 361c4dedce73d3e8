package io.tidemark.job.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.rabbitmq.client.AMQP.BasicProperties;
import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftReading;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.job.drift.DriftReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Reports of drift, for whoever watches models: queue {@code tidemark.drift}, JSON {@code
 * {"timestamp","window_start","symbol","model_version","feature_registry_version","status","features":
 * {name:{..}},"alarms":[{"feature","state","opened_at"}],"trace_id"}}. A number that cannot be told
 * is absent; so is an alarm beyond the day's budget.
 */
public final class DriftQueue {
    /** The queue's name. */
    public static final String NAME = "tidemark.drift";

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private DriftQueue() {}

    /**
     * The sink.
     *
     * @param queueArguments for the queue when it does not exist yet
     */
    public static ConfirmedPublisherSink<DriftReport> sink(
            PublisherSettings settings, Map<String, Object> queueArguments) {
        return new ConfirmedPublisherSink<>(
                settings, Destination.queue(NAME, queueArguments), DriftQueue::message);
    }

    static OutgoingMessage message(DriftReport report) {
        String id =
                "drift:%s:v%d:%d".formatted(report.symbol(), report.version(), report.endMicros());
        BasicProperties properties =
                new BasicProperties.Builder().messageId(id).contentType("application/json").build();
        return new OutgoingMessage("", NAME, properties, json(report, id));
    }

    private static byte[] json(DriftReport report, String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("timestamp", time(report.endMicros()));
            json.writeStringField("window_start", time(report.startMicros()));
            json.writeStringField("symbol", report.symbol());
            json.writeStringField("model_version", "v" + report.version());
            json.writeStringField("feature_registry_version", report.registryVersion());
            json.writeStringField("status", report.status());
            json.writeObjectFieldStart("features");
            for (int at = 0; at < report.names().size(); at++) {
                json.writeObjectFieldStart(report.names().get(at));
                feature(json, report.features().get(at));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("alarms");
            for (int at = 0; at < report.names().size(); at++) {
                alarm(json, report.names().get(at), report.features().get(at).alarm());
            }
            json.writeEndArray();
            // Of the report alone, so that it gives the same bytes when it is sent again.
            json.writeStringField(
                    "trace_id",
                    UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void feature(JsonGenerator json, FeatureDrift feature) throws IOException {
        DriftReading reading = feature.reading();
        json.writeBooleanField("drift", feature.drift());
        json.writeNumberField("samples", reading.samples());
        number(json, "effective_samples", reading.effectiveSamples());
        number(json, "psi", reading.psi());
        number(json, "psi_threshold", reading.psiThreshold());
        number(json, "p_value", reading.pValue());
        number(json, "mean_deviation_ratio", reading.meanDeviation());
        number(json, "std_deviation_ratio", reading.stdDeviation());
        number(json, "missing_rate_change", reading.missingRateChange());
    }

    private static void alarm(JsonGenerator json, String feature, DriftAlarm alarm)
            throws IOException {
        if (!alarm.muted() && (alarm.isOpen() || alarm.isClosed())) {
            json.writeStartObject();
            json.writeStringField("feature", feature);
            json.writeStringField("state", alarm.isOpen() ? "open" : "closed");
            json.writeStringField("opened_at", time(alarm.openedMicros()));
            json.writeEndObject();
        }
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        }
    }

    private static String time(long micros) {
        return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
}
