package io.tidemark.local.demo;

import io.tidemark.job.features.FeatureJob;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.publish.PublisherSettings;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.local.dataset.DatasetWorker;
import io.tidemark.local.flink.EmbeddedFlink;
import io.tidemark.local.flink.FlinkSettings;
import io.tidemark.server.ModelServer;
import io.tidemark.server.ServerSettings;
import java.io.IOException;
import java.util.Optional;

/**
 * The feature job, the model server and the builder of datasets in this JVM, wherever broker and
 * database are.
 */
public final class Platform implements AutoCloseable {
    private final EmbeddedFlink flink;
    private final ModelServer server;
    private final DatasetWorker datasets;

    private Platform(EmbeddedFlink flink, ModelServer server, DatasetWorker datasets) {
        this.flink = flink;
        this.server = server;
        this.datasets = datasets;
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
            return new Platform(flink, ModelServer.start(server), datasets(job));
        } catch (RuntimeException e) {
            flink.close();
            throw new StartException(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static DatasetWorker datasets(FeatureJobSettings job) {
        return DatasetWorker.start(
                job.store(), PublisherSettings.of(job.broker().uri()), job.archiveRoot(), 1);
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
        datasets.close();
        flink.close();
    }
}
