package io.tidemark.server.access;

import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many requests a second of one caller, and as many at once after a pause. Per caller one time:
 * the one at which all it has called would have been due, evenly spaced (the generic cell rate
 * algorithm, ITU-T I.371).
 */
final class RateLimit {
    /** Callers remembered; those that have been quiet are forgotten first. */
    private static final int MOST = 10_000;

    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long spacingNanos;
    private final Map<String, AtomicLong> due = new ConcurrentHashMap<>();

    /**
     * @param perSecond 0: no limit
     */
    RateLimit(int perSecond) {
        spacingNanos = perSecond == 0 ? 0 : BURST_NANOS / perSecond;
    }

    /** Throws a 429 for a caller that has called too often; such a call does not count. */
    void take(String caller) {
        if (spacingNanos > 0 && !allows(caller, System.nanoTime())) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS, "this caller calls too often; wait a second");
        }
    }

    /**
     * @param now nanoseconds of one clock that only goes forward
     */
    boolean allows(String caller, long now) {
        AtomicLong due = this.due.computeIfAbsent(caller, unused -> new AtomicLong(now));
        forgetQuiet(now);
        while (true) {
            long was = due.get();
            long next = Math.max(was - now, 0) + now + spacingNanos;
            if (next - now > BURST_NANOS) {
                return false;
            }
            if (due.compareAndSet(was, next)) {
                return true;
            }
        }
    }

    private void forgetQuiet(long now) {
        if (due.size() > MOST) {
            due.values().removeIf(time -> time.get() - now <= 0);
        }
    }
}
