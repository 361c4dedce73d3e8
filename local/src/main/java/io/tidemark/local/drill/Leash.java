package io.tidemark.local.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Something done to this machine that is undone when this is closed, or when the JVM is gone,
 * however it ended: a shell does both, and holds the other end of a pipe.
 */
final class Leash implements Teardown.Part {
    private static final String HELD = "held";

    private final Process shell;

    private Leash(Process shell) {
        this.shell = shell;
    }

    /**
     * Does it.
     *
     * @param doing shell commands; they see the arguments as {@code $1}, {@code $2}, ...
     * @param undoing the same
     * @throws IOException when what is to be done fails, nothing is undone then; the message has
     *     what it printed
     */
    static Leash hold(String doing, String undoing, String... arguments) throws IOException {
        // Ctrl-C reaches a terminal's whole group of processes: the shell must outlive ours.
        String script =
                "trap '' HUP INT TERM; { %s; } 2>&1 && echo %s && { read -r end; %s; }"
                        .formatted(doing, HELD, undoing);
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "leash"));
        command.addAll(List.of(arguments));
        Process shell =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader answer = shell.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = answer.readLine(); !HELD.equals(line); line = answer.readLine()) {
            if (line == null) {
                throw new IOException("%s: %s".formatted(doing, said));
            }
            said.append(line).append('\n');
        }
        return new Leash(shell);
    }

    /** Undoes it. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        int exit = shell.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException(
                    "what was done to this machine could not be undone: exit " + exit);
        }
    }
}
