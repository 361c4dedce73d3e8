package io.tidemark.schemas.registry;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a registry writes them: a whole number and one of ms, s, m, h, d. */
public final class RegistryDuration {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private RegistryDuration() {}

    /** Microseconds, 0 or more; empty when the text is not such a duration or too long to count. */
    public static OptionalLong micros(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    Math.multiplyExact(
                            Long.parseLong(matcher.group(1)), unitMicros(matcher.group(2))));
        } catch (ArithmeticException tooLong) {
            return OptionalLong.empty();
        }
    }

    /** The shortest such text of a duration in microseconds; a fraction of a ms is said in us. */
    public static String text(long micros) {
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            if (micros != 0 && micros % unitMicros(unit) == 0) {
                return micros / unitMicros(unit) + unit;
            }
        }
        return micros == 0 ? "0s" : micros + "us";
    }

    private static long unitMicros(String unit) {
        return switch (unit) {
            case "ms" -> 1_000L;
            case "s" -> 1_000_000L;
            case "m" -> 60_000_000L;
            case "h" -> 3_600_000_000L;
            case "d" -> 86_400_000_000L;
            default -> throw new IllegalArgumentException("no such unit: " + unit);
        };
    }
}
