package io.tidemark.features.label;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A definition as one line of text, {@code classification:60s:threshold=0.001}: type, horizon, and
 * what else matters to that type. One definition has one text, so texts are compared and stored.
 */
public final class LabelText {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,12})(us|ms|s|m|h|d)");
    private static final String THRESHOLD = "threshold";
    private static final String VOLATILITY = "volatility";
    private static final String COSTS = "costs";

    private LabelText() {}

    /** The text. What the type has no use for is left out. */
    public static String of(LabelDefinition label) {
        StringBuilder text =
                new StringBuilder(label.type().wireName())
                        .append(':')
                        .append(time(label.horizonMicros()));
        if (hasThreshold(label.type())) {
            text.append(':').append(THRESHOLD).append('=').append(label.threshold());
        }
        if (hasVolatility(label)) {
            text.append(':').append(VOLATILITY).append('=').append(time(label.volatilityMicros()));
        }
        if (label.costs() > 0) {
            text.append(':').append(COSTS).append('=').append(label.costs());
        }
        return text.toString();
    }

    /**
     * The definition. A threshold that is not given is the usual one, costs are 0; units are us,
     * ms, s, m, h and d.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static LabelDefinition parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException(
                    "wanted a label as returns:60s or classification:60s:threshold=0.001, got '%s'"
                            .formatted(text));
        }
        LabelType type = LabelType.of(parts[0].toLowerCase(Locale.ROOT));
        Map<String, String> more = new LinkedHashMap<>();
        for (int i = 2; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            boolean known =
                    pair[0].equals(COSTS)
                            || (pair[0].equals(THRESHOLD) && hasThreshold(type))
                            || (pair[0].equals(VOLATILITY) && mayHaveVolatility(type));
            if (pair.length < 2 || !known || more.put(pair[0], pair[1]) != null) {
                throw new IllegalArgumentException(
                        "'%s' is nothing that %s takes once".formatted(parts[i], parts[0]));
            }
        }
        double threshold =
                hasThreshold(type)
                        ? number(
                                more.getOrDefault(
                                        THRESHOLD, "" + LabelDefinition.DEFAULT_THRESHOLD))
                        : 0;
        return new LabelDefinition(
                type,
                micros(parts[1]),
                threshold,
                more.containsKey(VOLATILITY) ? micros(more.get(VOLATILITY)) : 0,
                number(more.getOrDefault(COSTS, "0")));
    }

    private static boolean hasThreshold(LabelType type) {
        return type == LabelType.CLASSIFICATION || type == LabelType.TRIPLE_BARRIER;
    }

    private static boolean mayHaveVolatility(LabelType type) {
        return type == LabelType.RISK_ADJUSTED || type == LabelType.TRIPLE_BARRIER;
    }

    private static boolean hasVolatility(LabelDefinition label) {
        return mayHaveVolatility(label.type()) && label.volatilityMicros() > 0;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is no number".formatted(text), e);
        }
    }

    private static String time(long micros) {
        if (micros % 1_000_000 == 0) {
            return micros / 1_000_000 + "s";
        }
        return micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
    }

    private static long micros(String text) {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "wanted a time as 60s, 5m or 250ms, got '%s'".formatted(text));
        }
        long unit =
                switch (form.group(2)) {
                    case "us" -> 1;
                    case "ms" -> 1_000;
                    case "s" -> 1_000_000;
                    case "m" -> 60_000_000L;
                    case "h" -> 3_600_000_000L;
                    default -> 86_400_000_000L;
                };
        return Math.multiplyExact(Long.parseLong(form.group(1)), unit);
    }
}
