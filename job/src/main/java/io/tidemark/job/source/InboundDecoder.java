package io.tidemark.job.source;

import com.rabbitmq.client.AMQP;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Turns one delivery of a queue into exactly one record: an event, or the message refused with its
 * reason. Never throws and never drops, because RabbitMQ gives a message again and again until it
 * is acknowledged, and only what flows on is. One thread at a time.
 */
final class InboundDecoder {
    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER_LENGTH = 256;

    private final EventType type;
    private final String queue;
    private final EnvelopeDecoder decoder;
    private final MetricGroup metrics;
    private final Counter received;
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);

    InboundDecoder(EventType type, String queue, SourceSettings settings, MetricGroup metrics) {
        this.type = type;
        this.queue = queue;
        this.decoder =
                new EnvelopeDecoder(
                        new DecodeLimits(
                                settings.maxMessageBytes(),
                                settings.futureTolerance().toNanos() / 1_000));
        this.metrics = metrics;
        this.received = metrics.counter("received");
    }

    Inbound decode(AMQP.BasicProperties properties, byte[] body) {
        received.inc();
        long nowMicros = System.currentTimeMillis() * 1_000;
        try {
            return decoder.decode(type, body, nowMicros);
        } catch (RefusedException e) {
            return refuse(e.reason(), e.detail(), properties, body, nowMicros);
        } catch (RuntimeException e) {
            // A flaw of the decoder must not become a crash loop on one message: keep it, say so,
            // go on.
            return refuse(
                    RejectReason.MALFORMED,
                    "unreadable: " + e.getClass().getName(),
                    properties,
                    body,
                    nowMicros);
        }
    }

    private RejectedMessage refuse(
            RejectReason reason,
            String detail,
            AMQP.BasicProperties properties,
            byte[] body,
            long nowMicros) {
        rejected.computeIfAbsent(reason, this::counterOf).inc();
        byte[] kept =
                body.length <= RejectedMessage.MAX_KEPT_BODY
                        ? body
                        : Arrays.copyOf(body, RejectedMessage.MAX_KEPT_BODY);
        return new RejectedMessage(
                queue,
                reason,
                detail,
                kept,
                body.length,
                headersAsText(properties.getHeaders()),
                nowMicros);
    }

    private Counter counterOf(RejectReason reason) {
        return metrics.addGroup("reason", reason.name()).counter("rejected");
    }

    /**
     * Bounded in number and length: a hostile message may carry ten thousand headers or one of a
     * megabyte.
     */
    private static Map<String, String> headersAsText(@Nullable Map<String, Object> headers) {
        if (headers == null) {
            return Map.of();
        }
        Map<String, String> text = new TreeMap<>();
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            if (text.size() == MAX_HEADERS) {
                break;
            }
            text.put(bounded(header.getKey()), bounded(String.valueOf(header.getValue())));
        }
        return text;
    }

    private static String bounded(String text) {
        return text.length() <= MAX_HEADER_LENGTH ? text : text.substring(0, MAX_HEADER_LENGTH);
    }
}
