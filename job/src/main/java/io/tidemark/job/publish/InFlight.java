package io.tidemark.job.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages sent and not yet confirmed, between the task's thread, which sends and waits, and
 * the connection's, which reports. The first failure ends it: every later call throws it.
 */
final class InFlight {
    private final int limit;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All of these only with the lock.
    private final NavigableMap<Long, Attempt> unconfirmed = new TreeMap<>();
    private final Deque<Attempt> refused = new ArrayDeque<>();
    private long progress;
    private boolean blocked;
    private @Nullable IOException failure;

    InFlight(int limit, Duration patience) {
        this.limit = limit;
        this.patienceNanos = patience.toNanos();
    }

    /** A message and how often it was sent. */
    record Attempt(OutgoingMessage message, int number) {
        Attempt next() {
            return new Attempt(message, number + 1);
        }
    }

    /** Waits until one more may be sent and the broker takes messages. */
    void awaitRoom() throws IOException, InterruptedException {
        awaitUntil(Wanted.ROOM);
    }

    /** Waits until none is unconfirmed, or until one is refused and must be sent again. */
    void awaitConfirmedOrRefused() throws IOException, InterruptedException {
        awaitUntil(Wanted.ALL_ANSWERED);
    }

    private enum Wanted {
        ROOM,
        ALL_ANSWERED
    }

    private boolean isReached(Wanted wanted) {
        return switch (wanted) {
            case ROOM -> unconfirmed.size() < limit && !blocked;
            case ALL_ANSWERED -> unconfirmed.isEmpty() || !refused.isEmpty();
        };
    }

    private void awaitUntil(Wanted wanted) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            throwFailure();
            long seen = progress;
            long left = patienceNanos;
            while (!isReached(wanted)) {
                if (left <= 0) {
                    throw new IOException(
                            "the broker must confirm within %d ms, confirmed nothing of %d messages%s"
                                    .formatted(
                                            TimeUnit.NANOSECONDS.toMillis(patienceNanos),
                                            unconfirmed.size(),
                                            blocked ? "; it blocks publishers (alarm)" : ""));
                }
                left = changed.awaitNanos(left);
                throwFailure();
                if (progress != seen) {
                    seen = progress;
                    left = patienceNanos;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void sent(long sequence, Attempt attempt) {
        lock.lock();
        try {
            unconfirmed.put(sequence, attempt);
        } finally {
            lock.unlock();
        }
    }

    void confirmed(long sequence, boolean multiple) {
        answered(sequence, multiple, false);
    }

    void refused(long sequence, boolean multiple) {
        answered(sequence, multiple, true);
    }

    private void answered(long sequence, boolean multiple, boolean isRefused) {
        lock.lock();
        try {
            NavigableMap<Long, Attempt> answered =
                    multiple
                            ? unconfirmed.headMap(sequence, true)
                            : unconfirmed.subMap(sequence, true, sequence, true);
            if (isRefused) {
                refused.addAll(answered.values());
            }
            answered.clear();
            progress++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next message the broker refused, to be sent again. */
    @Nullable Attempt pollRefused() {
        lock.lock();
        try {
            return refused.poll();
        } finally {
            lock.unlock();
        }
    }

    void blocked(boolean isBlocked) {
        lock.lock();
        try {
            blocked = isBlocked;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void failed(String problem, @Nullable Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = new IOException(problem, cause);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sent and not yet confirmed, those to be sent again included. */
    int size() {
        lock.lock();
        try {
            return unconfirmed.size() + refused.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isBlocked() {
        lock.lock();
        try {
            return blocked;
        } finally {
            lock.unlock();
        }
    }

    void throwFailure() throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                // A new one: the stack of the thread that fails, the cause from the one that saw
                // it.
                throw new IOException(failure.getMessage(), failure);
            }
        } finally {
            lock.unlock();
        }
    }
}
