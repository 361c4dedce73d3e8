package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A JobManager or a TaskManager. It ends with the JVM that started it, however that ends. */
public final class FlinkProcess {
    private final String name;
    private final Path log;
    private final Process process;

    FlinkProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** {@code jobmanager}, {@code taskmanager-1}, ... */
    public String name() {
        return name;
    }

    /** Its log file. */
    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill} does: it may say goodbye; killed when it takes longer than that. */
    public void stop(Duration limit) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /** Stops it where it is, connections open, as a frozen machine would; see {@link #resume}. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
        if (exit != 0) {
            throw new IOException("kill -%s %d answered %d".formatted(signal, pid(), exit));
        }
    }
}
