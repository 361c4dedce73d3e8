package io.tidemark.job.source;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's connections to the broker, one for each of its queues, and two threads, one that
 * acknowledges and one that asks. They are two because an answer comes through the same socket as
 * the deliveries, and those may wait for room that only an acknowledgement makes.
 */
final class BrokerSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    private static final long TICK_MILLIS = 2;

    /** The largest prefetch that AMQP 0-9-1 can say. */
    private static final int MAX_PREFETCH = 65_535;

    private final BrokerConnection broker;
    private final SourceSettings settings;
    private final long stepMillis;
    private final Inbox inbox;
    private final ReadProgress progress;
    private final String name;
    private final ExecutorService delivering =
            Executors.newCachedThreadPool(work -> thread(work, "queue-delivering"));
    private final ScheduledExecutorService acknowledging = scheduled("queue-acknowledging");
    private final ScheduledExecutorService asking = scheduled("queue-asking");
    private final List<QueueConnection> connections = new CopyOnWriteArrayList<>();
    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    private final BrokerQuestions questions;

    private record Reading(OpenQueue queue, Acknowledging acknowledgement) {}

    /** Without a connection, until there is a queue to read. */
    BrokerSession(
            BrokerConnection broker,
            SourceSettings settings,
            long stepMillis,
            Inbox inbox,
            ReadProgress progress,
            String name) {
        this.broker = broker;
        this.settings = settings;
        this.stepMillis = stepMillis;
        this.inbox = inbox;
        this.questions = new BrokerQuestions(inbox);
        this.progress = progress;
        this.name = name;
        everyTick(asking, questions::ask);
        everyTick(acknowledging, this::acknowledge);
    }

    /**
     * Starts reading a queue, which is made if it is absent, and which nobody else reads then.
     *
     * @param clockMillis the reader's, never set
     * @return nothing where only a savepoint still knows the queue: the settings do not name it,
     *     and it was deleted
     * @throws IOException when the broker cannot be reached or refuses, or somebody goes on reading
     *     the queue
     */
    Optional<OpenQueue> read(QueueSplit split, MetricGroup metrics, LongSupplier clockMillis)
            throws IOException {
        QueueConnection connection =
                QueueConnection.open(broker, name + " " + split.queue(), delivering, inbox);
        connections.add(connection);
        if (isGone(connection, split)) {
            connection.close();
            return Optional.empty();
        }
        MarketQueue.ensure(connection.client(), split.queue(), settings.queueArguments());
        return Optional.of(
                SoleReading.begin(
                        split.queue(),
                        () -> readAlone(connection, split, metrics, clockMillis.getAsLong())));
    }

    private boolean isGone(QueueConnection connection, QueueSplit split) throws IOException {
        return settings.queues().stream().noneMatch(queue -> queue.name().equals(split.queue()))
                && !MarketQueue.exists(connection.client(), split.queue());
    }

    private OpenQueue readAlone(
            QueueConnection connection, QueueSplit split, MetricGroup metrics, long nowMillis)
            throws IOException {
        Channel channel = connection.client().createChannel();
        if (channel == null) {
            throw new IOException("the broker gives no channel to read queue " + split.queue());
        }
        SoleReading.requireUnread(channel, split.queue());
        OpenQueue queue =
                new OpenQueue(
                        split,
                        new EventClock(stepMillis, settings.lateness().toMillis()),
                        channel,
                        connection.deliveries().of(channel),
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
                SoleReading.isKeptBy(connection.client()),
                null,
                new QueueConsumer(queue, decoder, inbox));

        Acknowledging acknowledgement = new Acknowledging(queue);
        QueueProbe probe = new QueueProbe(connection.client(), channel, split.queue());
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
        connections.forEach(QueueConnection::close);
        delivering.shutdown();
    }

    private static void everyTick(ScheduledExecutorService thread, Runnable work) {
        var unused =
                thread.scheduleWithFixedDelay(
                        work, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService scheduled(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> thread(work, name));
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
