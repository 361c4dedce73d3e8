package io.tidemark.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The table of newest rows as text, one line per symbol. */
final class TableText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String UNDEFINED = "-";

    private TableText() {}

    /** Headline of the columns. */
    static String header(int symbolWidth) {
        return String.format(
                Locale.ROOT,
                "%-" + symbolWidth + "s %12s %8s %12s %10s %10s %13s %12s %8s %7s",
                "symbol",
                "row (UTC)",
                "age",
                "mid_price",
                "spread_rel",
                "returns_1m",
                "volatility_1m",
                "volume_15s",
                "events/s",
                "lag");
    }

    /** One row; undefined numbers are a dash. */
    static String line(RowView row, Instant now, int symbolWidth) {
        return String.format(
                Locale.ROOT,
                "%-" + symbolWidth + "s %12s %8s %12s %10s %10s %13s %12s %8s %7s",
                row.symbol(),
                TIME.format(row.gridTime()),
                age(Duration.between(row.gridTime(), now)),
                number(row.midPrice(), 7),
                number(row.spreadRel(), 3),
                number(row.returns1m(), 3),
                number(row.volatility1m(), 3),
                number(row.volume15s(), 6),
                fixed(row.eventsPerSecond(), 1),
                lag(row.lagMillis()));
    }

    /** Width of the first column. */
    static int symbolWidth(List<String> symbols) {
        return Math.max(6, symbols.stream().mapToInt(String::length).max().orElse(6));
    }

    private static String age(Duration age) {
        long millis = age.toMillis();
        if (Math.abs(millis) < 10_000) {
            return fixed(millis / 1000.0, 1) + " s";
        }
        long seconds = age.toSeconds();
        if (Math.abs(seconds) < 600) {
            return seconds + " s";
        }
        if (Math.abs(seconds) < 48 * 3600) {
            return seconds / 60 + " min";
        }
        return age.toDays() + " d";
    }

    /** Lag of recorded data is days: not worth a number. */
    private static String lag(double millis) {
        if (Double.isNaN(millis)) {
            return UNDEFINED;
        }
        return Math.abs(millis) < 100_000 ? fixed(millis, 0) + " ms" : UNDEFINED;
    }

    private static String fixed(double value, int decimals) {
        return Double.isNaN(value)
                ? UNDEFINED
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** That many significant digits; small values with an exponent. */
    private static String number(double value, int digits) {
        if (Double.isNaN(value)) {
            return UNDEFINED;
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < 1e-3) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        int before = (int) Math.floor(Math.log10(size)) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, digits - before) + "f", value);
    }
}
