package io.tidemark.server.features;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.schemas.wire.FeatureMessage;
import io.tidemark.schemas.wire.RefusedException;
import io.tidemark.server.broker.KeptConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest row of each symbol as {@code features.live} told it. A row counts for a while after it
 * came and no longer: when the feed stops, for whatever reason, the store is asked again. Rows are
 * pure, so the same T has the same bits here and there; the store may have a newer one for as long
 * as the message is under way.
 */
public final class LiveRows implements AutoCloseable {
    private static final String EXCHANGE = "features.live";

    /** Symbols times registry versions; 100 features each are 10 kB. */
    private static final int MOST = 5_000;

    private final Map<Key, Told> rows = new ConcurrentHashMap<>();
    private final long countsNanos;
    private final Counter refused;
    private @Nullable KeptConnection connection;

    private record Key(String symbol, String version) {}

    private record Told(LatestRows.LatestRow row, long atNanos) {}

    private LiveRows(Duration counts, MeterRegistry metrics) {
        countsNanos = counts.toNanos();
        refused =
                Counter.builder("tidemark.live.rows.refused")
                        .description("messages of features.live that are no rows")
                        .register(metrics);
        Gauge.builder("tidemark.live.rows", rows, Map::size)
                .description("newest rows kept in memory")
                .register(metrics);
    }

    /**
     * Listens when there is a broker to listen to.
     *
     * @param counts how long a row counts after it came; zero: nothing is kept
     */
    public static LiveRows start(Optional<URI> broker, Duration counts, MeterRegistry metrics) {
        LiveRows live = new LiveRows(counts, metrics);
        if (!counts.isZero() && broker.isPresent()) {
            live.connection = KeptConnection.start(broker.get(), "features-live", live::listen);
        }
        return live;
    }

    /** The newest row, when it came lately. */
    Optional<LatestRows.LatestRow> newest(String symbol, String version) {
        @Nullable Told told = rows.get(new Key(symbol, version));
        return told != null && System.nanoTime() - told.atNanos <= countsNanos
                ? Optional.of(told.row)
                : Optional.empty();
    }

    private void listen(Connection opened) throws IOException {
        Channel channel = opened.createChannel();
        channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, EXCHANGE, "#");
        channel.basicConsume(
                queue,
                true,
                new DefaultConsumer(channel) {
                    @Override
                    public void handleDelivery(
                            String tag,
                            Envelope envelope,
                            BasicProperties properties,
                            byte[] body) {
                        take(body);
                    }

                    /** Somebody deleted the queue: begin again on a new connection. */
                    @Override
                    public void handleCancel(String tag) {
                        opened.abort(1_000);
                    }
                });
    }

    private void take(byte[] body) {
        try {
            FeatureMessage message = FeatureMessage.parse(body);
            LatestRows.LatestRow row =
                    new LatestRows.LatestRow(
                            LatestRows.time(message.gridTimeMicros()), message.features());
            Told told = new Told(row, System.nanoTime());
            Key key = new Key(message.symbol(), message.registryVersion());
            if (rows.size() < MOST || rows.containsKey(key)) {
                rows.merge(key, told, LiveRows::newer);
            }
        } catch (RefusedException e) {
            refused.increment();
        }
    }

    /** After a restart the job tells older rows again. */
    private static Told newer(Told had, Told came) {
        return came.row.gridTime().isBefore(had.row.gridTime()) ? had : came;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
