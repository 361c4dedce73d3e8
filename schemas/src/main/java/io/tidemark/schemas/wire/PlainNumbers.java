package io.tidemark.schemas.wire;

/**
 * Reads the numbers of the usual form, bare or in quotes, from where they stand, eight bytes at a
 * time: at most 18 digits without a needless zero, no exponent. Anything else, well-formed or not,
 * is left to the general way. Reused, since it answers where the number ended; not thread-safe.
 */
final class PlainNumbers {
    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    private int end;

    /** Behind the number last read. */
    int end() {
        return end;
    }

    /**
     * The number there, which may have a minus and a point, where one division gives it exactly;
     * NaN for anything else.
     */
    double decimal(byte[] bytes, int at) {
        int start = at < bytes.length && bytes[at] == '"' ? at + 1 : at;
        if (start + 2 * Long.BYTES < bytes.length) {
            long word = EightBytes.at(bytes, start);
            int whole = EightBytes.firstOf(EightBytes.notDigits(word));
            int point = start + whole;
            if (whole > 0 && whole < Long.BYTES && (bytes[start] != '0' || whole == 1)) {
                if (bytes[point] != '.') {
                    return ends(bytes, point, start != at)
                            ? EightBytes.number(word, whole)
                            : Double.NaN;
                }
                long tail = EightBytes.at(bytes, point + 1);
                int places = EightBytes.firstOf(EightBytes.notDigits(tail));
                if (places > 0 && ends(bytes, point + 1 + places, start != at)) {
                    // At most 15 digits, so below 2^53.
                    long mantissa =
                            EightBytes.number(word, whole) * POWERS[places]
                                    + EightBytes.number(tail, places);
                    return Decimals.quotient(mantissa, places);
                }
            }
        }
        return digitByDigit(bytes, at);
    }

    /** Whether a number may end before that byte; notes it. */
    private boolean ends(byte[] bytes, int behind, boolean quoted) {
        if (behind >= bytes.length) {
            return false;
        }
        byte b = bytes[behind];
        end = quoted ? behind + 1 : behind;
        return quoted ? b == '"' : b == ',' || b == '}' || b == ']';
    }

    private double digitByDigit(byte[] bytes, int at) {
        int i = at;
        int last = bytes.length - 1;
        boolean quoted = i < last && bytes[i] == '"';
        i += quoted ? 1 : 0;
        boolean negative = i < last && bytes[i] == '-';
        i += negative ? 1 : 0;
        int first = i;
        int point = -1;
        long mantissa = 0;
        while (i < last) {
            byte b = bytes[i];
            if (b >= '0' && b <= '9') {
                mantissa = mantissa * 10 + (b - '0');
            } else if (b == '.' && point < 0) {
                point = i;
            } else {
                break;
            }
            i++;
        }
        int integerEnd = point < 0 ? i : point;
        int digits = point < 0 ? i - first : i - first - 1;
        if (integerEnd == first
                || point == i - 1
                || (integerEnd > first + 1 && bytes[first] == '0')
                || digits > Decimals.MAX_FAST_DIGITS
                || !ends(bytes, i, quoted)) {
            return Double.NaN;
        }
        double value = Decimals.quotient(mantissa, point < 0 ? 0 : i - point - 1);
        return negative ? -value : value;
    }

    /** The whole number there, not below zero; -1 for anything else. */
    long whole(byte[] bytes, int at) {
        int start = at < bytes.length && bytes[at] == '"' ? at + 1 : at;
        if (start + 2 * Long.BYTES < bytes.length) {
            long word = EightBytes.at(bytes, start);
            int digits = EightBytes.firstOf(EightBytes.notDigits(word));
            if (digits == 0 || (digits > 1 && bytes[start] == '0')) {
                return -1;
            }
            long value = EightBytes.number(word, digits);
            if (digits < Long.BYTES) {
                return ends(bytes, start + digits, start != at) ? value : -1;
            }
            long tail = EightBytes.at(bytes, start + Long.BYTES);
            int more = EightBytes.firstOf(EightBytes.notDigits(tail));
            if (more < Long.BYTES) {
                value = more == 0 ? value : value * POWERS[more] + EightBytes.number(tail, more);
                return ends(bytes, start + Long.BYTES + more, start != at) ? value : -1;
            }
        }
        return wholeByDigit(bytes, at);
    }

    private long wholeByDigit(byte[] bytes, int at) {
        int i = at;
        int last = bytes.length - 1;
        boolean quoted = i < last && bytes[i] == '"';
        i += quoted ? 1 : 0;
        int first = i;
        long value = 0;
        while (i < last && bytes[i] >= '0' && bytes[i] <= '9') {
            value = value * 10 + (bytes[i++] - '0');
        }
        int digits = i - first;
        if (digits == 0
                || digits > Decimals.MAX_FAST_DIGITS
                || (digits > 1 && bytes[first] == '0')
                || !ends(bytes, i, quoted)) {
            return -1;
        }
        return value;
    }
}
