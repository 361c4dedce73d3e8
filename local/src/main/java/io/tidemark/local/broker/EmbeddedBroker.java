package io.tidemark.local.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.local.secret.KeptSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.util.urlstreamhandler.data.Handler;

/**
 * Apache Qpid Broker-J in this JVM: AMQP 0-9-1 on one port of the loopback interface, one user with
 * a generated password kept in the data directory, no management over HTTP.
 *
 * <p>Durable queues and persistent messages are in a store (Berkeley DB JE) in the data directory
 * and are there again after a {@code kill -9}: a confirm is sent after the store's commit. Meant
 * for demonstrations and small tests: it slows down with tens of thousands of unacknowledged
 * messages. RabbitMQ's {@code x-message-ttl}, {@code x-max-length} and {@code x-overflow} are
 * accepted and have no effect.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** The only user. */
    public static final String USER = "tidemark";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOST = "127.0.0.1";

    private final SystemLauncher launcher;
    private final String uri;

    private EmbeddedBroker(SystemLauncher launcher, String uri) {
        this.launcher = launcher;
        this.uri = uri;
    }

    /**
     * Starts the broker and returns when it accepts connections; a few seconds.
     *
     * @param dataDir where queues, messages and the password are kept; made when absent. Only one
     *     process at a time may use it
     * @param port TCP port on 127.0.0.1, free
     * @throws IOException when the directory is not usable or the broker does not start
     */
    public static EmbeddedBroker start(Path dataDir, int port) throws IOException {
        Path home = Files.createDirectories(dataDir.toAbsolutePath());
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        String password = KeptSecret.in(home.resolve("password"));
        Handler.register();
        StartFailure failure = new StartFailure();
        SystemLauncher launcher = new SystemLauncher(failure);
        try {
            launcher.startup(systemAttributes(home, port, password));
        } catch (Exception e) {
            launcher.shutdown();
            throw notStarted(home, port, e);
        }
        if (failure.cause() != null) {
            launcher.shutdown();
            throw notStarted(home, port, failure.cause());
        }
        return new EmbeddedBroker(launcher, uri(password, port));
    }

    /**
     * The URI a broker with that data directory and port has; the password is made when absent. Do
     * not log it.
     */
    public static String uri(Path dataDir, int port) throws IOException {
        Path home = Files.createDirectories(dataDir.toAbsolutePath());
        return uri(KeptSecret.in(home.resolve("password")), port);
    }

    private static String uri(String password, int port) {
        return "amqp://%s:%s@%s:%d".formatted(USER, password, HOST, port);
    }

    /** AMQP URI of the default virtual host, with the credentials: do not log it. */
    public String uri() {
        return uri;
    }

    /** Stops accepting, closes every connection and the store. */
    @Override
    public void close() {
        launcher.shutdown();
    }

    private static IOException notStarted(Path home, int port, Throwable cause) {
        return new IOException(
                "the embedded broker did not start on %s:%d with its data in %s"
                        .formatted(HOST, port, home),
                cause);
    }

    private static Map<String, Object> systemAttributes(Path home, int port, String password)
            throws IOException {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("type", "Memory");
        attributes.put(
                "initialConfigurationLocation", dataUrl(configuration(home, port, password)));
        attributes.put("startupLoggedToSystemOut", false);
        attributes.put(
                "context",
                Map.of(
                        "qpid.work_dir",
                        home.toString(),
                        "broker.failStartupWithErroredChild",
                        "true",
                        "queue.behaviourOnUnknownDeclareArgument",
                        "IGNORE"));
        return attributes;
    }

    private static Map<String, Object> configuration(Path home, int port, String password) {
        Map<String, Object> user = Map.of("name", USER, "type", "managed", "password", password);
        Map<String, Object> authentication =
                Map.of(
                        "name",
                        "password",
                        "type",
                        "Plain",
                        "secureOnlyMechanisms",
                        List.of(),
                        "users",
                        List.of(user));
        Map<String, Object> amqp =
                Map.of(
                        "name",
                        "amqp",
                        "type",
                        "AMQP",
                        "bindingAddress",
                        HOST,
                        "port",
                        port,
                        "protocols",
                        List.of("AMQP_0_9_1"),
                        "authenticationProvider",
                        "password",
                        "virtualhostaliases",
                        List.of(Map.of("name", "default", "type", "defaultAlias")));
        // The node keeps the queues' definitions and the host's messages in one store.
        Map<String, Object> node =
                Map.of(
                        "name", "default",
                        "type", "BDB",
                        "storePath", home.resolve("store").toString(),
                        "defaultVirtualHostNode", true,
                        "virtualHostInitialConfiguration", "{\"type\":\"ProvidedStore\"}");
        return Map.of(
                "name", "tidemark",
                "modelVersion", "9.0",
                "authenticationproviders", List.of(authentication),
                "ports", List.of(amqp),
                "virtualhostnodes", List.of(node));
    }

    private static String dataUrl(Map<String, Object> configuration) throws IOException {
        byte[] json = JSON.writeValueAsString(configuration).getBytes(StandardCharsets.UTF_8);
        return "data:application/json;base64," + Base64.getEncoder().encodeToString(json);
    }
}
