package io.tidemark.local.publish;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends everything a source has, paced by the source's own times, and tells how far it is. Never
 * lets a queue grow past a limit: the gateway's queues drop their oldest messages when full.
 */
public final class Publication {
    private static final int MESSAGES_BETWEEN_BACKLOG_CHECKS = 1_000;
    private static final long BACKLOG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final MessageSource source;
    private final MarketQueues queues;
    private final Speed speed;
    private final long maxBacklog;
    private final StopSignal stop;
    private final Consumer<Progress> listener;
    private long startNanos;
    private long firstPaceMicros;
    private long lastReportNanos;
    private boolean waiting;

    /**
     * @param queues where it goes; they exist
     * @param maxBacklog ready messages in one queue at which to wait; at least 1
     * @param listener told of the progress about five times a second, on the publishing thread
     */
    public Publication(
            MessageSource source,
            MarketQueues queues,
            Speed speed,
            long maxBacklog,
            StopSignal stop,
            Consumer<Progress> listener) {
        if (maxBacklog < 1) {
            throw new IllegalArgumentException(
                    "max-backlog: wanted at least 1 message, got " + maxBacklog);
        }
        this.source = source;
        this.queues = queues;
        this.speed = speed;
        this.maxBacklog = maxBacklog;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * How far a publication is.
     *
     * @param published messages handed to the broker
     * @param confirmed messages the broker has taken responsibility for
     * @param resent messages sent again because the broker refused them
     * @param fractionRead of the source, 0 to 1; NaN where it has no end
     * @param seconds since the first message
     * @param waiting whether it waits for consumers to catch up
     * @param ended whether the source was read to its end
     */
    public record Progress(
            long published,
            long confirmed,
            long resent,
            double fractionRead,
            double seconds,
            boolean waiting,
            boolean ended) {}

    /**
     * Publishes until the source ends or the stop signal is given, then waits for the last
     * confirms.
     *
     * @return the final state
     * @throws IOException when the source cannot be read or the broker does not take a message
     */
    public Progress run(Connection connection) throws IOException, InterruptedException {
        startNanos = System.nanoTime();
        try (ConfirmedPublisher publisher = ConfirmedPublisher.on(connection, queues);
                Channel counts = connection.createChannel()) {
            boolean ended = send(publisher, counts);
            publisher.flush();
            return report(publisher, ended);
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer when the channel was closed", e);
        }
    }

    private boolean send(ConfirmedPublisher publisher, Channel counts)
            throws IOException, InterruptedException {
        long sent = 0;
        while (!stop.isGiven()) {
            OutgoingMessage message = source.next();
            if (message == null) {
                return true;
            }
            if (sent++ % MESSAGES_BETWEEN_BACKLOG_CHECKS == 0) {
                awaitConsumers(publisher, counts);
            }
            if (!awaitItsTime(message, publisher)) {
                return false;
            }
            publisher.publish(message);
            reportNowAndThen(publisher);
        }
        return false;
    }

    private boolean awaitItsTime(OutgoingMessage message, ConfirmedPublisher publisher)
            throws InterruptedException {
        if (firstPaceMicros == 0) {
            firstPaceMicros = message.paceMicros();
        }
        long due = startNanos + speed.nanosFor(message.paceMicros() - firstPaceMicros);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            if (stop.await(Math.min(wait, REPORT_NANOS))) {
                return false;
            }
            reportNowAndThen(publisher);
        }
        return !stop.isGiven();
    }

    private void awaitConsumers(ConfirmedPublisher publisher, Channel counts)
            throws IOException, InterruptedException {
        while (GatewayQueues.largestBacklog(counts, queues) > maxBacklog) {
            waiting = true;
            reportNowAndThen(publisher);
            if (stop.await(BACKLOG_WAIT_NANOS)) {
                return;
            }
        }
        waiting = false;
    }

    private void reportNowAndThen(ConfirmedPublisher publisher) {
        if (System.nanoTime() - lastReportNanos >= REPORT_NANOS) {
            report(publisher, false);
        }
    }

    private Progress report(ConfirmedPublisher publisher, boolean ended) {
        lastReportNanos = System.nanoTime();
        Progress progress =
                new Progress(
                        publisher.published(),
                        publisher.confirmed(),
                        publisher.resent(),
                        source.fractionRead(),
                        (lastReportNanos - startNanos) / 1e9,
                        waiting,
                        ended);
        listener.accept(progress);
        return progress;
    }
}
