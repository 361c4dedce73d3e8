package io.tidemark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one cluster on this machine is like.
 *
 * @param home the parts it is made of
 * @param directory its configuration, logs, checkpoints and working files; it is made when absent
 * @param overrides Flink's options, beyond and instead of the home's {@code config.yaml}
 * @param environment added to this process's for the JobManager, where {@code main} runs when a job
 *     comes by REST
 */
public record ClusterSettings(
        FlinkHome home,
        Path directory,
        Map<String, String> overrides,
        Map<String, String> environment) {

    public ClusterSettings {
        overrides = Map.copyOf(overrides);
        environment = Map.copyOf(environment);
    }

    /** Everything on loopback, ports that were free a moment ago. */
    public static ClusterSettings of(FlinkHome home, Path directory) {
        Path own = directory.toAbsolutePath();
        Map<String, String> options = new LinkedHashMap<>();
        for (String address :
                new String[] {
                    "jobmanager.rpc.address",
                    "jobmanager.bind-host",
                    "taskmanager.host",
                    "taskmanager.bind-host",
                    "rest.address",
                    "rest.bind-address"
                }) {
            options.put(address, "127.0.0.1");
        }
        options.put("jobmanager.rpc.port", Integer.toString(freePort()));
        options.put("rest.port", Integer.toString(freePort()));
        options.put("execution.checkpointing.dir", own.resolve("checkpoints").toUri().toString());
        options.put(
                "execution.checkpointing.savepoint-dir",
                own.resolve("savepoints").toUri().toString());
        options.put("io.tmp.dirs", own.resolve("tmp").toString());
        options.put("web.upload.dir", own.resolve("jars").toString());
        return new ClusterSettings(home, own, options, Map.of());
    }

    /** With these options of Flink besides; the new one wins. */
    public ClusterSettings with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.putAll(more);
        return new ClusterSettings(home, directory, all, environment);
    }

    /** With these variables for the JobManager. */
    public ClusterSettings withEnvironment(Map<String, String> variables) {
        return new ClusterSettings(home, directory, overrides, variables);
    }

    /**
     * Flags of its JVMs beyond those that Flink makes of the memory settings: its option {@code
     * env.java.opts.all}, which Flink's scripts read, not its processes.
     */
    List<String> jvmFlags() {
        String flags = overrides.getOrDefault("env.java.opts.all", "").strip();
        return flags.isEmpty() ? List.of() : List.of(flags.split(" +"));
    }

    /** The port of the web UI and the REST interface, on 127.0.0.1. */
    public int restPort() {
        return Integer.parseInt(overrides.getOrDefault("rest.port", "8081"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
