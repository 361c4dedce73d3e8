package io.tidemark.job.source;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;

/** Decodes what the broker pushes, on the client's thread, and brings it to the inbox. */
final class QueueConsumer extends DefaultConsumer {
    private final OpenQueue queue;
    private final InboundDecoder decoder;
    private final Inbox inbox;

    QueueConsumer(OpenQueue queue, InboundDecoder decoder, Inbox inbox) {
        super(queue.channel());
        this.queue = queue;
        this.decoder = decoder;
        this.inbox = inbox;
    }

    @Override
    public void handleDelivery(
            String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        try {
            queue.awaitRoom(envelope.getDeliveryTag());
            inbox.put(
                    new Arrival.Delivery(
                            queue,
                            envelope.getDeliveryTag(),
                            envelope.isRedeliver(),
                            ContentIdentity.of(body),
                            decoder.decode(properties, body),
                            body.length));
        } catch (InterruptedException e) {
            // The reader is closing; what was not taken comes again.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handleCancel(String consumerTag) {
        inbox.fail(
                new IOException(
                        "the broker ended the reading of queue %s: it was deleted or moved"
                                .formatted(queue.name())));
    }

    @Override
    public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
        // Also when the client closed it, as it does when a delivery ends in an error here: a queue
        // that is read no more must not go unnoticed. A reader that closes has closed its inbox.
        inbox.fail(
                new IOException(
                        "the channel of queue %s was closed: %s"
                                .formatted(queue.name(), signal.getMessage()),
                        signal));
    }
}
