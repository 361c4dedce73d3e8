package io.tidemark.server;

import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.server.access.AccessSettings;
import io.tidemark.server.models.ModelSettings;
import io.tidemark.server.readiness.ReadinessSettings;
import io.tidemark.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything the model server can be told.
 *
 * @param port 0 is any free one; {@link ModelServer#port} says which
 * @param threads the most requests worked on at once
 * @param connections kept at once; the others wait in the system's queue, or are cut off
 * @param headTimeout from a request's first byte to the end of its head
 * @param idleTimeout after which a silent connection is closed, half a request included
 * @param stopTimeout how long requests under way may take when the server stops
 * @param drain how long the server says "not ready" before it stops listening
 * @param tls plain HTTP without
 * @param registryPath a registry besides the built-in ones
 * @param trustLiveRows how long a row of features.live is answered from; zero: never
 * @param datasets the folder that has one of each dataset
 */
public record ServerSettings(
        String host,
        int port,
        int threads,
        int connections,
        Duration headTimeout,
        Duration idleTimeout,
        Duration stopTimeout,
        Duration drain,
        AccessSettings access,
        Optional<TlsSettings> tls,
        Optional<Path> registryPath,
        Path datasets,
        StoreSettings store,
        ReadinessSettings readiness,
        ModelSettings models,
        Duration trustLiveRows) {

    /** Reads every key; call {@link SettingsReader#throwIfInvalid} before using the result. */
    public static ServerSettings read(SettingsReader reader) {
        return new ServerSettings(
                reader.text("server.host", "127.0.0.1", "address to listen on"),
                reader.port("server.port", 8080, "port to listen on; 0 is any free one"),
                reader.integer(
                        "server.threads", 64, 8, 1_000, "requests worked on at once, at most"),
                reader.integer(
                        "server.connections",
                        1_000,
                        8,
                        100_000,
                        "connections kept at once, at most; further ones wait, or are cut off, until some go"),
                reader.duration(
                        "server.head-timeout",
                        Duration.ofSeconds(10),
                        "a connection is closed when the head of a request takes longer"),
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
                AccessSettings.read(reader),
                TlsSettings.read(reader),
                reader.optionalPath(
                        "registry.path",
                        "feature registry (YAML) that POST /feature-registry/reload takes up",
                        "FEATURE_REGISTRY_CONFIG_PATH"),
                datasets(reader),
                StoreSettings.read(reader),
                ReadinessSettings.read(reader),
                ModelSettings.read(reader),
                reader.durationOrZero(
                        "predictions.trust-live-rows",
                        Duration.ofSeconds(3),
                        "how long a row told by features.live is answered from before the store is asked; 0s asks always"));
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
