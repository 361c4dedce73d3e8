package io.tidemark.job.publish;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.FeatureColumns;
import io.tidemark.schemas.wire.FeatureMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * Feature rows for whoever listens: topic exchange {@code features.live}, routing key the symbol,
 * and the queue of the same name, which takes all of them.
 */
public final class FeaturesLive {
    /** The name of the exchange and of the queue. */
    public static final String NAME = "features.live";

    private FeaturesLive() {}

    /**
     * The sink.
     *
     * @param queueArguments for the queue when it does not exist yet; give it a bound ({@code
     *     x-max-length}), since nobody may be reading it
     */
    public static ConfirmedPublisherSink<FeatureRow> sink(
            PublisherSettings settings,
            FeatureColumns columns,
            Map<String, Object> queueArguments) {
        return new ConfirmedPublisherSink<>(
                settings,
                Destination.topic(NAME, NAME, queueArguments),
                row -> message(row, columns));
    }

    static OutgoingMessage message(FeatureRow row, FeatureColumns columns) {
        String id =
                FeatureMessage.messageId(row.symbol(), row.gridTimeMicros(), row.registryVersion());
        // Of the row alone, so that the row gives the same bytes when it is sent again.
        String traceId = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        byte[] bytes =
                FeatureMessage.encode(
                        row.symbol(),
                        row.gridTimeMicros(),
                        row.registryVersion(),
                        columns.names(row.registryVersion()),
                        row.values(),
                        traceId);
        BasicProperties properties =
                new BasicProperties.Builder().messageId(id).contentType("application/json").build();
        return new OutgoingMessage(NAME, row.symbol(), properties, bytes);
    }
}
