package io.tidemark.features.quality;

import io.tidemark.schemas.event.EventType;

/**
 * Something wrong with the messages of a type, over minutes that follow each other.
 *
 * @param beginMicros of the first minute, microseconds since the epoch, UTC
 * @param endMicros of the last minute
 * @param count how often, what exactly says the kind
 * @param worst the worst of them, in the unit of the kind
 */
public record Finding(
        Kind kind, EventType type, long beginMicros, long endMicros, long count, double worst) {

    /** What is wrong; the comment says what is counted, and the unit of the worst. */
    public enum Kind {
        /** Messages that the venue's numbering left out; the most in a minute. */
        SEQUENCE_GAP,
        /** Minutes without a message; 0. */
        MISSING_MINUTES,
        /** Silences longer than usual of the type; the seconds of the longest in a minute. */
        SILENCE,
        /** Prices far from those before; robust standard deviations. */
        PRICE_SPIKE,
        /** Messages after which bid meets ask; 0. */
        CROSSED_BOOK,
        /** Messages that repeat the one before, in minutes of little else; 0. */
        FROZEN,
        /** Messages received before they happened; seconds. */
        CLOCK_BEHIND,
        /** Messages received long after they happened, on average; seconds. */
        SLOW,
        /** Messages that came before one of an earlier time, where that is many; their share. */
        OUT_OF_ORDER,
        /** Messages seen before; the most in a minute. */
        DUPLICATES,
        /** Messages that came after their row; the most in a minute. */
        LATE,
        /** Messages that could not be read; the most in a minute. */
        REJECTED
    }

    /** Whether the other goes on where this ends. */
    boolean isFollowedBy(Finding other) {
        return kind == other.kind && type == other.type && endMicros == other.beginMicros;
    }

    Finding with(Finding next) {
        return new Finding(
                kind,
                type,
                beginMicros,
                next.endMicros,
                count + next.count,
                Math.max(worst, next.worst));
    }
}
