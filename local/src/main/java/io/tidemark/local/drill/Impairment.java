package io.tidemark.local.drill;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** How a network carries bytes when it is not well. For several threads. */
@FunctionalInterface
interface Impairment {
    /** None: bytes pass as they come. */
    Impairment NONE = bytes -> {};

    /** The most that is carried at once. */
    int PIECE = 1 << 14;

    /**
     * Returns when the bytes have passed.
     *
     * @param bytes at most {@link #PIECE}
     */
    void carry(int bytes) throws InterruptedException;

    /** All that passes shares so many bytes a second. */
    static Impairment slow(int bytesPerSecond) {
        long[] freeAtNanos = {System.nanoTime()};
        return bytes -> {
            long until;
            synchronized (freeAtNanos) {
                long begin = Math.max(freeAtNanos[0], System.nanoTime());
                until = begin + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
                freeAtNanos[0] = until;
            }
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
        };
    }

    /**
     * What an application sees of lost segments: bytes are never lost or out of order, TCP sends
     * them again, but everything behind them waits for it. A piece that is lost waits for Linux's
     * least retransmission timeout, 200 ms, twice that when it is lost again, and so on.
     *
     * @param share of pieces that are lost, 0 to 1
     * @param seed makes the same pieces lost
     */
    static Impairment lossy(double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return bytes -> {
            for (long timeout = 200; isLost(random, share); timeout *= 2) {
                Thread.sleep(timeout);
            }
        };
    }

    private static boolean isLost(SplittableRandom random, double share) {
        synchronized (random) {
            return random.nextDouble() < share;
        }
    }
}
