package io.tidemark.job.replay;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.RawEvents;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.flink.api.common.BatchShuffleMode;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A replay that is ready to run: the span fitted to the archive, slices decided. */
public final class Replay {
    /** The job's name in the Flink UI. */
    public static final String NAME = "tidemark-replay";

    private final ReplayRequest request;
    private final int parallelism;

    private Replay(ReplayRequest request, int parallelism) {
        this.request = request;
        this.parallelism = parallelism;
    }

    /**
     * Looks at the archive and decides. Rows end with the row of the archive's last event, as a
     * stream's do that ends.
     *
     * @throws IOException when there is nothing in the span, saying what there is, or when the
     *     place for the rows is not empty
     */
    public static Replay of(ReplayRequest asked, int parallelism) throws IOException {
        FeatureSet features = asked.registry().compile();
        long cadence = features.cadenceMicros();
        RawEvents events =
                RawEvents.in(new Path(asked.archiveRoot()), asked.choice(), asked.view());
        if (events.beginMicros().isEmpty() || events.lastEventMicros().isEmpty()) {
            throw new IOException("the archive %s has no events".formatted(asked.archiveRoot()));
        }
        long begin = events.beginMicros().getAsLong();
        long end = (Math.floorDiv(events.lastEventMicros().getAsLong(), cadence) + 2) * cadence;
        long from = Math.max(begin, asked.fromMicros());
        long to = Math.min(end, asked.toMicros());
        if (from >= to) {
            throw new IOException(
                    "the archive has events from %s to %s, none for %s to %s"
                            .formatted(
                                    text(begin),
                                    text(end),
                                    text(asked.fromMicros()),
                                    text(asked.toMicros())));
        }
        if (FeatureRows.exist(new Path(asked.outRoot()), features.version())) {
            throw new IOException(
                    "%s has rows of registry %s already; name another place, or remove them"
                            .formatted(asked.outRoot(), features.version()));
        }
        ReplayRequest fitted = asked.within(from, to);
        return new Replay(
                fitted.sliceMicros() > 0
                        ? fitted
                        : fitted.inSlicesOf(fitted.usualSlice(parallelism)),
                parallelism);
    }

    private static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    /** What is computed: span and slices as decided. */
    public ReplayRequest request() {
        return request;
    }

    /** Defines the job in the environment. */
    public void define(StreamExecutionEnvironment environment) {
        Configuration strict = new Configuration();
        strict.set(PipelineOptions.GENERIC_TYPES, false);
        strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        strict.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        // A slice is computed while the chains of later ones are followed; the scheduler for batch
        // jobs would have one wait for the other.
        strict.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
        strict.set(ExecutionOptions.BATCH_SHUFFLE_MODE, BatchShuffleMode.ALL_EXCHANGES_PIPELINED);
        environment.configure(strict);
        environment.setParallelism(parallelism);
        ReplayTopology.define(environment, request)
                .sinkTo(new DiscardingSink<>())
                .uid("rows-written")
                .name("rows-written");
    }

    /** How much of it a job with these accumulators has done: 0 to 1. */
    public double fractionDone(Map<String, Object> accumulators) {
        double all =
                (double) (request.toMicros() - request.fromMicros()) * request.parts(parallelism);
        return Math.min(1, Progress.of(accumulators, Progress.DONE_MICROS) / all);
    }

    /** What a job with these accumulators has done. */
    public ReplayCounts counts(Map<String, Object> accumulators) {
        return new ReplayCounts(
                Progress.of(accumulators, Progress.ROWS),
                Progress.of(accumulators, Progress.EVENTS),
                Progress.of(accumulators, Progress.CHAINED),
                Progress.of(accumulators, Progress.DUPLICATES));
    }
}
