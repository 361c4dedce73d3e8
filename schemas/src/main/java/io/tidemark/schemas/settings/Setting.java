package io.tidemark.schemas.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One setting somebody may give.
 *
 * @param key flat, dotted, kebab-case, subject first: {@code serving-store.url}
 * @param defaultText the default as it would be written; {@link #REQUIRED} or {@link #NONE}
 * @param meaning one line for the reference table
 * @param secret whether its value must never be shown
 * @param environmentNames where it may come from in the environment, the {@code TIDEMARK_} name
 *     first
 */
public record Setting(
        String key,
        String defaultText,
        String meaning,
        boolean secret,
        List<String> environmentNames) {
    /** Stands for the default of a setting that must be given. */
    public static final String REQUIRED = "(required)";

    /** Stands for the default of a setting that may stay away. */
    public static final String NONE = "(none)";

    /** What every variable of ours begins with. */
    public static final String ENVIRONMENT_PREFIX = "TIDEMARK_";

    private static final Pattern KEY =
            Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(\\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+");

    /** Throws IllegalArgumentException when the key is not dotted kebab-case with a subject. */
    public Setting {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a setting's key is dotted kebab-case, subject first, got '" + key + "'");
        }
        environmentNames = List.copyOf(environmentNames);
    }

    /** {@code serving-store.url} is {@code TIDEMARK_SERVING_STORE_URL}. */
    static String environmentName(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
