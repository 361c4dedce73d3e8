package io.tidemark.local.drill;

import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a drill has run and how far it is; waits that end when it is stopped. */
final class DrillClock {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final long startNanos = System.nanoTime();
    private final Drill.Listener listener;
    private final StopSignal stop;

    DrillClock(Drill.Listener listener, StopSignal stop) {
        this.listener = listener;
        this.stop = stop;
    }

    /** Something that becomes true, or fails while what it asks is away. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException, SQLException;
    }

    /**
     * Waits until it holds; a database that is away is asked again.
     *
     * @throws IOException when it does not within three minutes
     * @throws InterruptedException when the drill is stopped
     */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (SQLException databaseIsAway) {
                // Asked again.
            }
            if (System.nanoTime() > end) {
                throw new IOException("waited %d s for %s".formatted(LIMIT.toSeconds(), what));
            }
            pause(200);
        }
    }

    /** Waits that long. */
    void pause(long millis) throws InterruptedException {
        if (stop.await(TimeUnit.MILLISECONDS.toNanos(millis))) {
            throw new InterruptedException("the drill was stopped");
        }
    }

    /** The drill is at something else now; the fraction is of the whole. */
    void at(String what, double fraction) {
        listener.at(what, fraction);
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
