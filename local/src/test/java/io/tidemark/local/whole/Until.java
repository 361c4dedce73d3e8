package io.tidemark.local.whole;

import java.time.Duration;
import java.time.Instant;

/** Waits for what a test cannot be told of. */
final class Until {
    /** How long a disturbed platform may take to go on. */
    static final Duration RECOVERY = Duration.ofMinutes(1);

    private Until() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void holds(String what, Duration atMost, Condition condition) throws Exception {
        Instant end = Instant.now().plus(atMost);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited " + atMost.toSeconds() + " s for: " + what);
            }
            Thread.sleep(250);
        }
    }
}
