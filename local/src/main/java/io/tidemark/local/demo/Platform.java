package io.tidemark.local.demo;

import io.tidemark.job.features.FeatureJob;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.registry.ActiveRegistry;
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
        ActiveRegistry active;
        try {
            active = FeatureJob.prepareStore(job);
        } catch (RuntimeException e) {
            throw new IOException(
                    "the database at %s cannot be used: %s"
                            .formatted(job.store().jdbcUrl(), e.getMessage()),
                    e);
        }
        EmbeddedFlink flink =
                EmbeddedFlink.start(
                        flinkSettings,
                        FeatureJob.NAME,
                        environment -> FeatureJob.define(environment, job, active));
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
