package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.NoOpMetricsCollector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last delivery the broker has pushed to each channel's consumer, noted as it comes off the
 * socket. What was noted and not yet taken is on its way through this process, however long its
 * threads have not run.
 */
final class Deliveries extends NoOpMetricsCollector {
    private final Map<Integer, AtomicLong> lastTags = new ConcurrentHashMap<>();

    /**
     * Begins to note the channel's deliveries, before it has a consumer.
     *
     * @return the tag of the last delivery; 0 before the first
     */
    AtomicLong of(Channel channel) {
        AtomicLong lastTag = new AtomicLong();
        lastTags.put(channel.getChannelNumber(), lastTag);
        return lastTag;
    }

    @Override
    public void consumedMessage(Channel channel, long deliveryTag, String consumerTag) {
        AtomicLong lastTag = lastTags.get(channel.getChannelNumber());
        if (lastTag != null) {
            lastTag.set(deliveryTag);
        }
    }
}
