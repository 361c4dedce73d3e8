package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.EventHeader;
import java.nio.charset.StandardCharsets;

/**
 * ISO-8601 date-times as the wire spells them, to and from microseconds since the epoch. A text
 * without a zone means UTC. Digits after the sixth of a fraction are dropped (towards the past).
 *
 * <p>Read: {@code YYYY-MM-DDThh:mm[:ss[.f{1,9}]]} and then nothing, {@code Z} or {@code ±hh:mm}.
 * The calendar is proleptic Gregorian (days from civil, H. Hinnant, "chrono-compatible low-level
 * date algorithms"). Reading allocates nothing.
 */
public final class WireTime {
    /** Bytes of {@code YYYY-MM-DDThh:mm}. */
    static final int MINUTE_LENGTH = 16;

    /** Bytes of a time with six digits of fraction and no zone, as the gateway writes it. */
    static final int MICROS_LENGTH = MINUTE_LENGTH + 10;

    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final int MAX_FRACTION_DIGITS = 9;

    private WireTime() {}

    /**
     * Microseconds since the epoch, or {@link EventHeader#UNKNOWN_TIME} when the text is no such
     * date-time.
     */
    public static long parse(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return parse(bytes, 0, bytes.length);
    }

    static long parse(byte[] text, int offset, int length) {
        if (length < MINUTE_LENGTH) {
            return EventHeader.UNKNOWN_TIME;
        }
        return withSeconds(text, offset, length, minuteSeconds(text, offset));
    }

    /**
     * Seconds since the epoch of the text's first {@link #MINUTE_LENGTH} bytes; {@link
     * EventHeader#UNKNOWN_TIME} where they are no minute.
     */
    static long minuteSeconds(byte[] text, int offset) {
        if (text[offset + 4] != '-'
                || text[offset + 7] != '-'
                || text[offset + 10] != 'T'
                || text[offset + 13] != ':') {
            return EventHeader.UNKNOWN_TIME;
        }
        int century = twoDigits(text, offset);
        int yearOfCentury = twoDigits(text, offset + 2);
        int month = twoDigits(text, offset + 5);
        int day = twoDigits(text, offset + 8);
        int hour = twoDigits(text, offset + 11);
        int minute = twoDigits(text, offset + 14);
        int year = century * 100 + yearOfCentury;
        boolean dateOk =
                century >= 0
                        && yearOfCentury >= 0
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= daysInMonth(year, month);
        if (!dateOk || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return EventHeader.UNKNOWN_TIME;
        }
        return daysFromCivil(year, month, day) * SECONDS_PER_DAY + hour * 3600L + minute * 60L;
    }

    /** The time of the whole text, given what {@link #minuteSeconds} says of its beginning. */
    static long withSeconds(byte[] text, int offset, int length, long minuteSeconds) {
        if (minuteSeconds == EventHeader.UNKNOWN_TIME) {
            return EventHeader.UNKNOWN_TIME;
        }
        int at = offset + MINUTE_LENGTH;
        int end = offset + length;
        long seconds = minuteSeconds;
        long micros = 0;
        if (at < end && text[at] == ':') {
            int second = at + 3 <= end ? twoDigits(text, at + 1) : -1;
            if (second < 0 || second > 59) {
                return EventHeader.UNKNOWN_TIME;
            }
            seconds += second;
            at += 3;
            if (at < end && text[at] == '.') {
                int fraction = at + 1;
                int scale = 100_000;
                at = fraction;
                while (at < end && isDigit(text[at])) {
                    micros += (long) scale * (text[at] - '0');
                    scale /= 10;
                    at++;
                }
                if (at == fraction || at - fraction > MAX_FRACTION_DIGITS) {
                    return EventHeader.UNKNOWN_TIME;
                }
            }
        }
        int zone = zoneOffsetSeconds(text, at, end);
        if (zone == Integer.MIN_VALUE) {
            return EventHeader.UNKNOWN_TIME;
        }
        return (seconds - zone) * MICROS_PER_SECOND + micros;
    }

    /** The microseconds that {@code :ss.ffffff} spells; -1 where it is not that. */
    static long secondsWithMicros(byte[] text, int at) {
        int tens = text[at + 1] - '0';
        long word = EightBytes.at(text, at + 2);
        long digits = (word & 0xFF) | (word >>> 16 << 8);
        boolean usual =
                text[at] == ':'
                        && tens >= 0
                        && tens <= 5
                        && text[at + 3] == '.'
                        && EightBytes.firstOf(EightBytes.notDigits(digits)) == 7;
        return usual ? tens * (10 * MICROS_PER_SECOND) + EightBytes.number(digits, 7) : -1;
    }

    private static int zoneOffsetSeconds(byte[] text, int at, int end) {
        if (at == end || (at + 1 == end && text[at] == 'Z')) {
            return 0;
        }
        if (at + 6 != end || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = twoDigits(text, at + 1);
        int minutes = twoDigits(text, at + 4);
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return Integer.MIN_VALUE;
        }
        int seconds = (hours * 60 + minutes) * 60;
        return text[at] == '-' ? -seconds : seconds;
    }

    /**
     * Appends {@code YYYY-MM-DDThh:mm:ss} and, where the time is not a whole second, six digits of
     * fraction: no zone, which means UTC.
     *
     * @throws IllegalArgumentException outside the years 0 to 9999
     */
    public static void append(StringBuilder out, long epochMicros) {
        long seconds = Math.floorDiv(epochMicros, MICROS_PER_SECOND);
        int micros = (int) Math.floorMod(epochMicros, MICROS_PER_SECOND);
        long days = Math.floorDiv(seconds, SECONDS_PER_DAY);
        int secondOfDay = (int) Math.floorMod(seconds, SECONDS_PER_DAY);
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) Math.floorMod(shifted, 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException(
                    "wanted a time in the years 0 to 9999, got " + epochMicros + " microseconds");
        }
        padded(out, (int) year, 1000);
        padded(out.append('-'), month, 10);
        padded(out.append('-'), day, 10);
        padded(out.append('T'), secondOfDay / 3600, 10);
        padded(out.append(':'), secondOfDay / 60 % 60, 10);
        padded(out.append(':'), secondOfDay % 60, 10);
        if (micros != 0) {
            padded(out.append('.'), micros, 100_000);
        }
    }

    /** The text {@link #append} writes. */
    public static String format(long epochMicros) {
        StringBuilder out = new StringBuilder(26);
        append(out, epochMicros);
        return out.toString();
    }

    private static void padded(StringBuilder out, int value, int firstPlace) {
        for (int place = firstPlace; place > 0; place /= 10) {
            out.append((char) ('0' + value / place % 10));
        }
    }

    private static long daysFromCivil(int year, int month, int day) {
        int shiftedYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shiftedYear, 400);
        int yearOfEra = Math.floorMod(shiftedYear, 400);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static int daysInMonth(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** The number, or a negative one where the two characters are not digits. */
    private static int twoDigits(byte[] text, int at) {
        if (!isDigit(text[at]) || !isDigit(text[at + 1])) {
            return -1;
        }
        return (text[at] - '0') * 10 + (text[at + 1] - '0');
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
