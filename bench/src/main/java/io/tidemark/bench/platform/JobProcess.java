package io.tidemark.bench.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The job in a JVM of its own, so that its pauses are its own and the harness sees them from
 * outside. Says its counters ten times a second on standard output; its log is {@code job.log} in
 * the run's directory.
 */
public final class JobProcess implements AutoCloseable {
    private static final List<String> JVM_FLAGS =
            List.of(
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "-Xms1g",
                    "-Xmx1g",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Duser.timezone=UTC",
                    "-Dlog4j2.configurationFile=classpath:log4j2-bench-job.properties");

    /** Carries the broker's address, which holds a password, past the command line. */
    static final String BROKER_VARIABLE = "TIDEMARK_BROKER_URI";

    private final Process process;
    private final Path log;
    private final Map<String, Long> counters = new ConcurrentHashMap<>();
    private final CountDownLatch running = new CountDownLatch(1);

    private JobProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it; returns before the job runs, see {@link #awaitRunning}. */
    public static JobProcess start(JobOptions options, Services services) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(BenchJob.class.getName());
        command.addAll(options.toArguments());
        Path log = options.directory().resolve("job.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put(BROKER_VARIABLE, services.amqpUri());
        JobProcess job = new JobProcess(builder.start(), log);
        Thread reader = new Thread(job::readCounters, "job-counters");
        reader.setDaemon(true);
        reader.start();
        return job;
    }

    /** The JVM flags, for the report. */
    public static List<String> jvmFlags() {
        return JVM_FLAGS;
    }

    /** Waits until every task has reported. */
    public void awaitRunning(Duration limit) throws IOException, InterruptedException {
        boolean up = running.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!up || counter(JobCounters.TASKS_RUNNING) == 0) {
            throw new IOException(
                    "the job must run within %s and does not; its log is %s".formatted(limit, log));
        }
    }

    /** Whether the JVM is there. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** The newest value of a counter; 0 before the first. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** The newest values of all counters whose name begins so, summed. */
    public long counterSum(String prefix) {
        long sum = 0;
        for (Map.Entry<String, Long> counter : counters.entrySet()) {
            sum += counter.getKey().startsWith(prefix) ? counter.getValue() : 0;
        }
        return sum;
    }

    /** Stops the JVM where it is, as a stalled machine would; see {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
        if (exit != 0) {
            throw new IOException("kill -%s %d answered %d".formatted(signal, pid(), exit));
        }
    }

    private void readCounters() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                int space = line.indexOf(' ');
                if (space < 0) {
                    continue;
                }
                String name = line.substring(0, space);
                long value = Long.parseLong(line.substring(space + 1));
                counters.put(name, value);
                if (name.equals(JobCounters.TASKS_RUNNING) && value > 0) {
                    running.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the job's counters", e);
        } finally {
            running.countDown();
        }
    }

    /** Ends the JVM at once: the run's data is thrown away. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
