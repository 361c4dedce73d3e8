package io.tidemark.local.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of this machine, run to its end. */
final class Command {
    private Command() {}

    /**
     * Runs it.
     *
     * @return what it printed, both streams
     * @throws IOException when it fails; the message has what it printed
     */
    static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s: %s".formatted(String.join(" ", List.of(words)), output));
        }
        return output;
    }
}
