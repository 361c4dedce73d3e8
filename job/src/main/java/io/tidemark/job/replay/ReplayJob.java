package io.tidemark.job.replay;

import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point on a cluster.
 *
 * <p>{@code flink run -c io.tidemark.job.replay.ReplayJob tidemark-job.jar --archive.root s3://..
 * --replay.from 2026-08-01 --replay.to 2026-08-02 --replay.out s3://..}
 */
public final class ReplayJob {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayJob.class);

    private ReplayJob() {}

    /** Submits the job to the cluster it is started on, and waits for its end. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        Replay replay =
                Replay.of(settings(List.of(args), System.getenv()), environment.getParallelism());
        replay.define(environment);
        JobExecutionResult result = environment.execute(Replay.NAME);
        LOG.info(
                "replayed into {}: {}",
                replay.request().outRoot(),
                replay.counts(result.getAllAccumulatorResults()));
    }

    /** What a replay reads from a command line; what only others read is left alone. */
    public static ReplayRequest settings(List<String> args, Map<String, String> environment) {
        SettingsReader reader =
                new SettingsReader(SettingsSource.fromCommandLine(args, environment));
        ReplayRequest request = ReplaySettings.from(reader);
        ReplaySettings.leaveOthers(reader);
        reader.throwIfInvalid();
        return request;
    }
}
