package io.tidemark.job.source;

import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for silence on one queue. A queue that has been silent for {@code idleAfter}, and that
 * the broker then says is empty, stops holding the other queues' watermark; after {@code
 * quietAfter} it moves its own watermark with the wall clock, asking the broker again each time.
 *
 * <p>Silence alone would not do: after a restart, or while a broker is frozen, a queue can be
 * silent with a full backlog, and going on without it would make that backlog late.
 *
 * <p>How long is silence? While a queue's events are of now, event time passes as the clock does,
 * and a few milliseconds of silence cost the events that follow no more than that. A recording
 * played at full speed passes minutes of event time in the same milliseconds; there, and before the
 * first event, {@code idleAfterBehind} applies.
 *
 * <p>Being empty is decided in two looks. The first asks the broker; messages it had already sent
 * may still wait in this process. Only when none of them has been read by the second look is the
 * queue known to have been empty at the first.
 */
final class QuietQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuietQueue.class);
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The stream that is told. Every call is made with the checkpoint lock held. */
    interface Stream {
        Object getCheckpointLock();

        void markAsTemporarilyIdle();

        /**
         * Moves the watermark with the wall clock, then is idle again: only a wholly quiet market
         * follows it.
         */
        void quietAt(long nanos);

        /** Whether the queue has shown an event since the start. */
        boolean hasTime();

        /** Whether the queue's newest event is of now, as the wall clock goes. */
        boolean isLive();
    }

    /** Messages ready in the queue, asked of the broker. */
    interface Backlog {
        long ready() throws IOException;
    }

    private final Stream stream;
    private final Backlog backlog;
    private final EventType type;
    private final long idleAfterNanos;
    private final long idleAfterBehindNanos;
    private final long quietAfterNanos;
    private final ScheduledExecutorService looks;

    private long lastHeard = System.nanoTime();
    private long askedAt;
    private long nextAsk = lastHeard;
    private boolean foundEmpty;
    private boolean idle;

    QuietQueue(Stream stream, SourceSettings settings, Backlog backlog, EventType type) {
        this.stream = stream;
        this.backlog = backlog;
        this.type = type;
        this.idleAfterNanos = settings.idleAfter().toNanos();
        this.idleAfterBehindNanos = settings.idleAfterBehind().toNanos();
        this.quietAfterNanos = settings.quietAfter().toNanos();
        this.looks =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "quiet-queue-" + type.wireName());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    void start() {
        var unused =
                looks.scheduleWithFixedDelay(
                        this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A message was read. Called with the lock held. */
    void heard(long nowNanos) {
        lastHeard = nowNanos;
        foundEmpty = false;
        idle = false;
    }

    private void look() {
        try {
            synchronized (stream.getCheckpointLock()) {
                lookAt(System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            // The channel is closing or gone: the consumer's own thread reports that and fails the
            // task.
            LOG.debug("cannot ask for the backlog of {}", type.wireName(), e);
        }
    }

    /** One look. With the lock held. */
    void lookAt(long nowNanos) throws IOException {
        if (nowNanos - lastHeard < (stream.isLive() ? idleAfterNanos : idleAfterBehindNanos)) {
            return;
        }
        if (foundEmpty) {
            foundEmpty = false;
            restAsOf(askedAt);
            return;
        }
        boolean wouldMove = stream.hasTime() && nowNanos - lastHeard >= quietAfterNanos;
        if (nowNanos - nextAsk < 0 || (idle && !wouldMove)) {
            return;
        }
        askedAt = nowNanos;
        nextAsk = nowNanos + ASK_EVERY_NANOS;
        foundEmpty = backlog.ready() == 0;
    }

    /** Nothing was read since the queue was found empty at that time. */
    private void restAsOf(long nanos) {
        if (!idle) {
            idle = true;
            stream.markAsTemporarilyIdle();
        }
        if (stream.hasTime() && nanos - lastHeard >= quietAfterNanos) {
            stream.quietAt(nanos);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
