package io.tidemark.job.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The folders of the archive, in the form every reader of Hive-style partitions knows: {@code
 * key=value} a level, times in UTC. Total: every time and every text has a folder.
 */
final class ArchivePartition {
    private ArchivePartition() {}

    /** {@code date=2025-12-07}. */
    static String date(long micros) {
        return "date=" + utc(micros).toLocalDate();
    }

    /** {@code date=2025-12-07/hour=09}. */
    static String dateAndHour(long micros) {
        ZonedDateTime time = utc(micros);
        int hour = time.getHour();
        return "date=" + time.toLocalDate() + (hour < 10 ? "/hour=0" : "/hour=") + hour;
    }

    /**
     * {@code key=value}, with every character of the value that is not a letter, a digit or one of
     * {@code . _ - +} as {@code %XX}, as Hive does, so that no text can leave its folder.
     */
    static String of(String key, String value) {
        StringBuilder result = new StringBuilder(key).append('=');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isPlain(c)) {
                result.append(c);
            } else {
                result.append("%%%02X".formatted((int) c));
            }
        }
        return result.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-'
                || c == '+';
    }

    private static ZonedDateTime utc(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
