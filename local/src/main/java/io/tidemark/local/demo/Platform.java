package io.tidemark.local.demo;

import io.tidemark.job.features.FeatureJob;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.serving.ServingStoreSchema;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.local.flink.EmbeddedFlink;
import io.tidemark.local.flink.FlinkSettings;
import io.tidemark.server.ModelServer;
import io.tidemark.server.ServerSettings;
import java.io.IOException;
import java.util.Optional;

/** The feature job and the model server in this JVM, wherever broker and database are. */
public final class Platform implements AutoCloseable {
    private final EmbeddedFlink flink;
    private final ModelServer server;

    private Platform(EmbeddedFlink flink, ModelServer server) {
        this.flink = flink;
        this.server = server;
    }

    /**
     * Starts both; what is started is stopped again when the second does not start.
     *
     * @throws IOException when the database cannot be migrated, or Flink or the server does not
     *     start
     */
    public static Platform start(
            FlinkSettings flinkSettings, FeatureJobSettings job, ServerSettings server)
            throws IOException {
        ServingStoreSettings store = job.store();
        try {
            ServingStoreSchema.migrate(store.jdbcUrl(), store.user(), store.password());
        } catch (RuntimeException e) {
            throw new IOException(
                    "the database at %s cannot be used: %s"
                            .formatted(store.jdbcUrl(), e.getMessage()),
                    e);
        }
        EmbeddedFlink flink =
                EmbeddedFlink.start(
                        flinkSettings,
                        FeatureJob.NAME,
                        environment -> FeatureJob.define(environment, job));
        try {
            return new Platform(flink, ModelServer.start(server));
        } catch (RuntimeException e) {
            flink.close();
            throw new StartException(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The job's cluster. */
    public EmbeddedFlink flink() {
        return flink;
    }

    /** The server. */
    public ModelServer server() {
        return server;
    }

    /** Stops the job with a savepoint; where it is, when there is one. */
    public Optional<String> stopJob() {
        return flink.stopWithSavepoint();
    }

    @Override
    public void close() throws IOException {
        server.close();
        flink.close();
    }
}
