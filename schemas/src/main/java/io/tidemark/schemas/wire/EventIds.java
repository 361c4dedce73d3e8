package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidemark.schemas.event.BookUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The identities of events to which the venue gives none: made of the content alone, so a message
 * delivered or published again, by whatever gateway, is the same event. They are unique within
 * (symbol, type), stand in checkpoints and in the archive, and so must never change.
 */
public final class EventIds {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private EventIds() {}

    /** {@code u:seq:s20}: update id, sequence, s or d for snapshot or delta, depth. */
    public static String book(long updateId, long sequence, BookUpdate.Kind kind, int depth) {
        return updateId
                + ":"
                + sequence
                + switch (kind) {
                    case SNAPSHOT -> ":s";
                    case DELTA -> ":d";
                }
                + depth;
    }

    /**
     * {@code interval:start:time:confirm}: times in milliseconds, or in microseconds with a u where
     * they are not whole; confirm is 1 or 0.
     */
    public static String kline(
            String interval, long startMicros, long eventTimeMicros, boolean confirm) {
        return interval
                + ":"
                + time(startMicros)
                + ":"
                + time(eventTimeMicros)
                + (confirm ? ":1" : ":0");
    }

    private static String time(long micros) {
        return micros % 1000 == 0 ? Long.toString(micros / 1000) : micros + "u";
    }

    /** 16 hexadecimal digits: a hash of everything a ticker says. */
    public static String ticker(
            long eventTimeMicros,
            long sequence,
            boolean snapshot,
            double[] values,
            long nextFundingTimeMicros,
            @Nullable String tickDirection,
            @Nullable String preListingPhase) {
        long hash = mix(mix(snapshot ? 1 : 2, eventTimeMicros), sequence);
        // Absent values add nothing: a field appended to the list changes no old identity.
        for (long rest = present(values); rest != 0; rest &= rest - 1) {
            int i = Long.numberOfTrailingZeros(rest);
            hash = mix(mix(hash, i), Double.doubleToLongBits(values[i]));
        }
        hash = mix(hash, nextFundingTimeMicros);
        hash = mix(hash, tickDirection);
        return hex(mix(hash, preListingPhase));
    }

    /** 16 hexadecimal digits: a hash of everything a funding message says. */
    public static String funding(
            long eventTimeMicros,
            double fundingRate,
            long fundingTimeMicros,
            long nextFundingTimeMicros) {
        long hash = mix(mix(3, eventTimeMicros), Double.doubleToLongBits(fundingRate));
        return hex(mix(mix(hash, fundingTimeMicros), nextFundingTimeMicros));
    }

    private static long mix(long hash, @Nullable String text) {
        if (text == null) {
            return mix(hash, -1L);
        }
        long mixed = mix(hash, text.length());
        for (int i = 0; i < text.length(); i++) {
            mixed = mix(mixed, text.charAt(i));
        }
        return mixed;
    }

    /** Chains a word into the hash with the finaliser of SplitMix64 (variant 13 of D. Stafford). */
    private static long mix(long hash, long word) {
        long z = hash * 0x9E3779B97F4A7C15L + word;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** One bit a value that is there, of at most 64. */
    private static long present(double[] values) {
        long present = 0;
        for (int i = 0; i < values.length; i++) {
            present |= Double.isNaN(values[i]) ? 0 : 1L << i;
        }
        return present;
    }

    private static String hex(long hash) {
        byte[] digits = new byte[16];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = HEX[(int) (hash >>> (60 - 4 * i)) & 0xF];
        }
        return Utf8.ascii(digits, 0, digits.length);
    }
}
