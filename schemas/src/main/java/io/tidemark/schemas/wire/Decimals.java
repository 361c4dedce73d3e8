package io.tidemark.schemas.wire;

import com.fasterxml.jackson.core.io.NumberOutput;

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
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private static final int MAX_FAST_DIGITS = 18;
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    private Decimals() {}

    /**
     * The double nearest to the text; NaN when the text is no number, an infinity when it is too
     * large. A number that is not zero but rounds to zero is answered as the smallest double of its
     * sign, so that nothing is ever taken for zero (which removes a book level) unless it says so.
     */
    static double parse(char[] text, int offset, int length) {
        int end = offset + length;
        int at = offset;
        boolean negative = at < end && text[at] == '-';
        if (negative) {
            at++;
        }
        int firstDigit = at;
        long mantissa = 0;
        int significant = 0;
        while (at < end && isDigit(text[at])) {
            int digit = text[at++] - '0';
            mantissa = mantissa * 10 + digit;
            significant += significant > 0 || digit > 0 ? 1 : 0;
        }
        int integerDigits = at - firstDigit;
        if (integerDigits == 0 || (integerDigits > 1 && text[firstDigit] == '0')) {
            return Double.NaN;
        }
        int fractionDigits = 0;
        if (at < end && text[at] == '.') {
            int fraction = ++at;
            while (at < end && isDigit(text[at])) {
                int digit = text[at++] - '0';
                mantissa = mantissa * 10 + digit;
                significant += significant > 0 || digit > 0 ? 1 : 0;
            }
            fractionDigits = at - fraction;
            if (fractionDigits == 0) {
                return Double.NaN;
            }
        }
        if (at < end && !isExponent(text, at, end)) {
            return Double.NaN;
        }
        // With at most 18 significant digits the mantissa has not overflowed; both operands of one
        // correctly rounded division are exact, so the quotient is the nearest double (Clinger
        // 1990).
        if (at == end
                && significant <= MAX_FAST_DIGITS
                && mantissa <= MAX_EXACT_INTEGER
                && fractionDigits < EXACT_POWERS.length) {
            double value = mantissa / EXACT_POWERS[fractionDigits];
            return negative ? -value : value;
        }
        double value = Double.parseDouble(new String(text, offset, length));
        if (value == 0 && significant > 0) {
            return negative ? -Double.MIN_VALUE : Double.MIN_VALUE;
        }
        return value;
    }

    /** Whether the rest of the text is {@code [eE][+-]?digits}. */
    private static boolean isExponent(char[] text, int start, int end) {
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

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
