package io.tidemark.job.source;

import io.tidemark.job.events.EventTypes;
import io.tidemark.schemas.event.Inbound;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Market events from the queues of a RabbitMQ broker, each message once (FLIP-27).
 *
 * <ul>
 *   <li>A split is a queue. Any parallelism up to the number of queues, changeable from a
 *       savepoint.
 *   <li>A message is acknowledged when a checkpoint that holds it is complete; until the broker has
 *       surely heard so, checkpoints hold its identity, a hash of its bytes. One that comes again
 *       is known by it, however late it comes ({@link AwaitedDeliveries}).
 *   <li>Only a message the broker marks as redelivered is dropped, and it is acknowledged with its
 *       checkpoint, never rejected into a dead-letter queue. A message published twice flows on:
 *       telling duplicates is the gate's work, and they are counted there.
 *   <li>Acknowledging, decoding and waiting for the broker are not done by the task ({@link
 *       BrokerSession}).
 *   <li>What is unacknowledged is bounded, by any number: AMQP's own prefetch ends at 65,535.
 *   <li>Watermarks are made here, where it is known whether a queue is empty ({@link EventClock},
 *       {@link EmptyQueueWatch}).
 *   <li>A queue is taken as it is, classic or quorum, and made only when absent.
 * </ul>
 *
 * <p>Flink's own {@code RMQSource} does none of these; see docs/adr/0012.
 */
public final class MarketSource
        implements Source<Inbound, QueueSplit, QueueAssignment>, ResultTypeQueryable<Inbound> {
    private static final long serialVersionUID = 1L;

    private final BrokerConnection broker;
    private final SourceSettings settings;
    private final long stepMillis;

    /**
     * A source of all queues of the settings.
     *
     * @param stepMillis the grid's closing step in milliseconds
     */
    public MarketSource(BrokerConnection broker, SourceSettings settings, long stepMillis) {
        this.broker = broker;
        this.settings = settings;
        this.stepMillis = stepMillis;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Inbound, QueueSplit> createReader(SourceReaderContext context) {
        return new QueueReader(context, broker, settings, stepMillis);
    }

    @Override
    public SplitEnumerator<QueueSplit, QueueAssignment> createEnumerator(
            SplitEnumeratorContext<QueueSplit> context) {
        return restoreEnumerator(context, QueueAssignment.NONE);
    }

    @Override
    public SplitEnumerator<QueueSplit, QueueAssignment> restoreEnumerator(
            SplitEnumeratorContext<QueueSplit> context, QueueAssignment before) {
        List<QueueSplit> unread =
                settings.queues().stream()
                        .map(queue -> QueueSplit.unread(queue.name(), queue.type()))
                        .toList();
        return new QueueEnumerator(context, unread, before);
    }

    @Override
    public SimpleVersionedSerializer<QueueSplit> getSplitSerializer() {
        return new QueueSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<QueueAssignment> getEnumeratorCheckpointSerializer() {
        return new QueueAssignmentSerializer();
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return EventTypes.INBOUND;
    }
}
