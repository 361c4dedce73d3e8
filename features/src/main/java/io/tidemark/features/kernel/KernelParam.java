package io.tidemark.features.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter a kernel takes.
 *
 * @param defaultText what holds when the registry says nothing; null when it must say something
 * @param choices the texts allowed; empty for a whole number of min to max
 */
public record KernelParam(
        String name, @Nullable String defaultText, List<String> choices, int min, int max) {

    static KernelParam integer(String name, int min, int max) {
        return new KernelParam(name, null, List.of(), min, max);
    }

    static KernelParam choice(String name, String defaultText, String... choices) {
        return new KernelParam(name, defaultText, List.of(choices), 0, 0);
    }

    /** Whether the text is a value of this parameter. */
    public boolean accepts(String text) {
        if (!choices.isEmpty()) {
            return choices.contains(text);
        }
        return text.matches("\\d{1,9}")
                && Integer.parseInt(text) >= min
                && Integer.parseInt(text) <= max;
    }

    /** What is wanted, for a message. */
    public String wanted() {
        return choices.isEmpty() ? "a whole number of " + min + " to " + max : "one of " + choices;
    }
}
