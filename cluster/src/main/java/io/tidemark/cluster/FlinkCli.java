package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink's command line ({@code flink run}, {@code flink stop}), as a process of its own. */
public final class FlinkCli {
    private static final Pattern JOB_ID = Pattern.compile("JobID:? ([0-9a-f]{32})");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final JavaCommand java;
    private final Path jobJar;

    FlinkCli(JavaCommand java, Path jobJar) {
        this.java = java;
        this.jobJar = jobJar;
    }

    /**
     * {@code flink run -d OPTIONS -c MAIN jar ARGUMENTS}.
     *
     * @param options such as {@code -p 2 -s savepoint}
     * @return the job's id
     * @throws IOException when it is refused; the message has what the command printed
     */
    public String run(String mainClass, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run", "-d"));
        words.addAll(options);
        words.addAll(List.of("-c", mainClass, jobJar.toString()));
        words.addAll(arguments);
        String output = execute(words);
        Matcher id = JOB_ID.matcher(output);
        if (!id.find()) {
            throw new IOException("flink run named no job:\n" + output);
        }
        return id.group(1);
    }

    /** Any command, to its end: what it printed. */
    public String execute(List<String> words) throws IOException, InterruptedException {
        return java.run("cli.log", "org.apache.flink.client.cli.CliFrontend", words, LIMIT);
    }
}
