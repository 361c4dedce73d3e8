package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.NoOpMetricsCollector;

/**
 * Counts what the broker has pushed to a connection's consumers, as it comes off the socket. What
 * was counted and not yet read waits in this process, however long its thread has not run.
 */
final class Deliveries extends NoOpMetricsCollector {
    // Written by the connection's own thread alone.
    private volatile long received;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    public void consumedMessage(Channel channel, long deliveryTag, String consumerTag) {
        received++;
    }

    long received() {
        return received;
    }
}
