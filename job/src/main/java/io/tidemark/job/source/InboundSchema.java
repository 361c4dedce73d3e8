package io.tidemark.job.source;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import io.tidemark.job.events.EventTypes;
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
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.connectors.rabbitmq.RMQDeserializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * Turns one delivery into exactly one record: an event, or the message refused with its reason.
 * Never throws and never drops, because RabbitMQ gives a message again and again until it is
 * acknowledged, and only what flows on is.
 */
final class InboundSchema implements RMQDeserializationSchema<Inbound> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER_LENGTH = 256;
    private static final char NEW = 'N';
    private static final char REDELIVERED = 'R';

    private final EventType type;
    private final String queue;
    private final SourceSettings settings;

    private transient EnvelopeDecoder decoder;
    private transient MetricGroup metrics;
    private transient Counter received;
    private transient Map<RejectReason, Counter> rejected;

    @SuppressWarnings("NullAway.Init")
    InboundSchema(EventType type, String queue, SourceSettings settings) {
        this.type = type;
        this.queue = queue;
        this.settings = settings;
    }

    @Override
    public void open(InitializationContext context) {
        decoder =
                new EnvelopeDecoder(
                        new DecodeLimits(
                                settings.maxMessageBytes(),
                                settings.futureTolerance().toNanos() / 1_000));
        metrics = context.getMetricGroup();
        received = metrics.counter("received");
        rejected = new EnumMap<>(RejectReason.class);
    }

    @Override
    public void deserialize(
            Envelope envelope,
            AMQP.BasicProperties properties,
            byte[] body,
            RMQCollector<Inbound> out) {
        out.setMessageIdentifiers(
                (envelope.isRedeliver() ? REDELIVERED : NEW) + ContentIdentity.of(body),
                envelope.getDeliveryTag());
        out.collect(read(properties, body));
    }

    private Inbound read(AMQP.BasicProperties properties, byte[] body) {
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

    /** The identity within what was given to {@code setMessageIdentifiers}. */
    static String identityOf(String deliveryId) {
        return deliveryId.substring(1);
    }

    /** Whether the broker marked the delivery as one it may have made before. */
    static boolean isRedelivery(String deliveryId) {
        return deliveryId.charAt(0) == REDELIVERED;
    }

    @Override
    public boolean isEndOfStream(Inbound next) {
        return false;
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return EventTypes.INBOUND;
    }
}
