package io.tidemark.bench.load;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The five queues of a run, under a prefix of their own: durable, without a bound on their length,
 * which Flink's own source can declare again. Deleted on close.
 */
public final class LoadQueues implements AutoCloseable {
    private final ConnectionFactory broker;
    private final String prefix;

    private LoadQueues(ConnectionFactory broker, String prefix) {
        this.broker = broker;
        this.prefix = prefix;
    }

    /** Makes the queues, empty. */
    public static LoadQueues create(ConnectionFactory broker, String prefix)
            throws IOException, TimeoutException {
        LoadQueues queues = new LoadQueues(broker, prefix);
        queues.close();
        try (Connection connection = broker.newConnection("tidemark-bench-queues");
                Channel channel = connection.createChannel()) {
            for (String name : queues.names()) {
                channel.queueDeclare(name, true, false, false, null);
            }
        }
        return queues;
    }

    /** prefix + type: the queues' names begin with it. */
    public String prefix() {
        return prefix;
    }

    /** The five names. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (EventType type : EventType.values()) {
            names.add(prefix + type.wireName());
        }
        return names;
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
