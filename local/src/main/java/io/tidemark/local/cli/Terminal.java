package io.tidemark.local.cli;

/** Whether somebody looks at standard output. */
final class Terminal {
    private Terminal() {}

    /** What {@code bin/tidemark} found out: Java 17 cannot ask for standard output alone. */
    static boolean isOutput() {
        return Boolean.getBoolean("tidemark.terminal");
    }
}
