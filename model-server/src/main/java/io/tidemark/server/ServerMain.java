package io.tidemark.server;

import io.tidemark.schemas.settings.InvalidSettingsException;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;

/** Runs the model server until it is told to stop (SIGTERM). */
public final class ServerMain {
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    private ServerMain() {}

    /** Exit codes: 78 for settings that cannot be used, 1 when it cannot start. */
    public static void main(String[] args) {
        if (System.getProperty(LOG_CONFIGURATION) == null
                && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(LOG_CONFIGURATION, "classpath:log4j2-tidemark-server.xml");
        }
        try {
            ModelServer server = ModelServer.start(settings(List.of(args), System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            System.exit(InvalidSettingsException.EXIT_CODE);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * What the server reads from a command line. One file may serve the feature job too: what only
     * that reads is left alone, anything else nobody knows is refused.
     */
    public static ServerSettings settings(List<String> args, Map<String, String> environment) {
        SettingsReader reader =
                new SettingsReader(SettingsSource.fromCommandLine(args, environment));
        ServerSettings settings = ServerSettings.read(reader);
        reader.leaveToOthers(
                "source",
                "registry.version",
                "registry.cadence",
                "gate",
                "heap",
                "publish",
                "drift.enabled",
                "drift.poll-every",
                "drift.alpha",
                "drift.least-psi",
                "drift.alarms-per-day",
                "outcomes",
                "demo",
                "replay",
                "dataset",
                "upkeep",
                "serving-store.writer",
                "serving-store.writer-password",
                "serving-store.batch-rows");
        reader.throwIfInvalid();
        return settings;
    }

    private static void stop(ModelServer server) {
        server.close();
        LogManager.shutdown();
    }
}
