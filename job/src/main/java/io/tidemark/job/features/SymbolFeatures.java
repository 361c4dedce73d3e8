package io.tidemark.job.features;

import io.tidemark.features.engine.EventIdentity;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.events.InboundSerializer;
import io.tidemark.job.publish.ResyncRequest;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's events to its rows: reorder buffer, gate and engine, with the state's access
 * counted. An event costs one append to the buffer; everything else happens once per grid step,
 * when the watermark closes it: the buffer is read and put into canonical order, duplicates are
 * taken out, the engine is loaded, advanced and stored.
 *
 * <p>The gate is here and not before, because a duplicate has the same event time as its original:
 * both lie in one step's buffer, side by side once sorted, or the second comes after the step
 * closed, where the identities of that step tell it from a late event. So the gate reads no state
 * per event.
 *
 * <p>Late is an event whose step is closed. It is kept (side output, verdict late) and enters no
 * served row.
 *
 * <p>State, per symbol, and its end: the buffer holds events not older than the lateness bound; the
 * engine ends when the symbol has had no event for the longest lookback; identities and the last
 * closed step end an identity horizon later.
 */
final class SymbolFeatures extends KeyedProcessFunction<String, MarketEvent, FeatureRow>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final Registry registry;
    private final long identityHorizonMicros;

    private transient FeatureSet features;
    private transient Grid grid;
    private transient SymbolFeaturesMetrics metrics;
    private transient ListState<MarketEvent> buffer;
    private transient ValueState<byte[]> engineBytes;
    private transient ValueState<Long> closedThrough;
    private transient IdentityMemory identities;

    @SuppressWarnings("NullAway.Init")
    private transient ListState<Long> watermarkState;

    private transient DataOutputSerializer scratch;

    /**
     * What is known of a symbol without reading its state. A cache: rebuilt from state when a
     * symbol is first seen.
     */
    private transient Map<String, Progress> progress;

    /**
     * The watermark this task or, before a restore, the slowest of its predecessors had reached.
     */
    private transient long watermark;

    @SuppressWarnings("NullAway.Init")
    SymbolFeatures(Registry registry, Duration identityHorizon) {
        this.registry = registry;
        this.identityHorizonMicros = identityHorizon.toNanos() / 1_000;
    }

    private static final class Progress {
        long closedThrough;
        long timerStep = Grid.NEVER;

        Progress(long closedThrough) {
            this.closedThrough = closedThrough;
        }
    }

    @Override
    public void open(OpenContext context) {
        features = registry.compile();
        grid = new Grid(features.stepMicros(), features.cadenceMicros());
        progress = new HashMap<>();
        scratch = new DataOutputSerializer(4096);
        var runtime = getRuntimeContext();
        buffer =
                runtime.getListState(
                        new ListStateDescriptor<>(
                                "buffer", InboundSerializer.<MarketEvent>instance()));
        engineBytes =
                runtime.getState(
                        new ValueStateDescriptor<>(
                                "engine", BytePrimitiveArraySerializer.INSTANCE));
        closedThrough =
                runtime.getState(
                        new ValueStateDescriptor<>("closed-through", LongSerializer.INSTANCE));
        identities =
                new IdentityMemory(
                        runtime.getMapState(
                                new MapStateDescriptor<>(
                                        "identities",
                                        LongSerializer.INSTANCE,
                                        LongPrimitiveArraySerializer.INSTANCE)));
        metrics =
                new SymbolFeaturesMetrics(
                        runtime.getMetricGroup(), () -> watermark, () -> progress.size());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        watermarkState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
        watermark = Long.MIN_VALUE;
        if (context.isRestored()) {
            long slowest = Long.MAX_VALUE;
            for (Long one : watermarkState.get()) {
                slowest = Math.min(slowest, one);
            }
            watermark = slowest == Long.MAX_VALUE ? Long.MIN_VALUE : slowest;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        watermarkState.update(List.of(watermark));
    }

    @Override
    public void processElement(MarketEvent event, Context context, Collector<FeatureRow> out)
            throws Exception {
        watermark = Math.max(watermark, context.timerService().currentWatermark());
        Progress symbol = progressOf(context.getCurrentKey());
        long time = event.eventTimeMicros();
        long stepEnd = grid.stepEnd(time);
        if (time < Math.max(symbol.closedThrough, grid.closedBy(watermark))) {
            comesAfterItsStep(event, stepEnd, context);
            return;
        }
        buffer.add(event);
        if (symbol.timerStep != stepEnd) {
            symbol.timerStep = stepEnd;
            context.timerService().registerEventTimeTimer(Grid.watermarkClosing(stepEnd));
        }
    }

    private void comesAfterItsStep(MarketEvent event, long stepEnd, Context context)
            throws Exception {
        if (identities.seenBefore(stepEnd, EventIdentity.hash(event))) {
            metrics.duplicate();
            context.output(FeatureOutputs.DUPLICATES, new ArchivedEvent(event, Verdict.DUPLICATE));
            return;
        }
        metrics.late();
        context.output(FeatureOutputs.ARCHIVED, new ArchivedEvent(event, Verdict.LATE));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FeatureRow> out)
            throws Exception {
        watermark = Math.max(watermark, context.timerService().currentWatermark());
        Progress symbol = progressOf(context.getCurrentKey());
        long target = grid.closedBy(context.timerService().currentWatermark());
        if (target <= symbol.closedThrough) {
            return;
        }
        List<MarketEvent> buffered = new ArrayList<>();
        buffer.get().forEach(buffered::add);
        boolean endOfInput = target == Long.MAX_VALUE;
        if (endOfInput && buffered.isEmpty()) {
            return;
        }
        SymbolEngine engine = load(context.getCurrentKey());
        if (engine == null && buffered.isEmpty()) {
            endIfForgotten(symbol, target, context);
            return;
        }
        StepClosing closing =
                new StepClosing(
                        features,
                        grid,
                        context.getCurrentKey(),
                        buffered,
                        engine,
                        symbol.closedThrough);
        // A bounded input ends with its last event's row, not a lookback of silence later.
        closing.through(endOfInput ? closing.lastStep() : target, new ToOutputs(context, out));
        store(closing, symbol, context);
    }

    private void store(StepClosing closing, Progress symbol, OnTimerContext context)
            throws Exception {
        List<MarketEvent> rest = closing.rest();
        if (rest.isEmpty()) {
            buffer.clear();
        } else {
            buffer.update(rest);
        }
        symbol.closedThrough = closing.closedThrough();
        closedThrough.update(symbol.closedThrough);
        SymbolEngine engine = closing.engine();
        if (engine == null) {
            engineBytes.clear();
            context.timerService()
                    .registerEventTimeTimer(
                            Grid.watermarkClosing(symbol.closedThrough + identityHorizonMicros));
            return;
        }
        scratch.clear();
        engine.save(scratch);
        engineBytes.update(scratch.getCopyOfBuffer());
        context.timerService()
                .registerEventTimeTimer(
                        Grid.watermarkClosing(symbol.closedThrough + grid.stepMicros()));
    }

    /** Ends the state of a symbol idle for the identity horizon. */
    private void endIfForgotten(Progress symbol, long target, OnTimerContext context) {
        if (target - identityHorizonMicros < symbol.closedThrough) {
            return;
        }
        identities.clear();
        closedThrough.clear();
        progress.remove(context.getCurrentKey());
    }

    private Progress progressOf(String symbol) throws IOException {
        Progress known = progress.get(symbol);
        if (known == null) {
            Long closed = closedThrough.value();
            known = new Progress(closed == null ? Grid.NEVER : closed);
            progress.put(symbol, known);
        }
        return known;
    }

    private @Nullable SymbolEngine load(String symbol) throws IOException {
        byte[] bytes = engineBytes.value();
        return bytes == null
                ? null
                : SymbolEngine.restore(features, symbol, new DataInputDeserializer(bytes));
    }

    /** Sends what a closing gives to where it belongs. */
    private final class ToOutputs implements StepClosing.Outcome {
        private final OnTimerContext context;
        private final Collector<FeatureRow> rows;

        ToOutputs(OnTimerContext context, Collector<FeatureRow> rows) {
            this.context = context;
            this.rows = rows;
        }

        @Override
        public void accepted(MarketEvent event) {
            metrics.accepted();
            context.output(FeatureOutputs.ARCHIVED, new ArchivedEvent(event, Verdict.ACCEPTED));
        }

        @Override
        public void duplicate(MarketEvent event) {
            metrics.duplicate();
            context.output(FeatureOutputs.DUPLICATES, new ArchivedEvent(event, Verdict.DUPLICATE));
        }

        @Override
        public void bookGap(BookUpdate event) {
            metrics.bookGap();
            context.output(
                    FeatureOutputs.RESYNCS,
                    new ResyncRequest(
                            event.symbol(),
                            event.depth(),
                            "sequence gap",
                            event.eventTimeMicros()));
        }

        @Override
        public void row(FeatureRow row) {
            metrics.row(row.gridTimeMicros());
            rows.collect(row);
        }

        @Override
        public void closed(long stepEndMicros, long[] accepted) throws Exception {
            if (accepted.length > 0) {
                identities.remember(stepEndMicros, accepted);
            }
            identities.forget(stepEndMicros - identityHorizonMicros);
        }

        @Override
        public void started(long stepEndMicros) throws Exception {
            identities.forgetBefore(stepEndMicros - identityHorizonMicros);
        }
    }
}
