package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.job.registry.RegistryChange;
import io.tidemark.job.registry.RegistryEvent;
import io.tidemark.schemas.event.MarketEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Each symbol's events to its rows: reorder buffer, gate and engine. Between checkpoints all of it
 * is on the heap: an event is appended to its symbol's buffer, and when the watermark closes a grid
 * step the buffers are put into canonical order, duplicates taken out, the engines advanced and
 * asked for their rows. State is written at checkpoints, and read after a restore or when a bound
 * of the heap is passed; see {@link SymbolImage}, {@link EngineStore}, {@link SpilledEvents},
 * {@link IdentityMemory}.
 *
 * <p>The gate is here and not before, because a duplicate has the same event time as its original:
 * both lie in one step's buffer, side by side once sorted, or the second comes after the step
 * closed, where the identities of that step tell it from a late event.
 *
 * <p>Late is an event whose step is closed. It is kept (side output, verdict late) and enters no
 * served row.
 *
 * <p>State, per symbol, and its end: the buffer holds events not older than the lateness bound; the
 * engine ends when the symbol has had no event for the longest lookback; identities and the last
 * closed step end an identity horizon later.
 *
 * <p>Which registry makes the rows is told by the coordinator ({@link RegistryEvent}), for all
 * tasks from one time on. While it asks, the task closes nothing beyond its {@link Hold}.
 *
 * <p>No timers: every active symbol has a step to close whenever the watermark passes one, so the
 * operator goes through them all.
 */
public final class SymbolFeatures extends AbstractStreamOperator<FeatureRow>
        implements OneInputStreamOperator<MarketEvent, FeatureRow>, OperatorEventHandler {
    private static final long serialVersionUID = 1L;

    private final ActiveRegistry begin;
    private final long identityHorizonMicros;
    private final HeapBounds heap;
    private final transient OperatorEventGateway coordinator;

    private transient Registries registries;
    private transient Hold hold;
    private transient ActiveSymbols symbols;
    private transient EngineStore engines;
    private transient SpilledEvents spilled;
    private transient IdentityMemory identities;
    private transient DeferredOutputs outputs;
    private transient StepClosing closing;
    private transient ListState<Long> watermarkState;

    /** The newest watermark that came. */
    private transient long watermark;

    /** What of it was worked off; after a restore, by the slowest of the tasks before. */
    private transient long reached;

    /** The end of the last step the watermark closed: an event before it is late. */
    private transient long openFrom;

    /** Features of a registry, until the coordinator tells another. */
    @SuppressWarnings("NullAway.Init")
    public SymbolFeatures(
            ActiveRegistry begin,
            Duration identityHorizon,
            HeapBounds heap,
            OperatorEventGateway coordinator) {
        this.begin = begin;
        this.coordinator = coordinator;
        this.identityHorizonMicros = identityHorizon.toNanos() / 1_000;
        this.heap = heap;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        registries =
                Registries.restore(context.getOperatorStateStore(), RegistryChange.begin(begin));
        hold = new Hold();
        var state = context.getKeyedStateStore();
        engines = new EngineStore(heap.engines(), this, state);
        spilled = new SpilledEvents(getKeyedStateBackend());
        identities = new IdentityMemory(identityHorizonMicros, this, state);
        symbols =
                new ActiveSymbols(
                        heap.eventBytes(),
                        new SymbolImage(this, state),
                        engines,
                        spilled,
                        identities);
        watermarkState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
        reached = Long.MIN_VALUE;
        if (context.isRestored()) {
            long slowest = Long.MAX_VALUE;
            for (Long one : watermarkState.get()) {
                slowest = Math.min(slowest, one);
            }
            reached = slowest == Long.MAX_VALUE ? Long.MIN_VALUE : slowest;
            symbols.restore(getKeyedStateBackend());
        }
        watermark = reached;
        openFrom = registries.closedBy(reached);
    }

    @Override
    public void open() throws Exception {
        super.open();
        var metrics =
                new SymbolFeaturesMetrics(
                        getMetricGroup(),
                        () -> watermark,
                        symbols::size,
                        engines::onHeap,
                        symbols::eventBytes);
        outputs = new DeferredOutputs(output, identities, metrics);
        closing = new StepClosing(registries, engines, outputs);
    }

    /** Sets no key: an event touches the heap only, and state is keyed where it is read. */
    @Override
    @SuppressWarnings("rawtypes") // as in Flink
    public void setKeyContextElement1(StreamRecord record) {}

    @Override
    public void processElement(StreamRecord<MarketEvent> element) throws Exception {
        MarketEvent event = element.getValue();
        ActiveSymbol symbol = symbols.named(event.symbol());
        symbol.changed = true;
        long closed = Math.max(symbol.closedThrough, openFrom);
        if (event.eventTimeMicros() < closed) {
            if (!symbol.engine.exists()) {
                // Begins the horizon of a symbol never seen, so that its state ends too.
                symbol.closedThrough = closed;
            }
            outputs.afterItsStep(event, identities.seenBefore(symbol, event, closed));
        } else {
            symbol.buffer.add(event);
            symbols.spillBeyondBound();
        }
        outputs.sendSome();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = Math.max(watermark, mark.getTimestamp());
        advance();
    }

    /** Closes what the watermark closes, as far as nothing is held. */
    private void advance() throws Exception {
        long allowed = hold.allowed(watermark);
        if (allowed <= reached) {
            return;
        }
        reached = allowed;
        long target = registries.closedBy(reached);
        if (target > openFrom) {
            openFrom = target;
            int before = outputs.held();
            for (ActiveSymbol symbol : symbols.all()) {
                closeSteps(symbol, target);
            }
            outputs.rowsSent();
            // What events since the last step have not sent on their way.
            outputs.send(before);
            symbols.settle(target, identityHorizonMicros);
        }
        if (reached == Watermark.MAX_WATERMARK.getTimestamp()) {
            outputs.flush();
        }
        super.processWatermark(new Watermark(reached));
    }

    @Override
    public void handleOperatorEvent(OperatorEvent event) {
        try {
            if (event instanceof RegistryEvent.Ask ask) {
                long held = hold.from(openFrom);
                coordinator.sendEventToCoordinator(
                        new RegistryEvent.Held(ask.round(), openFrom, held));
            } else if (event instanceof RegistryEvent.Told told) {
                registries.take(told, openFrom);
                hold.end();
                advance();
            }
        } catch (Exception e) {
            throw new FlinkRuntimeException("the registry could not be changed", e);
        }
    }

    /** No more events will come, and nobody who could tell anything. */
    @Override
    public void finish() throws Exception {
        hold.end();
        advance();
        super.finish();
    }

    private void closeSteps(ActiveSymbol symbol, long target) throws Exception {
        while (!symbol.spilledSeconds.isEmpty() && symbol.spilledSeconds.first() < target) {
            long second = symbol.spilledSeconds.first();
            spilled.fetchFirst(symbol);
            symbol.changed = true;
            if (!symbol.spilledSeconds.isEmpty()) {
                closeOnHeap(symbol, Math.min(target, second + SpilledEvents.SECOND));
            }
        }
        closeOnHeap(symbol, target);
    }

    private void closeOnHeap(ActiveSymbol symbol, long target) throws Exception {
        EngineSlot slot = symbol.engine;
        // A bounded input ends with its last event's row, not a lookback of silence later.
        long through = target == Long.MAX_VALUE ? closing.lastStep(symbol) : target;
        if (through <= symbol.closedThrough || (!slot.exists() && symbol.buffer.isEmpty())) {
            return;
        }
        symbol.changed = true;
        if (slot.exists() && slot.onHeap() == null) {
            engines.load(symbol, registries.at(symbol.closedThrough).features());
        }
        closing.through(symbol, through);
        if (engines.overfull()) {
            engines.unload(symbol);
        }
        if (outputs.many()) {
            outputs.flush();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        outputs.flush();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        symbols.write();
        watermarkState.update(List.of(reached));
    }
}
