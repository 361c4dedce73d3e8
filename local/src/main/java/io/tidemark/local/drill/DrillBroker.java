package io.tidemark.local.drill;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.local.demo.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A RabbitMQ of the drill's own, from the Debian package, on a port that was free. */
final class DrillBroker implements Teardown.Part {
    private static final Path BIN = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private DrillBroker(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.environment =
                Map.ofEntries(
                        Map.entry("RABBITMQ_NODENAME", "tidemark-drill-" + port + "@localhost"),
                        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
                        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(FreePort.find())),
                        Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString()),
                        Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
                        Map.entry("RABBITMQ_PID_FILE", directory.resolve("pid").toString()),
                        Map.entry(
                                "RABBITMQ_CONFIG_FILE",
                                directory.resolve("rabbitmq.conf").toString()),
                        Map.entry(
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                directory.resolve("enabled_plugins").toString()),
                        Map.entry(
                                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                                "-kernel inet_dist_use_interface {127,0,0,1}"),
                        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        Map.entry("HOME", directory.toString()));
        this.process = launch();
    }

    /** Whether the machine has one. */
    static boolean isInstalled() {
        return Files.isExecutable(BIN.resolve("rabbitmq-server"));
    }

    /**
     * Starts it; returns when it takes connections.
     *
     * @throws StartException when the package is absent
     */
    static DrillBroker start(Path directory) throws IOException, InterruptedException {
        if (!isInstalled()) {
            throw new StartException(
                    "the drill kills a RabbitMQ of its own, and there is no "
                            + BIN.resolve("rabbitmq-server")
                            + "; install Debian's package rabbitmq-server");
        }
        Files.createDirectories(directory.resolve("log"));
        Files.createDirectories(directory.resolve("mnesia"));
        int port = FreePort.find();
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                """
                listeners.tcp.1 = 127.0.0.1:%d
                vm_memory_high_watermark.absolute = 1GB
                disk_free_limit.absolute = 200MB
                heartbeat = 3
                """
                        .formatted(port));
        Files.writeString(directory.resolve("enabled_plugins"), "[].\n");
        DrillBroker broker = new DrillBroker(directory, port);
        try {
            broker.awaitUp();
            return broker;
        } catch (IOException | InterruptedException e) {
            broker.close();
            throw e;
        }
    }

    /**
     * Of one behind that port, with its user and password, which are RabbitMQ's own for loopback.
     */
    static String uri(int port) {
        return "amqp://guest:guest@127.0.0.1:" + port + "/%2f";
    }

    int port() {
        return port;
    }

    ConnectionFactory factory() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(2_000);
        return factory;
    }

    /** As {@code kill -9} does; returns when it is gone. */
    void kill() {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            var unused = one.onExit().join();
        }
        process.onExit().join();
    }

    /** On the same data and port; returns when it takes connections. */
    void startAgain() throws IOException, InterruptedException {
        process = launch();
        awaitUp();
    }

    /** Signals the broker itself, not what it was started by. */
    void signal(String signal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        process.descendants().map(one -> Long.toString(one.pid())).forEach(command::add);
        command.add(Long.toString(process.pid()));
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new IOException("the broker cannot be signalled: " + command);
        }
    }

    /** Everything it has logged. */
    String log() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(directory.resolve("log"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(log));
            }
        }
        return text.toString();
    }

    /** Messages of queues: waiting, and delivered but not acknowledged. */
    record Depth(long ready, long unacknowledged) {
        boolean isEmpty() {
            return ready + unacknowledged == 0;
        }
    }

    /** Of all queues whose names begin so. */
    Depth depth(String prefix) throws IOException, InterruptedException {
        long ready = 0;
        long unacknowledged = 0;
        for (String line :
                ask(
                                "-q",
                                "list_queues",
                                "--no-table-headers",
                                "name",
                                "messages_ready",
                                "messages_unacknowledged")
                        .lines()
                        .filter(one -> one.startsWith(prefix))
                        .toList()) {
            String[] columns = line.split("\\s+");
            ready += Long.parseLong(columns[1]);
            unacknowledged += Long.parseLong(columns[2]);
        }
        return new Depth(ready, unacknowledged);
    }

    /**
     * {@code rabbitmqctl}; returns when it is done.
     *
     * @throws IOException when it fails; the message has what it printed
     */
    void command(String... arguments) throws IOException, InterruptedException {
        String unused = ask(arguments);
    }

    /** The same: what it printed. */
    String ask(String... arguments) throws IOException, InterruptedException {
        Process control = builder("rabbitmqctl", arguments).start();
        control.getOutputStream().close();
        String answer = new String(control.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (control.waitFor() != 0) {
            throw new IOException(
                    "rabbitmqctl %s: %s".formatted(String.join(" ", arguments), answer));
        }
        return answer;
    }

    private Process launch() throws IOException {
        return builder("rabbitmq-server")
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve("out.log").toFile()))
                .start();
    }

    private ProcessBuilder builder(String program, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(BIN.resolve(program).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true);
    }

    private void awaitUp() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (Connection probe = factory().newConnection("tidemark-drill-probe")) {
                if (probe.isOpen()) {
                    return;
                }
            } catch (IOException | TimeoutException notYet) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IOException(
                            "RabbitMQ did not start; see " + directory.resolve("out.log"), notYet);
                }
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
