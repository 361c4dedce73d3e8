package io.tidemark.bench.operator;

import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.SyntheticMarket;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.events.EventTypes;
import io.tidemark.job.registry.RegistryEvent;
import io.tidemark.job.rows.FeatureRowSerializer;
import io.tidemark.schemas.event.MarketEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * One operator on one backend, fed a market second by second: the events, the watermark that closes
 * the second, and now and then a checkpoint. Only the operator's own thread is timed, by its CPU
 * clock, because the machine is shared; making the events is not in it.
 */
final class OperatorRun implements AutoCloseable {
    private static final long FIRST_SECOND = 1_786_276_800L;
    private static final List<OutputTag<?>> SIDES =
            List.of(
                    new OutputTag<>("archived", EventTypes.ARCHIVED),
                    new OutputTag<>("duplicates", EventTypes.ARCHIVED));

    private final KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, FeatureRow> harness;
    private final SyntheticMarket market;
    private final int rate;
    private final Path checkpoints;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private long events;
    private long seconds;
    private long checkpoint;

    /** What some seconds cost. */
    record Cost(long events, long rows, double cpuSeconds, double wallSeconds) {}

    /**
     * What a checkpoint cost.
     *
     * @param syncMillis for which the task stands still
     * @param asyncMillis to write it, while the task goes on
     * @param writtenBytes new in this checkpoint
     * @param stateBytes of all that it refers to
     */
    record Checkpoint(double syncMillis, double asyncMillis, long writtenBytes, long stateBytes) {}

    OperatorRun(
            OneInputStreamOperator<MarketEvent, FeatureRow> operator,
            StateBackend backend,
            OperatorOptions options,
            Path checkpoints)
            throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, MarketEvent::symbol, Types.STRING, 128, 1, 0);
        harness.setStateBackend(backend);
        harness.setup(
                FeatureRowSerializer.typeInformation()
                        .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        harness.open();
        if (operator instanceof OperatorEventHandler features) {
            // In a job, the coordinator's first word.
            features.handleOperatorEvent(new RegistryEvent.Told(List.of(), 0));
        }
        market = new SyntheticMarket(new MarketMix(options.symbols, 1));
        rate = options.rate;
        this.checkpoints = checkpoints;
    }

    /** Lives through one second of the market. */
    Cost second() throws Exception {
        long begin = (FIRST_SECOND + seconds) * 1_000;
        List<MarketEvent> batch = new ArrayList<>(rate);
        for (int i = 0; i < rate; i++) {
            batch.add(market.event(events + i, (begin + 1_000L * i / rate) * 1_000));
        }
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        for (MarketEvent event : batch) {
            harness.processElement(event, event.eventTimeMicros() / 1_000);
        }
        harness.processWatermark(begin + 999);
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        events += rate;
        seconds++;
        long rows = harness.getOutput().size() - 1L; // less the watermark
        harness.getOutput().clear();
        for (OutputTag<?> side : SIDES) {
            var sent = harness.getSideOutput(side);
            if (sent != null) {
                sent.clear();
            }
        }
        return new Cost(rate, rows, cpu / 1e9, wall / 1e9);
    }

    /** Events only, no watermark, until so much time has passed: what each costs. */
    Cost eventsFor(double wallSeconds) throws Exception {
        long count = 0;
        long wall = System.nanoTime();
        long cpu = 0;
        while (System.nanoTime() - wall < wallSeconds * 1e9) {
            long time = (FIRST_SECOND * 1_000 + 1_000 * events / rate) * 1_000;
            MarketEvent event = market.event(events++, time);
            long before = threads.getCurrentThreadCpuTime();
            harness.processElement(event, time / 1_000);
            cpu += threads.getCurrentThreadCpuTime() - before;
            count++;
        }
        return new Cost(count, 0, cpu / 1e9, (System.nanoTime() - wall) / 1e9);
    }

    Checkpoint checkpoint() throws Exception {
        checkpoint++;
        Path directory = checkpoints.resolve("chk-" + checkpoint);
        var at = new org.apache.flink.core.fs.Path(directory.toUri());
        var shared = new org.apache.flink.core.fs.Path(checkpoints.resolve("shared").toUri());
        LocalFileSystem files = LocalFileSystem.getSharedInstance();
        files.mkdirs(at);
        files.mkdirs(shared);
        long begin = System.nanoTime();
        var futures =
                harness.getOperator()
                        .snapshotState(
                                checkpoint,
                                checkpoint,
                                CheckpointOptions.forCheckpointWithDefaultLocation(),
                                new FsCheckpointStreamFactory(files, at, shared, 20_480, 4_096));
        long sync = System.nanoTime();
        OperatorSubtaskState state =
                new OperatorSnapshotFinalizer(futures).getJobManagerOwnedState();
        long end = System.nanoTime();
        harness.notifyOfCompletedCheckpoint(checkpoint);
        return new Checkpoint(
                (sync - begin) / 1e6,
                (end - sync) / 1e6,
                state.getCheckpointedSize(),
                state.getStateSize());
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("the operator did not close", e);
        }
    }
}
