package io.tidemark.bench.load;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The queues of a run, one or several for each type, under a prefix of their own: durable, without
 * a bound on their length, which Flink's own source can declare again. Deleted on close.
 */
public final class LoadQueues implements AutoCloseable {
    private final ConnectionFactory broker;
    private final MarketQueues queues;

    private LoadQueues(ConnectionFactory broker, MarketQueues queues) {
        this.broker = broker;
        this.queues = queues;
    }

    /** Makes the queues, empty. */
    public static LoadQueues create(ConnectionFactory broker, MarketQueues market)
            throws IOException, TimeoutException {
        LoadQueues queues = new LoadQueues(broker, market);
        queues.close();
        try (Connection connection = broker.newConnection("tidemark-bench-queues");
                Channel channel = connection.createChannel()) {
            for (String name : queues.names()) {
                channel.queueDeclare(name, true, false, false, null);
            }
        }
        return queues;
    }

    /** Which queue an event belongs in. */
    public MarketQueues market() {
        return queues;
    }

    /** What the queues' names begin with. */
    public String prefix() {
        return queues.prefix();
    }

    /** All names. */
    public List<String> names() {
        return queues.all().stream().map(MarketQueues.Queue::name).toList();
    }

    @Override
    public void close() throws IOException, TimeoutException {
        try (Connection connection = broker.newConnection("tidemark-bench-queues");
                Channel channel = connection.createChannel()) {
            for (String name : names()) {
                channel.queueDelete(name);
            }
        }
    }
}
