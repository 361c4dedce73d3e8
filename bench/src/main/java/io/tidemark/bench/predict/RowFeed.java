package io.tidemark.bench.predict;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.tidemark.bench.load.WallClock;
import io.tidemark.bench.platform.Services;
import io.tidemark.schemas.wire.FeatureMessage;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A row a second of every symbol on {@code features.live}, as the job tells them. */
final class RowFeed implements AutoCloseable {
    private static final String EXCHANGE = "features.live";
    private static final long SECOND_MICROS = 1_000_000;

    private final Connection connection;
    private final Channel channel;
    private final BoostedModel model;
    private final int symbols;
    private final WallClock clock = WallClock.start();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1);

    private RowFeed(Connection connection, BoostedModel model, int symbols) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
        this.model = model;
        this.symbols = symbols;
        channel.exchangeDeclare(EXCHANGE, BuiltinExchangeType.TOPIC, true);
    }

    static RowFeed start(Services services, BoostedModel model, int symbols)
            throws IOException, TimeoutException {
        RowFeed feed =
                new RowFeed(services.broker().newConnection("tidemark-bench-rows"), model, symbols);
        var unused = feed.thread.scheduleAtFixedRate(feed::tell, 0, 1, TimeUnit.SECONDS);
        return feed;
    }

    private void tell() {
        long time = clock.micros() / SECOND_MICROS * SECOND_MICROS;
        for (int symbol = 0; symbol < symbols; symbol++) {
            String name = Exchanges.symbol(symbol);
            byte[] body =
                    FeatureMessage.encode(
                            name,
                            time,
                            BoostedModel.REGISTRY_VERSION,
                            model.features(),
                            model.rows()[
                                    (int) ((symbol + time / SECOND_MICROS) % model.rows().length)],
                            null);
            try {
                channel.basicPublish(EXCHANGE, name, new BasicProperties(), body);
            } catch (IOException e) {
                throw new IllegalStateException("the feed of rows broke", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        connection.close();
    }
}
