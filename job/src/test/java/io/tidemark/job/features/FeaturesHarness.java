package io.tidemark.job.features;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.registry.RegistryChange;
import io.tidemark.job.registry.RegistryEvent;
import io.tidemark.job.rows.FeatureRowSerializer;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** One task of {@link SymbolFeatures} with what it sent. Opened when first used. */
final class FeaturesHarness implements AutoCloseable {
    static final Duration HORIZON = Duration.ofHours(1);
    static final int MAX_PARALLELISM = 16;

    /** How long after its time an event of {@link #jittered} comes at most, milliseconds. */
    static final long LATENESS = 400;

    static final Comparator<FeatureRow> BY_SYMBOL_AND_TIME =
            Comparator.comparing(FeatureRow::symbol).thenComparing(FeatureRow::gridTimeMicros);

    private static final HeapBounds ROOMY = new HeapBounds(1_000, 1 << 26);

    private final KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, FeatureRow> operator;
    private long maxSeen = Long.MIN_VALUE;
    private boolean closed;
    private long checkpoint = 1;
    private final SymbolFeatures features;
    private final List<RegistryEvent.Held> answers = new ArrayList<>();

    /**
     * How a task is set up.
     *
     * @param rocksDb on RocksDB, otherwise on the heap backend
     * @param told whether the coordinator speaks to it at its start
     */
    record Setup(
            Registry registry,
            HeapBounds heap,
            boolean rocksDb,
            int parallelism,
            int subtask,
            boolean told) {
        static final Setup DEFAULT =
                new Setup(FeaturesHarness.registry("1.0.0", 1_000_000), ROOMY, false, 1, 0, true);

        Setup with(HeapBounds bounds) {
            return new Setup(registry, bounds, rocksDb, parallelism, subtask, told);
        }

        Setup with(Registry other) {
            return new Setup(other, heap, rocksDb, parallelism, subtask, told);
        }

        Setup onRocksDb() {
            return new Setup(registry, heap, true, parallelism, subtask, told);
        }

        Setup subtask(int index, int of) {
            return new Setup(registry, heap, rocksDb, of, index, told);
        }

        Setup untold() {
            return new Setup(registry, heap, rocksDb, parallelism, subtask, false);
        }

        FeaturesHarness open() throws Exception {
            return new FeaturesHarness(this, null);
        }

        FeaturesHarness restore(OperatorSubtaskState snapshot) throws Exception {
            return new FeaturesHarness(this, snapshot);
        }
    }

    private FeaturesHarness(Setup setup, @Nullable OperatorSubtaskState snapshot) throws Exception {
        features =
                new SymbolFeatures(
                        ActiveRegistry.unstored(setup.registry()),
                        HORIZON,
                        setup.heap(),
                        answer -> answers.add((RegistryEvent.Held) answer));
        operator =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        features,
                        MarketEvent::symbol,
                        Types.STRING,
                        MAX_PARALLELISM,
                        setup.parallelism(),
                        setup.subtask());
        if (setup.rocksDb()) {
            operator.setStateBackend(new EmbeddedRocksDBStateBackend());
        }
        operator.setup(
                FeatureRowSerializer.typeInformation()
                        .createSerializer(operator.getExecutionConfig().getSerializerConfig()));
        if (snapshot != null) {
            operator.initializeState(snapshot);
        }
        operator.open();
        if (setup.told()) {
            tell(0);
        }
    }

    /** What the coordinator tells. */
    void tell(long forgettable, RegistryChange... changes) {
        features.handleOperatorEvent(new RegistryEvent.Told(List.of(changes), forgettable));
    }

    /** What the coordinator asks, and is answered. */
    RegistryEvent.Held ask(long round) {
        features.handleOperatorEvent(new RegistryEvent.Ask(round));
        return answers.get(answers.size() - 1);
    }

    static Registry registry(String version, long cadenceMicros) {
        return new Registry(BuiltInRegistries.yaml(version), cadenceMicros);
    }

    /** Arrival order: event time plus a delay below the lateness bound. */
    static List<MarketEvent> jittered(List<MarketEvent> events, SplittableRandom random) {
        Map<MarketEvent, Long> arrival = new HashMap<>();
        for (MarketEvent event : events) {
            arrival.put(event, event.eventTimeMicros() + random.nextLong(LATENESS * 1_000));
        }
        List<MarketEvent> order = new ArrayList<>(events);
        order.sort(Comparator.comparing(arrival::get));
        return order;
    }

    void take(MarketEvent event) throws Exception {
        operator.processElement(event, Math.floorDiv(event.eventTimeMicros(), 1_000));
        maxSeen = Math.max(maxSeen, Math.floorDiv(event.eventTimeMicros(), 1_000));
    }

    /** Each event followed by the watermark the source would announce, as often as it could. */
    void feed(List<MarketEvent> events) throws Exception {
        for (MarketEvent event : events) {
            take(event);
            operator.processWatermark(maxSeen - LATENESS - 1);
        }
    }

    /** Goes on where another stopped: the newest event time it saw. */
    void continues(FeaturesHarness before) {
        maxSeen = before.maxSeen;
    }

    void takeAll(List<MarketEvent> events) throws Exception {
        feed(events);
        watermark(Long.MAX_VALUE);
    }

    void watermark(long millis) throws Exception {
        operator.processWatermark(millis);
    }

    OperatorSubtaskState snapshot() throws Exception {
        operator.prepareSnapshotPreBarrier(checkpoint);
        return operator.snapshot(checkpoint++, 0);
    }

    /** How many registries a checkpoint would hold. */
    int registriesInState() throws Exception {
        int count = 0;
        for (var one :
                features.getOperatorStateBackend()
                        .getBroadcastState(Registries.STATE)
                        .immutableEntries()) {
            count += one == null ? 0 : 1;
        }
        return count;
    }

    int keyedEntries() {
        return operator.numKeyedStateEntries();
    }

    List<FeatureRow> rows() {
        return operator.extractOutputValues();
    }

    List<FeatureRow> rowsInOrder() {
        return rows().stream().sorted(BY_SYMBOL_AND_TIME).toList();
    }

    /** All there is up to now, as a barrier would find it. */
    List<ArchivedEvent> archived() throws Exception {
        return side(FeatureOutputs.ARCHIVED);
    }

    List<ArchivedEvent> archivedInOrder() throws Exception {
        return inOrder(archived());
    }

    static List<ArchivedEvent> inOrder(List<ArchivedEvent> archived) {
        Comparator<ArchivedEvent> bySymbol = Comparator.comparing(a -> a.event().symbol());
        return archived.stream()
                .sorted(bySymbol.thenComparing(ArchivedEvent::event, CanonicalOrder.INSTANCE))
                .toList();
    }

    <T> List<T> side(OutputTag<T> tag) throws Exception {
        operator.prepareSnapshotPreBarrier(checkpoint);
        List<T> values = new ArrayList<>();
        var output = operator.getSideOutput(tag);
        if (output != null) {
            output.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            operator.close();
        } catch (Exception e) {
            throw new IllegalStateException("the task did not close", e);
        }
    }
}
