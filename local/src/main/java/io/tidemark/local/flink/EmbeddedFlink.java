package io.tidemark.local.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RestoreMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job on a Flink mini cluster in this JVM: real checkpoints and savepoints in a data directory,
 * the web UI on a port of the loopback interface. A job that is started again goes on from its
 * newest checkpoint or savepoint, also after a {@code kill -9}.
 */
public final class EmbeddedFlink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);
    private static final Duration SAVEPOINT_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final MiniCluster cluster;
    private final SavedState saved;
    private final Optional<String> restoredFrom;
    private final JobID job;

    private EmbeddedFlink(
            MiniCluster cluster, SavedState saved, Optional<String> restoredFrom, JobID job) {
        this.cluster = cluster;
        this.saved = saved;
        this.restoredFrom = restoredFrom;
        this.job = job;
    }

    /**
     * Starts a cluster and the job on it; returns when the job is accepted, which is before its
     * tasks run.
     *
     * @param topology defines the job in the environment it is given
     * @throws IOException when the cluster does not start or refuses the job; nothing is left
     *     running then
     */
    public static EmbeddedFlink start(
            FlinkSettings settings, String jobName, Consumer<StreamExecutionEnvironment> topology)
            throws IOException {
        Path home = Files.createDirectories(settings.dataDir().toAbsolutePath());
        SavedState saved = SavedState.in(home);
        Optional<String> restoreFrom = saved.newest();
        saved.removeAllBut(restoreFrom);
        Configuration configuration = settings.configuration(home);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(settings.parallelism())
                                .build());
        try {
            cluster.start();
            JobGraph graph = graph(configuration, settings, jobName, topology);
            restoreFrom.ifPresent(
                    path ->
                            graph.setSavepointRestoreSettings(
                                    SavepointRestoreSettings.forPath(
                                            path, false, RestoreMode.NO_CLAIM)));
            JobID job = cluster.submitJob(graph).get().getJobID();
            return new EmbeddedFlink(cluster, saved, restoreFrom, job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(cluster);
            throw new IOException("interrupted while Flink was starting", e);
        } catch (Exception e) {
            stop(cluster);
            throw new IOException("Flink did not start the job " + jobName, e);
        }
    }

    private static JobGraph graph(
            Configuration configuration,
            FlinkSettings settings,
            String jobName,
            Consumer<StreamExecutionEnvironment> topology) {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(configuration);
        environment.setParallelism(settings.parallelism());
        topology.accept(environment);
        var graph = environment.getStreamGraph();
        graph.setJobName(jobName);
        return graph.getJobGraph();
    }

    /** The checkpoint or savepoint the job went on from; empty on a first start. */
    public Optional<String> restoredFrom() {
        return restoredFrom;
    }

    /** How the job is now. */
    public JobStatus status() throws IOException {
        try {
            return cluster.getJobStatus(job).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking Flink for the job", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink does not say how the job is", e);
        }
    }

    /** Why a job that has failed did; empty while it has not. */
    public Optional<Throwable> failure() throws IOException {
        if (status() != JobStatus.FAILED) {
            return Optional.empty();
        }
        try {
            JobResult result = cluster.requestJobResult(job).get(10, TimeUnit.SECONDS);
            return result.getSerializedThrowable()
                    .map(error -> error.deserializeError(EmbeddedFlink.class.getClassLoader()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking Flink for the job", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink does not say why the job failed", e);
        }
    }

    /**
     * Stops the job with a savepoint, from which the next start goes on.
     *
     * @return where it is; empty when the job was not running, or when no savepoint could be
     *     completed: then the newest checkpoint stands
     */
    public Optional<String> stopWithSavepoint() {
        try {
            if (cluster.getJobStatus(job).get(10, TimeUnit.SECONDS) != JobStatus.RUNNING) {
                return Optional.empty();
            }
            return Optional.of(
                    cluster.stopWithSavepoint(
                                    job,
                                    saved.savepoints().toUri().toString(),
                                    false,
                                    SavepointFormatType.NATIVE)
                            .get(SAVEPOINT_LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("no savepoint at stop: the next start goes on from the newest checkpoint", e);
        }
        return Optional.empty();
    }

    /** Stops the cluster; a job that still runs is cut off and goes on from its checkpoint. */
    @Override
    public void close() {
        stop(cluster);
    }

    private static void stop(MiniCluster cluster) {
        try {
            cluster.closeAsync().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Flink did not stop cleanly", e);
        }
    }
}
