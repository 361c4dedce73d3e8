package io.tidemark.job.publish;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.tidemark.schemas.event.RejectedMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Refused messages, for whoever repairs them: queue {@code tidemark.rejected}, the original body
 * and headers, and the headers {@code x-tidemark-reason}, {@code -detail}, {@code -queue}, {@code
 * -body-length} (of the original, as a kept body is cut at 1 MiB) and {@code -ingested-micros}.
 */
public final class RejectedQueue {
    /** The queue's name. */
    public static final String NAME = "tidemark.rejected";

    private static final String PREFIX = "x-tidemark-";

    /** AMQP's limit on a header's name, in bytes. */
    private static final int MAX_NAME_BYTES = 255;

    /**
     * All headers must fit one frame, which brokers bound at 128 KiB; more would close the channel.
     */
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private RejectedQueue() {}

    /**
     * The sink.
     *
     * @param queueArguments for the queue when it does not exist yet; give it a bound ({@code
     *     x-max-length-bytes}), since nobody may be reading it
     */
    public static ConfirmedPublisherSink<RejectedMessage> sink(
            PublisherSettings settings, Map<String, Object> queueArguments) {
        return new ConfirmedPublisherSink<>(
                settings, Destination.queue(NAME, queueArguments), RejectedQueue::message);
    }

    static OutgoingMessage message(RejectedMessage rejected) {
        BasicProperties properties =
                new BasicProperties.Builder()
                        .messageId("rejected:" + UUID.nameUUIDFromBytes(rejected.body()))
                        .contentType("application/octet-stream")
                        .headers(headers(rejected))
                        .build();
        return new OutgoingMessage("", NAME, properties, rejected.body());
    }

    private static Map<String, Object> headers(RejectedMessage rejected) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(PREFIX + "reason", rejected.reason().name());
        headers.put(PREFIX + "detail", rejected.detail());
        headers.put(PREFIX + "queue", rejected.queue());
        headers.put(PREFIX + "body-length", rejected.bodyLength());
        headers.put(PREFIX + "ingested-micros", rejected.ingestedMicros());
        int bytes = utf8Length(rejected.detail()) + utf8Length(rejected.queue());
        int dropped = 0;
        for (Map.Entry<String, String> header : rejected.headers().entrySet()) {
            int nameBytes = utf8Length(header.getKey());
            int size = nameBytes + utf8Length(header.getValue());
            if (nameBytes > MAX_NAME_BYTES || bytes + size > MAX_HEADER_BYTES) {
                dropped++;
            } else {
                bytes += size;
                headers.putIfAbsent(header.getKey(), header.getValue());
            }
        }
        if (dropped > 0) {
            headers.put(PREFIX + "headers-dropped", dropped);
        }
        return headers;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
