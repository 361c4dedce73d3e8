package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.RejectReason;

/**
 * Reads the cursor's current value as a number or a time, or refuses it by name. A JSON null and an
 * empty string mean absent: the venue sends {@code ""} for a number it has not. Numbers may be
 * strings or JSON numbers alike.
 */
final class FieldNumbers {
    /** An absent whole number; the wire has no negative ones. */
    static final long ABSENT = -1;

    // Products and squares of numbers between these magnitudes stay finite and normal.
    private static final double MAX_MAGNITUDE = 1e30;
    private static final double MIN_MAGNITUDE = 1e-30;

    /** Which numbers a field may hold. */
    enum Sign {
        POSITIVE("a positive number"),
        NOT_NEGATIVE("a number not below zero"),
        ANY("a number");

        private final String wanted;

        Sign(String wanted) {
            this.wanted = wanted;
        }

        /** Whether a field may hold the number; a zero with a minus is below zero. */
        boolean admits(double value) {
            return value > 0
                    || this == ANY
                    || (this == NOT_NEGATIVE && Double.doubleToRawLongBits(value) == 0);
        }
    }

    private final JsonCursor cursor;
    private final FieldRefusals refusals;
    private final MinuteMemo times = new MinuteMemo();

    FieldNumbers(JsonCursor cursor, FieldRefusals refusals) {
        this.cursor = cursor;
        this.refusals = refusals;
    }

    /** The number; NaN where absent. */
    double number(String field, Sign sign) throws RefusedException {
        return number(field, -1, sign);
    }

    /** Any finite JSON number, however large or small; NaN where null. */
    double unbounded(String field) throws RefusedException {
        JsonKind kind = cursor.kind();
        if (kind == JsonKind.NULL) {
            return Double.NaN;
        }
        if (!kind.isNumber()) {
            throw refusals.of(RejectReason.WRONG_TYPE, field, "a number");
        }
        byte[] text = cursor.text();
        double value = Decimals.parse(text, cursor.textOffset(), cursor.textLength());
        if (Double.isInfinite(value)) {
            throw refusals.of(RejectReason.NOT_FINITE, field, "a finite number");
        }
        return value;
    }

    /** The number, as part of the list entry of that index. */
    double number(String field, int index, Sign sign) throws RefusedException {
        double plain = cursor.plainNumber();
        if (admits(plain, sign)) {
            cursor.takePlain();
            return plain;
        }
        JsonKind kind = cursor.kind();
        if (kind == JsonKind.NULL) {
            return Double.NaN;
        }
        if (kind != JsonKind.STRING && !kind.isNumber()) {
            throw refusals.of(RejectReason.WRONG_TYPE, field, index, sign.wanted);
        }
        byte[] text = cursor.text();
        int offset = cursor.textOffset();
        int length = cursor.textLength();
        if (length == 0) {
            return Double.NaN;
        }
        if (length > JsonCursor.MAX_NUMBER_LENGTH
                && cursor.charLength() > JsonCursor.MAX_NUMBER_LENGTH) {
            throw refusals.of(RejectReason.NUMBER_TOO_LONG, field, index, "at most 64 digits");
        }
        double value = Decimals.parse(text, offset, length);
        boolean signFits = sign.admits(value);
        if (isInRange(value) && signFits) {
            return value;
        }
        if (Double.isNaN(value)) {
            boolean notFinite = isNamedNonFinite(text, offset, length);
            throw refusals.of(
                    notFinite ? RejectReason.NOT_FINITE : RejectReason.WRONG_TYPE,
                    field,
                    index,
                    sign.wanted);
        }
        throw refusals.of(
                Double.isInfinite(value) ? RejectReason.NOT_FINITE : RejectReason.OUT_OF_RANGE,
                field,
                index,
                sign.wanted + (signFits ? " between 1e-30 and 1e30" : ""));
    }

    /** Whether a field of that sign may hold the number; not NaN. */
    static boolean admits(double value, Sign sign) {
        return isInRange(value) && sign.admits(value);
    }

    private static boolean isInRange(double value) {
        double magnitude = Math.abs(value);
        return (magnitude >= MIN_MAGNITUDE && magnitude <= MAX_MAGNITUDE) || magnitude == 0;
    }

    private static boolean isNamedNonFinite(byte[] text, int offset, int length) {
        String name = Utf8.decode(text, offset, length, length);
        return name.endsWith("NaN") || name.endsWith("Infinity");
    }

    /** The whole number, not negative; {@link #ABSENT} where absent. */
    long whole(String field) throws RefusedException {
        return digits(field, RejectReason.WRONG_TYPE, RejectReason.OUT_OF_RANGE);
    }

    /** Epoch milliseconds as microseconds; {@link EventHeader#UNKNOWN_TIME} where absent. */
    long millis(String field) throws RefusedException {
        long millis = digits(field, RejectReason.BAD_TIMESTAMP, RejectReason.TIMESTAMP_RANGE);
        if (millis == ABSENT) {
            return EventHeader.UNKNOWN_TIME;
        }
        if (millis > Long.MAX_VALUE / 1000) {
            throw refusals.of(RejectReason.TIMESTAMP_RANGE, field, "epoch milliseconds");
        }
        return millis * 1000;
    }

    private long digits(String field, RejectReason notWhole, RejectReason tooLarge)
            throws RefusedException {
        long plain = cursor.plainWhole();
        if (plain >= 0) {
            cursor.takePlain();
            return plain;
        }
        JsonKind kind = cursor.kind();
        if (kind == JsonKind.NULL) {
            return ABSENT;
        }
        if (kind != JsonKind.STRING && kind != JsonKind.INTEGER) {
            throw refusals.of(notWhole, field, "a whole number");
        }
        byte[] text = cursor.text();
        int offset = cursor.textOffset();
        int length = cursor.textLength();
        if (length == 0) {
            return ABSENT;
        }
        if (length > JsonCursor.MAX_NUMBER_LENGTH
                && cursor.charLength() > JsonCursor.MAX_NUMBER_LENGTH) {
            throw refusals.of(RejectReason.NUMBER_TOO_LONG, field, "at most 64 digits");
        }
        boolean negative = text[offset] == '-' && length > 1;
        long value = 0;
        boolean overflow = false;
        for (int i = negative ? 1 : 0; i < length; i++) {
            int digit = text[offset + i] - '0';
            if (digit < 0 || digit > 9) {
                throw refusals.of(notWhole, field, "a whole number");
            }
            overflow |= value > (Long.MAX_VALUE - digit) / 10;
            value = value * 10 + digit;
        }
        if (negative || overflow) {
            throw refusals.of(tooLarge, field, "a whole number from 0 to 2^63-1");
        }
        return value;
    }

    /** The ISO-8601 time in microseconds; {@link EventHeader#UNKNOWN_TIME} where absent. */
    long isoTime(String field) throws RefusedException {
        long usual = cursor.takeTime(times);
        if (usual != EventHeader.UNKNOWN_TIME) {
            return usual;
        }
        JsonKind kind = cursor.kind();
        if (kind == JsonKind.NULL) {
            return EventHeader.UNKNOWN_TIME;
        }
        if (kind == JsonKind.STRING) {
            long micros = times.parse(cursor.text(), cursor.textOffset(), cursor.textLength());
            if (micros != EventHeader.UNKNOWN_TIME) {
                return micros;
            }
        }
        throw refusals.of(RejectReason.BAD_TIMESTAMP, field, "an ISO-8601 date-time");
    }
}
