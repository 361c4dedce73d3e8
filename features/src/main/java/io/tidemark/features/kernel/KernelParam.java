package io.tidemark.features.kernel;

import io.tidemark.schemas.registry.RegistryDuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter a kernel takes.
 *
 * @param defaultText what holds when the registry says nothing; null when it must say something
 * @param duration whether it is a duration above 0, as a registry writes it
 * @param choices the texts allowed; empty for a whole number of min to max
 */
public record KernelParam(
        String name,
        @Nullable String defaultText,
        boolean duration,
        List<String> choices,
        int min,
        int max) {

    static KernelParam integer(String name, int min, int max) {
        return new KernelParam(name, null, false, List.of(), min, max);
    }

    static KernelParam integer(String name, int defaultValue, int min, int max) {
        return new KernelParam(name, Integer.toString(defaultValue), false, List.of(), min, max);
    }

    static KernelParam duration(String name, String defaultText) {
        return new KernelParam(name, defaultText, true, List.of(), 0, 0);
    }

    static KernelParam choice(String name, String defaultText, String... choices) {
        return new KernelParam(name, defaultText, false, List.of(choices), 0, 0);
    }

    /** Whether the text is a value of this parameter. */
    public boolean accepts(String text) {
        if (duration) {
            return RegistryDuration.micros(text).orElse(0) > 0;
        }
        if (!choices.isEmpty()) {
            return choices.contains(text);
        }
        return text.matches("\\d{1,9}")
                && Integer.parseInt(text) >= min
                && Integer.parseInt(text) <= max;
    }

    /** What is wanted, for a message. */
    public String wanted() {
        if (duration) {
            return "a duration above 0, as 1m";
        }
        return choices.isEmpty() ? "a whole number of " + min + " to " + max : "one of " + choices;
    }
}
