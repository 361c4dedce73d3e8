package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's connection to the broker: a consumer for each of its queues, and two threads, one
 * that acknowledges and one that asks. They are two because an answer comes through the same socket
 * as the deliveries, and those may wait for room that only an acknowledgement makes.
 */
final class BrokerSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    private static final long TICK_MILLIS = 2;
    private static final int CLOSE_MILLIS = 5_000;

    /** The largest prefetch that AMQP 0-9-1 can say. */
    private static final int MAX_PREFETCH = 65_535;

    private final SourceSettings settings;
    private final long stepMillis;
    private final Inbox inbox;
    private final ReadProgress progress;
    private final Deliveries deliveries = new Deliveries();
    private final Connection connection;
    private final ScheduledExecutorService acknowledging = thread("queue-acknowledging");
    private final ScheduledExecutorService asking = thread("queue-asking");
    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    private final BrokerQuestions questions;

    private record Reading(OpenQueue queue, Acknowledging acknowledgement) {}

    /**
     * Connects.
     *
     * @throws IOException when the broker cannot be reached or refuses the user; it says which
     *     broker
     */
    BrokerSession(
            BrokerConnection broker,
            SourceSettings settings,
            long stepMillis,
            Inbox inbox,
            ReadProgress progress,
            String name)
            throws IOException {
        this.settings = settings;
        this.stepMillis = stepMillis;
        this.inbox = inbox;
        this.questions = new BrokerQuestions(inbox);
        this.progress = progress;
        ConnectionFactory factory = broker.factory();
        factory.setMetricsCollector(deliveries);
        // An answer may wait behind deliveries for as long as the job is held back. A broker that
        // is gone is found out by heartbeats.
        factory.setChannelRpcTimeout(0);
        try {
            connection = factory.newConnection(name);
        } catch (IOException | TimeoutException e) {
            throw new IOException("cannot connect to the broker at " + broker, e);
        }
        connection.addShutdownListener(this::lost);
        everyTick(asking, questions::ask);
        everyTick(acknowledging, this::acknowledge);
    }

    private void lost(ShutdownSignalException signal) {
        if (!signal.isInitiatedByApplication()) {
            inbox.fail(
                    new IOException(
                            "the connection to the broker was lost: " + signal.getMessage(),
                            signal));
        }
    }

    /**
     * Whether the queue is one that only a savepoint still knows: the settings do not name it, and
     * it was deleted.
     *
     * @throws IOException when the broker does not say
     */
    boolean isGone(QueueSplit split) throws IOException {
        return settings.queues().stream().noneMatch(queue -> queue.name().equals(split.queue()))
                && !MarketQueue.exists(connection, split.queue());
    }

    /**
     * Starts reading a queue, which is made if it is absent, and which nobody else reads then.
     *
     * @param clockMillis the reader's, never set
     * @throws IOException when the broker refuses, or somebody goes on reading the queue
     */
    OpenQueue read(QueueSplit split, MetricGroup metrics, LongSupplier clockMillis)
            throws IOException {
        MarketQueue.ensure(connection, split.queue(), settings.queueArguments());
        return SoleReading.begin(
                split.queue(), () -> readAlone(split, metrics, clockMillis.getAsLong()));
    }

    private OpenQueue readAlone(QueueSplit split, MetricGroup metrics, long nowMillis)
            throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker gives no channel to read queue " + split.queue());
        }
        SoleReading.requireUnread(channel, split.queue());
        OpenQueue queue =
                new OpenQueue(
                        split,
                        new EventClock(stepMillis, settings.lateness().toMillis()),
                        channel,
                        deliveries.of(channel),
                        settings.maxUnacknowledged(),
                        nowMillis);
        int prefetch = settings.maxUnacknowledged();
        // Per consumer: quorum queues refuse the other. Beyond what AMQP can say, the consumer
        // holds the socket back.
        channel.basicQos(prefetch <= MAX_PREFETCH ? prefetch : 0, false);
        InboundDecoder decoder = new InboundDecoder(split.type(), split.queue(), settings, metrics);
        channel.basicConsume(
                split.queue(),
                false,
                "",
                false,
                SoleReading.isKeptBy(connection),
                null,
                new QueueConsumer(queue, decoder, inbox));

        Acknowledging acknowledgement = new Acknowledging(queue);
        QueueProbe probe = new QueueProbe(connection, channel, split.queue());
        EmptyQueueWatch watch = new EmptyQueueWatch(queue, progress, inbox, probe);
        readings.add(new Reading(queue, acknowledgement));
        questions.about(new QueueUpkeep(queue, probe, watch));
        return queue;
    }

    private void acknowledge() {
        for (Reading one : readings) {
            try {
                one.acknowledgement().tick();
            } catch (IOException | RuntimeException e) {
                String queue = one.queue().name();
                inbox.fail(new IOException("cannot acknowledge messages of queue " + queue, e));
            }
        }
    }

    /** Acknowledges what it may, then disconnects: the broker takes the rest back. */
    @Override
    public void close() {
        acknowledging.shutdownNow();
        asking.shutdownNow();
        for (Reading one : readings) {
            OpenQueue queue = one.queue();
            queue.close();
            try {
                one.acknowledgement().finish();
            } catch (IOException | ShutdownSignalException e) {
                // They come again, and are known.
                LOG.debug("cannot acknowledge the last of queue {}", queue.name(), e);
            }
        }
        connection.abort(CLOSE_MILLIS);
    }

    private static void everyTick(ScheduledExecutorService thread, Runnable work) {
        var unused =
                thread.scheduleWithFixedDelay(
                        work, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
