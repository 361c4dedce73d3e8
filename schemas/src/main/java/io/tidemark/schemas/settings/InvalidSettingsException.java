package io.tidemark.schemas.settings;

import java.util.List;

/** Settings that cannot be used. The message lists every problem; no secret is in it. */
public final class InvalidSettingsException extends RuntimeException {
    /** What a process that cannot use its configuration exits with (sysexits' EX_CONFIG). */
    public static final int EXIT_CODE = 78;

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super("Invalid settings:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line per problem, in the order the settings were read; unknown keys last. */
    public List<String> problems() {
        return problems;
    }
}
