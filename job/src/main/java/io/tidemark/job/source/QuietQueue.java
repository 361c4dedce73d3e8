package io.tidemark.job.source;

import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the watermark of a queue that has nothing to read. A queue that the broker says is empty
 * has given everything that was published before the question; so it has reached the time of the
 * newest event that the job's other sources had read before the question ({@link ReadProgress}).
 * That holds for live events, for a recording at any speed and for a backlog alike, and a sparse
 * queue holds a row for a few milliseconds only.
 *
 * <p>Silence alone would not do: after a restart, or while a broker is frozen, a queue can be
 * silent with a full backlog, and going on without it would make that backlog late.
 *
 * <p>Being empty is decided in two looks. The first asks the broker; messages it had already sent
 * may still be on their way. Only when none has come by the second look, and all that came have
 * been read, is the queue known to have been empty at the first. The broker is asked only when the
 * answer would close a grid step: once a step and silent queue.
 *
 * <p>Where sources of the job run in other processes, their progress is not known here. There a
 * queue silent for {@code idleAfter} and empty is idle: it no longer holds the others.
 */
final class QuietQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuietQueue.class);
    private static final long LOOK_EVERY_MILLIS = 2;

    /** The least time between two questions that would only say that the queue is idle. */
    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The stream that is told. Every call is made with the checkpoint lock held. */
    interface Stream {
        Object getCheckpointLock();

        /** The event time all that is readable now has reached, in milliseconds. */
        long reachedMillis(long nowNanos);

        /** Whether the queue's reaching that time would close a step. */
        boolean wouldAnnounce(long millis);

        /** The queue has reached that time. */
        void reach(long millis);

        /** Whether sources of the job run where their progress is not seen. */
        boolean hasDistantSources();

        void markAsTemporarilyIdle();
    }

    /** The broker's side of the queue. */
    interface Backlog {
        /** Whether everything published before this call has been delivered. */
        boolean isEmpty() throws IOException;
    }

    private final Stream stream;
    private final Backlog backlog;
    private final LongSupplier received;
    private final EventType type;
    private final long idleAfterNanos;
    private final ScheduledExecutorService looks;

    private long lastHeard = System.nanoTime();
    private long nextAsk = lastHeard;
    private long reachedWhenAsked;
    private long read;
    private boolean foundEmpty;
    private boolean idle;

    /**
     * @param received messages that have come from the broker so far, those not yet read included
     */
    QuietQueue(
            Stream stream,
            SourceSettings settings,
            Backlog backlog,
            LongSupplier received,
            EventType type) {
        this.stream = stream;
        this.backlog = backlog;
        this.received = received;
        this.type = type;
        this.idleAfterNanos = settings.idleAfter().toNanos();
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
        read++;
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
        if (received.getAsLong() > read) {
            foundEmpty = false;
            return;
        }
        if (foundEmpty) {
            foundEmpty = false;
            wasEmpty(nowNanos);
            return;
        }
        long reached = stream.reachedMillis(nowNanos);
        if (stream.wouldAnnounce(reached) || (isLong(nowNanos) && nowNanos >= nextAsk)) {
            reachedWhenAsked = reached;
            nextAsk = nowNanos + ASK_EVERY_NANOS;
            foundEmpty = backlog.isEmpty();
        }
    }

    /** Whether nothing but idleness would help the others. */
    private boolean isLong(long nowNanos) {
        return !idle && nowNanos - lastHeard >= idleAfterNanos && stream.hasDistantSources();
    }

    /** Nothing was read since the queue was found empty. */
    private void wasEmpty(long nowNanos) {
        stream.reach(reachedWhenAsked);
        if (isLong(nowNanos)) {
            idle = true;
            stream.markAsTemporarilyIdle();
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
