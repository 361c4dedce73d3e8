package io.tidemark.schemas.wire;

/**
 * What a message may at most be.
 *
 * @param maxBodyBytes the longest body, in bytes; at least 1
 * @param futureToleranceMicros how far an event's time may lie after the time it was read,
 *     microseconds; not negative
 */
public record DecodeLimits(int maxBodyBytes, long futureToleranceMicros) {

    /** 1 MiB a body, 10 seconds into the future. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(1 << 20, 10_000_000L);

    /** Refuses limits nothing could pass. */
    public DecodeLimits {
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException(
                    "longest body must be at least 1 byte, got " + maxBodyBytes);
        }
        if (futureToleranceMicros < 0) {
            throw new IllegalArgumentException(
                    "future tolerance must not be negative, got "
                            + futureToleranceMicros
                            + " microseconds");
        }
    }
}
