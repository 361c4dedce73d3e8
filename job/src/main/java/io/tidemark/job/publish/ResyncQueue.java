package io.tidemark.job.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.rabbitmq.client.AMQP.BasicProperties;
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
 * Requests for a new book snapshot, for the gateway: queue {@code tidemark.resync}, JSON {@code
 * {"symbol","topic","depth","reason","detected_at_event_time"}}; the topic is absent when the depth
 * is unknown.
 */
public final class ResyncQueue {
    /** The queue's name. */
    public static final String NAME = "tidemark.resync";

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private ResyncQueue() {}

    /**
     * The sink.
     *
     * @param queueArguments for the queue when it does not exist yet
     */
    public static ConfirmedPublisherSink<ResyncRequest> sink(
            PublisherSettings settings, Map<String, Object> queueArguments) {
        return new ConfirmedPublisherSink<>(
                settings, Destination.queue(NAME, queueArguments), ResyncQueue::message);
    }

    static OutgoingMessage message(ResyncRequest request) {
        BasicProperties properties =
                new BasicProperties.Builder()
                        .messageId(
                                "%s:%d:%d"
                                        .formatted(
                                                request.symbol(),
                                                request.depth(),
                                                request.detectedAtEventTimeMicros()))
                        .contentType("application/json")
                        .build();
        return new OutgoingMessage("", NAME, properties, json(request));
    }

    private static byte[] json(ResyncRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("symbol", request.symbol());
            if (request.depth() > 0) {
                json.writeStringField(
                        "topic", "orderbook." + request.depth() + "." + request.symbol());
            }
            json.writeNumberField("depth", request.depth());
            json.writeStringField("reason", request.reason());
            json.writeStringField(
                    "detected_at_event_time",
                    TIME.format(
                            Instant.EPOCH
                                    .plus(request.detectedAtEventTimeMicros(), ChronoUnit.MICROS)
                                    .atOffset(ZoneOffset.UTC)));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
