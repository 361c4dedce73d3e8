package io.tidemark.job.features;

import io.tidemark.job.drift.DriftSettings;
import io.tidemark.job.outcome.OutcomeSettings;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.job.source.BrokerConnection;
import io.tidemark.job.source.SourceSettings;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.settings.DurationText;
import io.tidemark.schemas.settings.NamedFile;
import io.tidemark.schemas.settings.Secret;
import io.tidemark.schemas.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The feature job's business settings. What concerns the cluster (parallelism, checkpoints, memory)
 * is Flink's own configuration, see {@code flink-conf/}.
 *
 * @param publishInFlight messages sent and not yet confirmed by the broker, at most, per publisher
 */
public record FeatureJobSettings(
        BrokerConnection broker,
        SourceSettings source,
        Registry registry,
        Duration identityHorizon,
        HeapBounds heap,
        String archiveRoot,
        ServingStoreSettings store,
        int publishInFlight,
        DriftSettings drift,
        OutcomeSettings outcomes) {

    /** Leaves alone what only the model server and the other commands read from the same file. */
    public static void leaveServer(SettingsReader reader) {
        reader.leaveToOthers(
                "server",
                "cors",
                "read",
                "admin",
                "ready",
                "models",
                "drift.threshold",
                "predictions",
                "demo",
                "replay",
                "dataset",
                "upkeep",
                "serving-store.user",
                "serving-store.password",
                "serving-store.owner-user",
                "serving-store.owner-password",
                "serving-store.pool-size",
                "serving-store.connect-timeout",
                "serving-store.statement-timeout",
                "serving-store.migrate",
                "serving-store.keep",
                "serving-store.keep-ledger",
                "serving-store.keep-predictions",
                "serving-store.keep-drift",
                "serving-store.keep-outcomes",
                "serving-store.prune-every");
    }

    /**
     * Reads the settings; the caller asks the reader for problems when all its readers have read.
     */
    public static FeatureJobSettings from(SettingsReader reader) {
        Secret broker =
                reader.requiredSecret(
                        "broker.uri", "amqp://user:password@host:port/vhost of the broker");
        SourceSettings source = SourceSettings.from(reader);
        Registry registry = registryFrom(reader);
        Duration horizon =
                reader.duration(
                        "gate.identity-horizon",
                        Duration.ofHours(1),
                        "event time for which identities are remembered after their step closed");
        String archive =
                reader.text(
                        "archive.root", "data/archive", "directory or URI of the Parquet archive");
        ServingStoreSettings store = storeFrom(reader);
        int inFlight =
                reader.integer(
                        "publish.in-flight",
                        1_000,
                        1,
                        100_000,
                        "messages sent and not yet confirmed, per publisher");
        return new FeatureJobSettings(
                connection(broker, reader),
                source,
                registry,
                horizon,
                heapFrom(reader),
                archive,
                store,
                inFlight,
                DriftSettings.from(reader),
                OutcomeSettings.from(reader, cadenceMicros(registry)));
    }

    /** Of its rows; a registry that does not compile is told of when it is compiled. */
    private static long cadenceMicros(Registry registry) {
        try {
            return registry.compile().cadenceMicros();
        } catch (IllegalArgumentException e) {
            return 1;
        }
    }

    private static HeapBounds heapFrom(SettingsReader reader) {
        return new HeapBounds(
                reader.integer(
                        "heap.engines",
                        1_000,
                        0,
                        1_000_000,
                        "symbols per task whose engines stay on the heap between steps"),
                reader.integer(
                        "heap.event-bytes",
                        64 << 20,
                        0,
                        1 << 30,
                        "events on the heap per task, about, before they are written to state"));
    }

    private static BrokerConnection connection(Secret uri, SettingsReader reader) {
        BrokerConnection broker = new BrokerConnection(uri.reveal());
        if (!uri.reveal().isEmpty()) {
            try {
                broker.factory();
            } catch (IllegalArgumentException e) {
                reader.refuse(
                        "broker.uri",
                        "is not a URI of the form amqp://user:password@host:port/vhost");
            }
        }
        return broker;
    }

    private static ServingStoreSettings storeFrom(SettingsReader reader) {
        URI url =
                reader.uri(
                        "serving-store.url",
                        "jdbc:postgresql://127.0.0.1:5432/tidemark",
                        Set.of("jdbc"),
                        "JDBC address of the serving store");
        String user = reader.text("serving-store.writer", "tidemark", "role that writes rows");
        Optional<Secret> password =
                reader.secret("serving-store.writer-password", "password of that role");
        int batch =
                reader.integer(
                        "serving-store.batch-rows",
                        500,
                        1,
                        5_000,
                        "rows upserted together, at most");
        try {
            return ServingStoreSettings.of(
                            url.toString(), user, password.map(Secret::reveal).orElse(""))
                    .withBatchRows(batch);
        } catch (IllegalArgumentException e) {
            reader.refuse("serving-store.url", "is not usable: " + e.getMessage());
            return ServingStoreSettings.of("jdbc:postgresql:", user, "");
        }
    }

    /** Reads which registry, as every job of this program names it. */
    public static Registry registryFrom(SettingsReader reader) {
        Optional<Path> path =
                reader.optionalPath(
                        "registry.path",
                        "feature registry (YAML); default: the built-in one",
                        "FEATURE_REGISTRY_CONFIG_PATH");
        String version =
                reader.text(
                        "registry.version",
                        "1.0.0",
                        "built-in registry to use when no path is given");
        Optional<Duration> cadence =
                reader.optional(
                                "registry.cadence",
                                "time between rows instead of the registry's own, 100ms to 1h")
                        .flatMap(text -> cadence(text, reader));
        try {
            String yaml =
                    path.isPresent()
                            ? NamedFile.text(path.get(), RegistryDocument.MAX_BYTES)
                            : BuiltInRegistries.yaml(version);
            Registry registry = Registry.of(yaml, cadence);
            registry.compile();
            return registry;
        } catch (IOException e) {
            reader.refuse("registry.path", "cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            reader.refuse(
                    path.isPresent() ? "registry.path" : "registry.version",
                    "is not usable: " + e.getMessage());
        }
        return Registry.of(BuiltInRegistries.yaml("1.0.0"), Optional.empty());
    }

    private static Optional<Duration> cadence(String text, SettingsReader reader) {
        try {
            Duration cadence = DurationText.parse(text);
            if (cadence.toMillis() >= 100 && cadence.compareTo(Duration.ofHours(1)) <= 0) {
                return Optional.of(cadence);
            }
        } catch (IllegalArgumentException notADuration) {
            // Said below, like a duration out of range.
        }
        reader.refuse("registry.cadence", "must be 100ms to 1h, got " + text);
        return Optional.empty();
    }
}
