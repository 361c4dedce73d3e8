package io.tidemark.bench.platform;

import io.tidemark.server.ServerMain;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The model server in a JVM of its own, as {@code bin/tidemark} starts it. Its log is {@code
 * server.log} in the run's directory.
 */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final URI uri;
    private final Path log;

    private ServerProcess(Process process, URI uri, Path log) {
        this.process = process;
        this.uri = uri;
        this.log = log;
    }

    /**
     * Starts it on a free port; returns before it answers, see {@link #await}.
     *
     * @param flags of the JVM
     * @param settings {@code --key=value}
     */
    public static ServerProcess start(
            Path directory, Services services, List<String> flags, List<String> settings)
            throws IOException {
        int port = freePort();
        Path log = directory.resolve("server.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(ServerMain.class.getName());
        command.add("--server.port=" + port);
        command.addAll(settings);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(JobProcess.BROKER_VARIABLE, services.amqpUri());
        return new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log);
    }

    /** Waits until a path answers 200. */
    public void await(String path, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!answers(path)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                        "%s must answer within %s and does not; the log is %s"
                                .formatted(path, limit, log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean answers(String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) uri.resolve(path).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** What it logs. */
    public Path log() {
        return log;
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Memory of the process that is in the machine's, bytes; the largest there was, or now. */
    public long residentBytes(boolean largest) throws IOException {
        String name = largest ? "VmHWM:" : "VmRSS:";
        for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith(name)) {
                return 1_024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("/proc does not say " + name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Ends the JVM at once: the run's data is thrown away. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
