package io.tidemark.features.split;

/**
 * Grid times in [begin, end), microseconds; empty when they are the same.
 *
 * @param beginMicros the first
 * @param endMicros after the last
 */
public record Span(long beginMicros, long endMicros) {
    /** No time at all. */
    public static final Span NONE = new Span(0, 0);

    /** Checks that it does not end before it begins. */
    public Span {
        if (endMicros < beginMicros) {
            throw new IllegalArgumentException(
                    "a span must not end before it begins, got %d to %d us"
                            .formatted(beginMicros, endMicros));
        }
    }

    /** Whether that time is in it. */
    public boolean has(long micros) {
        return micros >= beginMicros && micros < endMicros;
    }

    /** Whether it has no time. */
    public boolean isEmpty() {
        return beginMicros == endMicros;
    }

    /** Whether any time of it is in [from, to], both ends included. */
    public boolean meets(long fromMicros, long toMicros) {
        return !isEmpty() && fromMicros < endMicros && toMicros >= beginMicros;
    }
}
