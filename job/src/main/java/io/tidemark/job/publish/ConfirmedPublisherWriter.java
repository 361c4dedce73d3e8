package io.tidemark.job.publish;

import io.tidemark.job.publish.InFlight.Attempt;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Sends as rows come, within the bound of messages in flight; a checkpoint waits for every confirm.
 */
final class ConfirmedPublisherWriter<T> implements SinkWriter<T> {
    /** How often a message the broker refuses (nack) is sent before the task fails. */
    private static final int MAX_ATTEMPTS = 3;

    private final MessageEncoder<T> encoder;
    private final InFlight inFlight;
    private final PublisherConnection connection;
    private final Counter published;
    private final Counter republished;

    ConfirmedPublisherWriter(
            PublisherSettings settings,
            Destination destination,
            MessageEncoder<T> encoder,
            String connectionName,
            MetricGroup metrics)
            throws IOException {
        this.encoder = encoder;
        inFlight = new InFlight(settings.maxInFlight(), settings.confirmTimeout());
        connection = PublisherConnection.open(settings, destination, connectionName, inFlight);
        published = metrics.counter("published");
        republished = metrics.counter("republished");
        metrics.<Integer, Gauge<Integer>>gauge("publishInFlight", inFlight::size);
        metrics.<Integer, Gauge<Integer>>gauge(
                "publishBlocked", () -> inFlight.isBlocked() ? 1 : 0);
    }

    @Override
    public void write(T value, Context context) throws IOException, InterruptedException {
        sendRefusedAgain();
        inFlight.awaitRoom();
        connection.send(new Attempt(encoder.encode(value), 1));
        published.inc();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        do {
            sendRefusedAgain();
            inFlight.awaitConfirmedOrRefused();
        } while (inFlight.size() > 0);
    }

    private void sendRefusedAgain() throws IOException, InterruptedException {
        for (@Nullable Attempt refused = inFlight.pollRefused();
                refused != null;
                refused = inFlight.pollRefused()) {
            if (refused.number() >= MAX_ATTEMPTS) {
                throw new IOException(
                        "the broker must take a message, refused it %d times: exchange '%s', routing key '%s'"
                                .formatted(
                                        refused.number(),
                                        refused.message().exchange(),
                                        refused.message().routingKey()));
            }
            inFlight.awaitRoom();
            connection.send(refused.next());
            republished.inc();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
