package io.tidemark.server;

import io.tidemark.schemas.settings.Secret;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.server.models.ModelSettings;
import io.tidemark.server.readiness.ReadinessSettings;
import io.tidemark.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the model server can be told.
 *
 * @param port 0 is any free one; {@link ModelServer#port} says which
 * @param threads the most requests worked on at once
 * @param idleTimeout after which a silent connection is closed, half a request included
 * @param stopTimeout how long requests under way may take when the server stops
 * @param drain how long the server says "not ready" before it stops listening
 * @param readKey reads are open while there is none
 * @param corsAllowOrigins exact origins; none by default
 * @param registryPath a registry besides the built-in ones
 * @param datasets the folder that has one of each dataset
 */
public record ServerSettings(
        String host,
        int port,
        int threads,
        Duration idleTimeout,
        Duration stopTimeout,
        Duration drain,
        Optional<Secret> readKey,
        Optional<Secret> adminKey,
        List<String> corsAllowOrigins,
        Optional<Path> registryPath,
        Path datasets,
        StoreSettings store,
        ReadinessSettings readiness,
        ModelSettings models) {

    /** Reads every key; call {@link SettingsReader#throwIfInvalid} before using the result. */
    public static ServerSettings read(SettingsReader reader) {
        List<String> origins =
                reader.list(
                        "cors.allow-origins",
                        List.of(),
                        "origins whose pages may read answers, exactly as browsers send them",
                        "CORS_ALLOW_ORIGINS");
        origins.stream()
                .filter(origin -> !origin.matches("https?://[A-Za-z0-9.:-]+"))
                .forEach(
                        origin ->
                                reader.refuse(
                                        "cors.allow-origins",
                                        "must list origins such as https://app.example, no wildcard"));
        return new ServerSettings(
                reader.text("server.host", "127.0.0.1", "address to listen on"),
                reader.port("server.port", 8080, "port to listen on; 0 is any free one"),
                reader.integer(
                        "server.threads", 64, 8, 1_000, "requests worked on at once, at most"),
                reader.duration(
                        "server.idle-timeout",
                        Duration.ofSeconds(30),
                        "a connection silent for so long is closed"),
                reader.duration(
                        "server.stop-timeout",
                        Duration.ofSeconds(10),
                        "how long requests under way may take at stop"),
                reader.durationOrZero(
                        "server.drain",
                        Duration.ZERO,
                        "how long to say not ready before stopping; two probe periods behind a balancer"),
                reader.secret("read.api-key", "key for reads; reads are open while there is none"),
                reader.secret(
                        "admin.api-key", "key for admin calls; it reads too", "ADMIN_API_KEY"),
                origins,
                reader.optionalPath(
                        "registry.path",
                        "feature registry (YAML) that POST /feature-registry/reload takes up",
                        "FEATURE_REGISTRY_CONFIG_PATH"),
                datasets(reader),
                StoreSettings.read(reader),
                ReadinessSettings.read(reader),
                ModelSettings.read(reader));
    }

    /** The folder of datasets, in the archive; an archive in an object store has none here. */
    private static Path datasets(SettingsReader reader) {
        String archive =
                reader.text(
                        "archive.root",
                        "data/archive",
                        "directory of the Parquet archive; datasets are read and trained on from it");
        return Path.of(archive.contains("://") ? "." : archive, "datasets");
    }
}
