package io.tidemark.local.replay;

import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A replay in this process: the job of a cluster, on a mini cluster that ends with it. */
public final class LocalReplay {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private LocalReplay() {}

    /** Who is told how far it is. */
    @FunctionalInterface
    public interface Watcher {
        /** Called about twice a second. */
        void at(double fractionDone, double seconds, ReplayCounts counts);
    }

    /**
     * Runs it to its end.
     *
     * @return what it did; empty when the stop signal came first: then no slice is half there, but
     *     some are
     * @param parallelism that it was made for
     * @throws IOException when the job fails
     */
    public static Optional<ReplayCounts> run(
            Replay replay, int parallelism, StopSignal stop, Watcher watcher)
            throws IOException, InterruptedException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration());
        replay.define(environment);
        long began = System.nanoTime();
        try {
            JobClient job = environment.executeAsync(Replay.NAME);
            CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
            while (!end.isDone()) {
                if (stop.await(LOOK_NANOS)) {
                    var unused = job.cancel().get(20, TimeUnit.SECONDS);
                    return Optional.empty();
                }
                watcher.at(
                        replay.fractionDone(accumulators(job)),
                        (System.nanoTime() - began) / 1e9,
                        replay.counts(accumulators(job)));
            }
            Map<String, Object> done = end.get().getAllAccumulatorResults();
            watcher.at(1, (System.nanoTime() - began) / 1e9, replay.counts(done));
            return Optional.of(replay.counts(done));
        } catch (InterruptedException e) {
            throw e;
        } catch (ExecutionException e) {
            throw new IOException("the replay failed", e.getCause());
        } catch (Exception e) {
            throw new IOException("Flink did not take the replay", e);
        }
    }

    /** Those of a job that is just ending are not to be had: none. */
    private static Map<String, Object> accumulators(JobClient job) throws InterruptedException {
        try {
            return job.getAccumulators().get();
        } catch (ExecutionException | IllegalStateException ending) {
            return Map.of();
        }
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        // Accumulators come with heartbeats.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(2));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }
}
