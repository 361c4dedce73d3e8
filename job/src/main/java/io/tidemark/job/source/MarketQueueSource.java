package io.tidemark.job.source;

import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.job.events.EventTypes;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Inbound;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.connectors.rabbitmq.RMQSource;
import org.apache.flink.streaming.connectors.rabbitmq.common.RMQConnectionConfig;

/**
 * One queue of market events. A {@link RMQSource} (exactly once: messages are acknowledged when the
 * checkpoint that holds them is complete, redelivered ones are known by their remembered identity)
 * with these differences:
 *
 * <ul>
 *   <li>the queue is taken as it is (passive declare) and made only when absent;
 *   <li>prefetch is per consumer, not global, which quorum queues refuse;
 *   <li>identity is a hash of the message's bytes; only a message the broker marks as redelivered
 *       is dropped for it, and it is acknowledged with its checkpoint, never rejected into a
 *       dead-letter queue. A message published twice flows on: telling duplicates is the gate's
 *       work, and they are counted there;
 *   <li>one acknowledgement covers a checkpoint;
 *   <li>watermarks are made here, where it is known whether the queue is empty ({@link EventClock},
 *       {@link QuietQueue}).
 * </ul>
 *
 * <p>Parallelism is 1 per queue: identities are remembered by the task that read them.
 */
@SuppressWarnings("deprecation") // the connector stands on SourceFunction, see docs/adr/0001
public final class MarketQueueSource extends RMQSource<Inbound> {
    private static final long serialVersionUID = 1L;

    private final BrokerConnection broker;
    private final EventType type;
    private final SourceSettings settings;
    private final long stepMillis;
    private final int sourcesOfTheJob;

    private transient boolean alreadyProcessed;
    private transient Counter redelivered;
    private transient Deliveries deliveries;

    /**
     * A source of one queue.
     *
     * @param stepMillis the grid's closing step in milliseconds
     * @param sourcesOfTheJob how many queues the job reads
     */
    @SuppressWarnings("NullAway.Init")
    public MarketQueueSource(
            BrokerConnection broker,
            EventType type,
            String queue,
            SourceSettings settings,
            long stepMillis,
            int sourcesOfTheJob) {
        super(pollingOnly(broker), queue, true, new InboundSchema(type, queue, settings));
        this.broker = broker;
        this.type = type;
        this.settings = settings;
        this.stepMillis = stepMillis;
        this.sourcesOfTheJob = sourcesOfTheJob;
    }

    /**
     * What the parent reads of its own configuration; the connection itself comes from {@link
     * BrokerConnection}.
     */
    private static RMQConnectionConfig pollingOnly(BrokerConnection broker) {
        return new RMQConnectionConfig.Builder()
                .setHost(broker.host())
                .setPort(broker.port())
                .setVirtualHost(broker.virtualHost())
                .setUserName(broker.user())
                .setPassword(broker.password())
                .setDeliveryTimeout(100)
                .build();
    }

    @Override
    protected ConnectionFactory setupConnectionFactory() throws Exception {
        ConnectionFactory factory = broker.factory();
        factory.setMetricsCollector(deliveries);
        return factory;
    }

    @Override
    protected com.rabbitmq.client.Connection setupConnection() throws Exception {
        return setupConnectionFactory().newConnection("tidemark-source-" + type.wireName());
    }

    @Override
    protected void setupQueue() throws IOException {
        MarketQueue.ensure(connection, queueName, settings.queueArguments());
        channel.basicQos(settings.prefetch(), false);
    }

    @Override
    public void open(Configuration config) throws Exception {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        redelivered = metrics.counter("redelivered");
        deliveries = new Deliveries();
        super.open(config);
    }

    @Override
    public void run(SourceContext<Inbound> context) throws Exception {
        EventClock clock = new EventClock(stepMillis, settings.lateness().toMillis());
        JobID job = getRuntimeContext().getJobInfo().getJobId();
        try (ReadProgress.Member progress = ReadProgress.join(job, System.nanoTime())) {
            TimedContext timed =
                    new TimedContext(
                            context,
                            clock,
                            progress,
                            settings.quietAfter(),
                            sourcesOfTheJob,
                            this::dropAlreadyProcessed);
            getRuntimeContext()
                    .getMetricGroup()
                    .gauge("watermarkLagMillis", timed::watermarkLagMillis);
            try (QuietQueue quiet =
                    new QuietQueue(
                            timed,
                            settings,
                            new QueueProbe(connection, queueName),
                            deliveries::received,
                            type)) {
                timed.watchedBy(quiet);
                quiet.start();
                super.run(timed);
            }
        }
    }

    /**
     * Remembers the identity. Always answers true, so that the delivery is acknowledged with its
     * checkpoint whatever becomes of it; {@link TimedContext#collect} drops what is already in a
     * restored checkpoint.
     */
    @Override
    protected boolean addId(String deliveryId) {
        boolean fresh = super.addId(InboundSchema.identityOf(deliveryId));
        alreadyProcessed = !fresh && InboundSchema.isRedelivery(deliveryId);
        return true;
    }

    /** Whether the record at hand is in a restored checkpoint already; counts it then. */
    private boolean dropAlreadyProcessed() {
        if (alreadyProcessed) {
            redelivered.inc();
        }
        return alreadyProcessed;
    }

    /**
     * One acknowledgement for all: tags rise within a channel, and every tag up to the last has
     * been processed.
     */
    @Override
    protected void acknowledgeSessionIDs(List<Long> tags) {
        if (tags.isEmpty()) {
            return;
        }
        long last = tags.get(tags.size() - 1);
        try {
            channel.basicAck(last, true);
            channel.txCommit();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot acknowledge %d messages of queue %s".formatted(tags.size(), queueName),
                    e);
        }
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return EventTypes.INBOUND;
    }
}
