package io.tidemark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How a JVM of Flink's is called on this machine. */
final class JavaCommand {
    private static final List<String> OPENS =
            List.of(
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED");

    private final ClusterSettings settings;
    private final ClusterFiles files;

    JavaCommand(ClusterSettings settings, ClusterFiles files) {
        this.settings = settings;
        this.files = files;
    }

    /** A builder of that process; its log goes to that file of the log directory. */
    ProcessBuilder of(String logFile, List<String> jvmFlags, String mainClass, List<String> args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENS);
        command.addAll(jvmFlags);
        command.add("-Duser.timezone=UTC");
        command.add("-Dlog.file=" + files.logs().resolve(logFile));
        command.add(
                "-Dlog4j.configurationFile=" + files.conf().resolve("log4j.properties").toUri());
        command.add("-cp");
        command.add(ownClasses() + ":" + settings.home().lib() + "/*");
        command.add(mainClass);
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.putAll(settings.environment());
        environment.put("FLINK_CONF_DIR", files.conf().toString());
        return builder;
    }

    /**
     * Runs it to its end.
     *
     * @return what it printed, both streams
     * @throws IOException when it fails or takes longer; the message has what it printed
     */
    String run(String logFile, String mainClass, List<String> args, Duration limit)
            throws IOException, InterruptedException {
        Process process =
                of(logFile, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), mainClass, args)
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        StringBuilder output = new StringBuilder();
        Thread reader = new Thread(() -> readInto(output, process), "output of " + mainClass);
        reader.setDaemon(true);
        reader.start();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        reader.join();
        if (!ended || process.exitValue() != 0) {
            throw new IOException(
                    "%s %s: %s\n%s"
                            .formatted(
                                    mainClass,
                                    args,
                                    ended ? "exit " + process.exitValue() : "longer than " + limit,
                                    output));
        }
        return output.toString();
    }

    private static void readInto(StringBuilder output, Process process) {
        process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> output.append(line).append('\n'));
    }

    private static Path ownClasses() {
        return Path.of(
                LeashedMain.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
