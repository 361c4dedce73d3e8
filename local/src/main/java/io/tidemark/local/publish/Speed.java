package io.tidemark.local.publish;

/**
 * How fast recorded time passes.
 *
 * @param factor 1 is as recorded, 10 ten times as fast; infinity is as fast as the broker takes it
 */
public record Speed(double factor) {
    /** As recorded. */
    public static final Speed RECORDED = new Speed(1);

    /** As fast as the broker takes it. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    /** Refuses a speed at which nothing would come. */
    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("speed: wanted more than 0 or max, got " + factor);
        }
    }

    /** Reads {@code 1}, {@code 0.5}, {@code 10} or {@code max}. */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        try {
            return new Speed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "speed: wanted a factor like 1 or 10, or max, got '" + text + "'", e);
        }
    }

    /** Nanoseconds to wait for that much recorded time. */
    long nanosFor(long recordedMicros) {
        return Math.round(recordedMicros * 1_000.0 / factor);
    }
}
