package io.tidemark.job.publish;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Publishes to RabbitMQ so that a completed checkpoint means what it says: every message before it
 * is persistent in a queue. (The connector's own sink publishes transient messages without confirms
 * and loses them with the broker.) At least once: after a restart messages since the last
 * checkpoint come again under the same message id.
 *
 * <p>A message no queue takes, a broken connection, or a broker that confirms nothing for too long
 * fails the task. One connection a subtask.
 */
public final class ConfirmedPublisherSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final PublisherSettings settings;
    private final Destination destination;
    private final MessageEncoder<T> encoder;

    ConfirmedPublisherSink(
            PublisherSettings settings, Destination destination, MessageEncoder<T> encoder) {
        this.settings = settings;
        this.destination = destination;
        this.encoder = encoder;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new ConfirmedPublisherWriter<>(
                settings,
                destination,
                encoder,
                "tidemark %s %d"
                        .formatted(
                                destination.queue(), context.getTaskInfo().getIndexOfThisSubtask()),
                context.metricGroup());
    }

    /**
     * Flink 1.20 asks through the other method only.
     *
     * @deprecated as in Flink
     */
    @Deprecated
    @Override
    public SinkWriter<T> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }
}
