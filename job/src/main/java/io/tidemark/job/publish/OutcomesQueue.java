package io.tidemark.job.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.rabbitmq.client.AMQP.BasicProperties;
import io.tidemark.job.outcome.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/**
 * Outcomes of rows: queue {@code tidemark.outcomes}, JSON {@code
 * {"symbol","timestamp","label","known_at","value"}}, times ISO 8601 with the row's T first. The
 * message id is {@code symbol:T:label}, by which a repetition is told.
 */
public final class OutcomesQueue {
    /** The queue's name. */
    public static final String NAME = "tidemark.outcomes";

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private OutcomesQueue() {}

    /**
     * The sink.
     *
     * @param queueArguments for the queue when it does not exist yet
     */
    public static ConfirmedPublisherSink<Outcome> sink(
            PublisherSettings settings, Map<String, Object> queueArguments) {
        return new ConfirmedPublisherSink<>(
                settings, Destination.queue(NAME, queueArguments), OutcomesQueue::message);
    }

    static OutgoingMessage message(Outcome outcome) {
        BasicProperties properties =
                new BasicProperties.Builder()
                        .messageId(
                                "%s:%d:%s"
                                        .formatted(
                                                outcome.symbol(),
                                                outcome.gridTimeMicros(),
                                                outcome.label()))
                        .contentType("application/json")
                        .build();
        return new OutgoingMessage("", NAME, properties, json(outcome));
    }

    private static byte[] json(Outcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("symbol", outcome.symbol());
            json.writeStringField("timestamp", time(outcome.gridTimeMicros()));
            json.writeStringField("label", outcome.label());
            json.writeStringField("known_at", time(outcome.knownMicros()));
            json.writeNumberField("value", outcome.value());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static String time(long micros) {
        return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
}
