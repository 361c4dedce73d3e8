package io.tidemark.features.book;

/**
 * The shortest plain decimal of a double as ASCII, into a buffer given: {@code 30249.5}, {@code
 * 452}, {@code 0.00276686}; no exponent, no needless zero, no point without a fraction.
 *
 * <p>It is the text the double was read from when that had at most 15 significant digits, at most
 * 22 of them after the point, and no needless zeros: two such texts never mean the same double.
 * What needs more is not written.
 */
final class DecimalText {
    /** The longest text: a point and 22 places, a zero before. */
    static final int MAX_LENGTH = 24;

    private static final double MAX_EXACT = 1e15;

    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private DecimalText() {}

    /**
     * Writes the text of a number not negative from there on.
     *
     * @return where it ends; -1 when it needs more digits than that
     */
    static int write(double value, byte[] out, int start) {
        for (int places = 0; places < POWERS.length; places++) {
            double scaled = Math.rint(value * POWERS[places]);
            if (!(scaled < MAX_EXACT)) {
                return -1;
            }
            // Both are exact: the quotient is the double nearest to that decimal.
            if (scaled / POWERS[places] == value) {
                return write((long) scaled, places, out, start);
            }
        }
        return -1;
    }

    private static int write(long digits, int places, byte[] out, int start) {
        int length = Math.max(places + 1, digitsOf(digits));
        int end = start + length + (places > 0 ? 1 : 0);
        long rest = digits;
        int at = end;
        for (int i = 0; i < length; i++) {
            if (i == places && places > 0) {
                out[--at] = '.';
            }
            out[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static int digitsOf(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
