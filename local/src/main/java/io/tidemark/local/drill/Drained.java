package io.tidemark.local.drill;

import java.time.Duration;

/**
 * Whether the ledger of a job that is given no more messages has become all that it will be. More
 * messages in it than were published do not tell: those that were sent again and arrived twice may
 * make up for the last ones, which the job holds back until the market's time is past their step,
 * and that is only when it has heard nothing for its quiet time.
 */
final class Drained {
    /** Longer than two checkpoints of a drill, which book. */
    private static final Duration BOOKED = Duration.ofSeconds(5);

    private final long published;
    private final long most;
    private final Duration quiet;
    private long booked = -1;
    private long sinceNanos;

    /**
     * Of a load that has ended.
     *
     * @param published different messages
     * @param sentAgain how many more may have arrived
     * @param quiet after which the job goes on without hearing anything
     */
    Drained(long published, long sentAgain, Duration quiet) {
        this.published = published;
        this.most = published + sentAgain;
        this.quiet = quiet;
    }

    /**
     * Whether it is so, with that many messages in the ledger at that time; times must not fall.
     */
    boolean with(long nowBooked, long nowNanos) {
        if (nowBooked != booked) {
            booked = nowBooked;
            sinceNanos = nowNanos;
        }
        Duration steady = Duration.ofNanos(nowNanos - sinceNanos);
        Duration wanted = booked >= most ? BOOKED : quiet.plus(BOOKED);
        return booked >= published && steady.compareTo(wanted) > 0;
    }
}
