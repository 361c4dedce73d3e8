package io.tidemark.schemas.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Texts turned into values; IllegalArgumentException says what was wanted, the caller what came.
 */
final class SettingText {
    private SettingText() {}

    static int integer(String text, int min, int max) {
        String wanted = "must be a whole number from %d to %d".formatted(min, max);
        if (!text.matches("[+-]?[0-9]{1,10}")) {
            throw new IllegalArgumentException(wanted);
        }
        long number = Long.parseLong(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException(wanted);
        }
        return (int) number;
    }

    static double number(String text, double min, double max) {
        String wanted = "must be a number from %s to %s".formatted(min, max);
        if (!text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?")) {
            throw new IllegalArgumentException(wanted);
        }
        double number = Double.parseDouble(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException(wanted);
        }
        return number;
    }

    static URI uri(String text, Set<String> schemes) {
        String wanted = "must be a URI beginning with " + String.join(" or ", sorted(schemes));
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            if (scheme == null || !schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(wanted);
            }
            return uri;
        } catch (URISyntaxException e) {
            // The exception quotes the text, and the text may hold a password.
            throw new IllegalArgumentException(
                    "%s; %s at character %d"
                            .formatted(wanted, e.getReason(), Math.max(0, e.getIndex()) + 1),
                    null);
        }
    }

    static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    static List<String> list(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
    }

    static <E extends Enum<E>> E constant(String text, Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        return constants.stream()
                .filter(constant -> kebab(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("must be one of " + names(constants)));
    }

    /** {@code TIME_BASED} is {@code time-based}. */
    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> names(List<? extends Enum<?>> constants) {
        return constants.stream().map(SettingText::kebab).toList();
    }

    private static List<String> sorted(Set<String> schemes) {
        return schemes.stream().sorted().map(scheme -> scheme + ":").toList();
    }
}
