package io.tidemark.server;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/** A broker in this JVM that can be stopped and started again on the same port. */
final class TestBroker implements AutoCloseable {
    private final Path work;
    private final int port = TestDatabase.freePort();
    private @Nullable SystemLauncher launcher;

    /** Not started yet. */
    TestBroker(Path work) {
        this.work = work;
    }

    void start() throws Exception {
        SystemLauncher started = new SystemLauncher();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(SystemConfig.TYPE, "Memory");
        attributes.put(
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                Objects.requireNonNull(TestBroker.class.getResource("/test-broker.json"))
                        .toExternalForm());
        attributes.put(SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false);
        attributes.put(
                SystemConfig.CONTEXT,
                Map.of(
                        "test.amqp.port", Integer.toString(port),
                        "qpid.work_dir", work.toString()));
        started.startup(attributes);
        launcher = started;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        stop();
    }

    void stop() {
        if (launcher != null) {
            launcher.shutdown();
            launcher = null;
        }
    }
}
