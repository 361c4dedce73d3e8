package io.tidemark.job.publish;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.tidemark.job.publish.InFlight.Attempt;
import java.io.IOException;
import java.util.Map;

/** Tells the queue {@code features.dataset.ready} of a dataset that is ready or failed. */
public final class DatasetReady {
    /** The name of the queue. */
    public static final String NAME = "features.dataset.ready";

    private DatasetReady() {}

    /**
     * Sends one message; the broker has it on return. The message id is the dataset's, so that one
     * told twice is known.
     *
     * @param body JSON
     * @param queueArguments for the queue when it does not exist yet
     */
    public static void send(
            PublisherSettings settings,
            String datasetId,
            byte[] body,
            Map<String, Object> queueArguments)
            throws IOException, InterruptedException {
        InFlight inFlight = new InFlight(1, settings.confirmTimeout());
        try (PublisherConnection connection =
                PublisherConnection.open(
                        settings,
                        Destination.queue(NAME, queueArguments),
                        "tidemark-datasets",
                        inFlight)) {
            inFlight.awaitRoom();
            BasicProperties properties =
                    new BasicProperties.Builder()
                            .messageId(datasetId)
                            .contentType("application/json")
                            .build();
            connection.send(new Attempt(new OutgoingMessage("", NAME, properties, body), 1));
            inFlight.awaitConfirmedOrRefused();
            if (inFlight.pollRefused() != null) {
                throw new IOException("the broker refused the message of dataset " + datasetId);
            }
        }
    }
}
