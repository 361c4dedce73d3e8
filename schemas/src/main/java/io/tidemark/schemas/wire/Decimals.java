package io.tidemark.schemas.wire;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;

/**
 * Decimal texts to doubles and back, exactly: reading rounds as {@link Double#parseDouble} does,
 * writing gives the shortest text that reads back to the same bits, without an exponent.
 *
 * <p>The grammar is JSON's number: an optional minus, digits without a needless leading zero, an
 * optional fraction, an optional exponent. No sign plus, blank, underscore, hexadecimal, NaN or
 * Infinity.
 */
final class Decimals {
    /** Powers of ten that a double holds exactly. */
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18
    };

    /** Digits that never overflow a long. */
    static final int MAX_FAST_DIGITS = 18;

    private static final long MAX_EXACT_INTEGER = 1L << 53;

    private Decimals() {}

    /**
     * The double nearest to the text; NaN when the text is no number, an infinity when it is too
     * large. A number that is not zero but rounds to zero is answered as the smallest double of its
     * sign, so that nothing is ever taken for zero (which removes a book level) unless it says so.
     */
    static double parse(byte[] text, int offset, int length) {
        int end = offset + length;
        boolean negative = length > 0 && text[offset] == '-';
        int first = negative ? offset + 1 : offset;
        int at = first;
        long mantissa = 0;
        while (at < end && isDigit(text[at])) {
            mantissa = mantissa * 10 + (text[at++] - '0');
        }
        int digits = at - first;
        if (digits == 0 || (digits > 1 && text[first] == '0')) {
            return Double.NaN;
        }
        int places = 0;
        if (at < end && text[at] == '.') {
            int fraction = ++at;
            while (at < end && isDigit(text[at])) {
                mantissa = mantissa * 10 + (text[at++] - '0');
            }
            if (at == fraction) {
                return Double.NaN;
            }
            places = at - fraction;
            digits += places;
        }
        if (at < end) {
            if (!isExponent(text, at, end)) {
                return Double.NaN;
            }
            return exactly(text, offset, length);
        }
        // With at most 18 digits the mantissa has not overflowed.
        double value = digits <= MAX_FAST_DIGITS ? quotient(mantissa, places) : Double.NaN;
        if (Double.isNaN(value)) {
            return exactly(text, offset, length);
        }
        return negative ? -value : value;
    }

    /**
     * The double nearest to a mantissa, not negative, over ten to the power of the places, at most
     * 18; NaN for a mantissa above 2^53. Below, both operands of one correctly rounded division are
     * exact (Clinger 1990).
     */
    static double quotient(long mantissa, int places) {
        return mantissa <= MAX_EXACT_INTEGER ? mantissa / EXACT_POWERS[places] : Double.NaN;
    }

    /** By the JDK, for the few texts that need more than one operation. */
    private static double exactly(byte[] text, int offset, int length) {
        double value =
                Double.parseDouble(new String(text, offset, length, StandardCharsets.ISO_8859_1));
        if (value == 0 && hasNonZeroDigit(text, offset, length)) {
            return Math.copySign(Double.MIN_VALUE, value);
        }
        return value;
    }

    /** Whether a digit before the exponent is not zero. */
    private static boolean hasNonZeroDigit(byte[] text, int offset, int length) {
        for (int i = offset; i < offset + length && (text[i] | 0x20) != 'e'; i++) {
            if (text[i] > '0') {
                return true;
            }
        }
        return false;
    }

    /** Whether the rest of the text is {@code [eE][+-]?digits}. */
    private static boolean isExponent(byte[] text, int start, int end) {
        int at = start;
        if (text[at] != 'e' && text[at] != 'E') {
            return false;
        }
        at++;
        if (at < end && (text[at] == '+' || text[at] == '-')) {
            at++;
        }
        int digits = at;
        while (at < end && isDigit(text[at])) {
            at++;
        }
        return at == end && at > digits;
    }

    /**
     * Appends the shortest text that reads back to the same bits, with an exponent where that is
     * shorter: {@code 9.52E-6}, {@code 65114.0}.
     *
     * @throws IllegalArgumentException for NaN and infinities
     */
    static void appendShortest(StringBuilder out, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("wanted a finite number, got " + value);
        }
        out.append(NumberOutput.toString(value, true));
    }

    /**
     * Appends the shortest text without an exponent that reads back to the same bits: {@code
     * 0.00000952}, {@code 65114}.
     *
     * @throws IllegalArgumentException for NaN and infinities
     */
    static void append(StringBuilder out, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("wanted a finite number, got " + value);
        }
        // Not Double.toString: before Java 19 that is not always the shortest.
        String shortest = NumberOutput.toString(value, true);
        int exponentAt = shortest.indexOf('E');
        String decimal = exponentAt < 0 ? shortest : shortest.substring(0, exponentAt);
        int exponent = exponentAt < 0 ? 0 : Integer.parseInt(shortest.substring(exponentAt + 1));
        int start = decimal.charAt(0) == '-' ? 1 : 0;
        int point = decimal.indexOf('.');
        String fraction = decimal.substring(point + 1);
        String digits = decimal.substring(start, point) + (fraction.equals("0") ? "" : fraction);
        int places = point - start + exponent;
        if (start == 1) {
            out.append('-');
        }
        if (places <= 0) {
            out.append("0.").append("0".repeat(-places)).append(digits);
        } else if (places >= digits.length()) {
            out.append(digits).append("0".repeat(places - digits.length()));
        } else {
            out.append(digits, 0, places).append('.').append(digits, places, digits.length());
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
