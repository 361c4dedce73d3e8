package io.tidemark.job.features;

import static io.tidemark.job.features.Events.NOON;
import static io.tidemark.job.features.Events.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.rows.FeatureRowSerializer;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
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
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolFeaturesTest {
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final long LATENESS = 400;

    private final List<Harness> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Harness one : opened) {
            one.close();
        }
    }

    @Test
    void aRowLeavesWhenTheWatermarkClosesItsGridTime() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 998);
        assertThat(harness.rows()).isEmpty();

        harness.watermark(NOON + 999);

        assertThat(harness.rows()).hasSize(1);
        FeatureRow row = harness.rows().get(0);
        assertThat(row.gridTimeMicros()).isEqualTo((NOON + 1_000) * 1_000);
        assertThat(row.eventCount()).isEqualTo(1);
        assertThat(row.maxEventTimeMicros()).isEqualTo((NOON + 100) * 1_000);
    }

    @Test
    void anEventExactlyAtTheGridTimeIsInTheNextRow() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.take(trade("BTCUSDT", NOON + 1_000, 50_000, 1, "b"));

        harness.watermark(NOON + 1_999);

        assertThat(harness.rows()).extracting(FeatureRow::eventCount).containsExactly(1L, 1L);
    }

    @Test
    void aDuplicateCountsOnceWhetherItsStepIsOpenOrClosed() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 999);
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));

        assertThat(harness.archived()).hasSize(1);
        assertThat(harness.side(FeatureOutputs.DUPLICATES)).hasSize(2);
        assertThat(harness.rows()).extracting(FeatureRow::eventCount).containsExactly(1L);
    }

    @Test
    void aLateEventIsKeptOnceAndChangesNoRow() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 999);
        harness.take(trade("BTCUSDT", NOON + 50, 1, 1, "late"));
        harness.take(trade("BTCUSDT", NOON + 50, 1, 1, "late"));
        harness.take(trade("NEWUSDT", NOON + 50, 1, 1, "late of a symbol never seen"));
        harness.watermark(NOON + 1_999);

        assertThat(harness.archived())
                .extracting(ArchivedEvent::verdict)
                .containsExactly(Verdict.ACCEPTED, Verdict.LATE, Verdict.LATE);
        assertThat(harness.side(FeatureOutputs.DUPLICATES)).hasSize(1);
        assertThat(harness.rows()).extracting(FeatureRow::symbol).containsOnly("BTCUSDT");
    }

    @Test
    void anEventBehindTheWatermarkInAStepStillOpenIsNotLate() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 900, 50_000, 1, "a"));
        harness.watermark(NOON + 850);
        harness.take(trade("BTCUSDT", NOON + 100, 50_001, 1, "b"));
        harness.watermark(NOON + 999);

        assertThat(harness.rows()).extracting(FeatureRow::eventCount).containsExactly(2L);
    }

    @Test
    void aGapInTheBookAsksForAResync() throws Exception {
        Harness harness = open();
        double[] bids = {99, 1};
        double[] asks = {101, 1};
        harness.take(Events.book("BTCUSDT", NOON + 1, BookUpdate.Kind.SNAPSHOT, 5, bids, asks));
        harness.take(Events.book("BTCUSDT", NOON + 2, BookUpdate.Kind.DELTA, 7, bids, asks));
        harness.take(Events.book("BTCUSDT", NOON + 3, BookUpdate.Kind.DELTA, 8, bids, asks));
        harness.watermark(NOON + 999);

        assertThat(harness.side(FeatureOutputs.RESYNCS)).hasSize(1);
        assertThat(harness.archived()).hasSize(3);
    }

    @Test
    void aQuietMarketStillClosesItsGridStepsUntilTheLookbackHasPassed() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));

        harness.watermark(NOON + 7_200_000);

        long lookback = features().lookbackMicros() / 1_000_000;
        assertThat(harness.rows()).hasSizeBetween((int) lookback, (int) lookback + 2);
        for (int i = 1; i < harness.rows().size(); i++) {
            assertThat(harness.rows().get(i).gridTimeMicros())
                    .isEqualTo(harness.rows().get(i - 1).gridTimeMicros() + 1_000_000);
        }
    }

    @Test
    void stateEndsAfterTheIdentityHorizon() throws Exception {
        Harness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 60_000);
        assertThat(harness.keyedEntries()).isPositive();

        harness.watermark(NOON + 3 * 3_600_000);

        assertThat(harness.keyedEntries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void arrivalOrderWithinTheLatenessBoundDoesNotChangeOneBit(long seed) throws Exception {
        List<MarketEvent> events = Events.market(seed, 2, 20);
        Harness ordered = open();
        ordered.takeAll(events);

        SplittableRandom random = new SplittableRandom(seed);
        for (int shuffle = 0; shuffle < 30; shuffle++) {
            Harness shuffled = open();
            shuffled.takeAll(jittered(events, random));

            assertThat(shuffled.rowsInOrder()).isEqualTo(ordered.rowsInOrder());
            assertThat(shuffled.archivedInOrder()).isEqualTo(ordered.archivedInOrder());
            shuffled.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void continuesFromASnapshotTakenAtAnyEvent(long seed) throws Exception {
        List<MarketEvent> events = jittered(Events.market(seed, 2, 6), new SplittableRandom(seed));
        Harness undisturbed = open();
        undisturbed.takeAll(events);

        for (int cut = 0; cut < events.size(); cut += 7) {
            Harness before = open();
            before.feed(events.subList(0, cut));
            OperatorSubtaskState snapshot = before.snapshot();
            Harness after = restore(snapshot);
            after.maxSeen = before.maxSeen;
            after.feed(events.subList(cut, events.size()));
            after.watermark(Long.MAX_VALUE);

            List<FeatureRow> rows = new ArrayList<>(before.rows());
            rows.addAll(after.rows());
            rows.sort(BY_SYMBOL_AND_TIME);
            assertThat(rows).isEqualTo(undisturbed.rowsInOrder());
            before.close();
            after.close();
        }
    }

    @Test
    void aSymbolsRowsDoNotDependOnOtherSymbols() throws Exception {
        List<MarketEvent> events = Events.market(42, 3, 10);
        Harness all = open();
        all.takeAll(events);
        Harness alone = open();
        alone.takeAll(events.stream().filter(e -> e.symbol().equals("SYM1")).toList());

        assertThat(all.rowsInOrder().stream().filter(r -> r.symbol().equals("SYM1")).toList())
                .isEqualTo(alone.rowsInOrder());
    }

    @Test
    void onRocksDbTheRowsAreTheSame() throws Exception {
        List<MarketEvent> events = Events.market(7, 2, 10);
        Harness heap = open();
        heap.takeAll(events);
        Harness rocks = open(true, null);
        rocks.takeAll(events);

        assertThat(rocks.rowsInOrder()).isEqualTo(heap.rowsInOrder()).hasSizeGreaterThan(15);
    }

    /** Arrival order: event time plus a delay below the lateness bound. */
    private static List<MarketEvent> jittered(List<MarketEvent> events, SplittableRandom random) {
        Map<MarketEvent, Long> arrival = new HashMap<>();
        for (MarketEvent event : events) {
            arrival.put(event, event.eventTimeMicros() + random.nextLong(LATENESS * 1_000));
        }
        List<MarketEvent> order = new ArrayList<>(events);
        order.sort(Comparator.comparing(arrival::get));
        return order;
    }

    private static final Comparator<FeatureRow> BY_SYMBOL_AND_TIME =
            Comparator.comparing(FeatureRow::symbol).thenComparing(FeatureRow::gridTimeMicros);

    private static FeatureSet features() {
        return registry().compile();
    }

    private static Registry registry() {
        return new Registry(BuiltInRegistries.yaml("1.0.0"), 1_000_000);
    }

    private Harness open() throws Exception {
        return open(false, null);
    }

    private Harness restore(OperatorSubtaskState snapshot) throws Exception {
        return open(false, snapshot);
    }

    private Harness open(boolean rocksDb, @Nullable OperatorSubtaskState snapshot)
            throws Exception {
        Harness harness = new Harness(rocksDb, snapshot);
        opened.add(harness);
        return harness;
    }

    private static final class Harness {
        private final KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, FeatureRow>
                operator;
        private long maxSeen = Long.MIN_VALUE;
        private boolean closed;
        private long checkpoint = 1;

        Harness(boolean rocksDb, @Nullable OperatorSubtaskState snapshot) throws Exception {
            operator =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(new SymbolFeatures(registry(), HORIZON)),
                            MarketEvent::symbol,
                            Types.STRING);
            if (rocksDb) {
                operator.setStateBackend(new EmbeddedRocksDBStateBackend());
            }
            operator.setup(
                    FeatureRowSerializer.typeInformation()
                            .createSerializer(operator.getExecutionConfig().getSerializerConfig()));
            if (snapshot != null) {
                operator.initializeState(snapshot);
            }
            operator.open();
        }

        void take(MarketEvent event) throws Exception {
            operator.processElement(event, Math.floorDiv(event.eventTimeMicros(), 1_000));
        }

        /** Each event followed by the watermark the source would announce, as often as it could. */
        void feed(List<MarketEvent> events) throws Exception {
            for (MarketEvent event : events) {
                take(event);
                maxSeen = Math.max(maxSeen, Math.floorDiv(event.eventTimeMicros(), 1_000));
                operator.processWatermark(maxSeen - LATENESS - 1);
            }
        }

        void takeAll(List<MarketEvent> events) throws Exception {
            feed(events);
            watermark(Long.MAX_VALUE);
        }

        void watermark(long millis) throws Exception {
            operator.processWatermark(millis);
        }

        OperatorSubtaskState snapshot() throws Exception {
            return operator.snapshot(checkpoint++, 0);
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

        List<ArchivedEvent> archived() {
            return side(FeatureOutputs.ARCHIVED);
        }

        List<ArchivedEvent> archivedInOrder() {
            Comparator<ArchivedEvent> bySymbol = Comparator.comparing(a -> a.event().symbol());
            return archived().stream()
                    .sorted(bySymbol.thenComparing(ArchivedEvent::event, CanonicalOrder.INSTANCE))
                    .toList();
        }

        <T> List<T> side(OutputTag<T> tag) {
            List<T> values = new ArrayList<>();
            var output = operator.getSideOutput(tag);
            if (output != null) {
                output.forEach(record -> values.add(record.getValue()));
            }
            return values;
        }

        void close() throws Exception {
            if (!closed) {
                closed = true;
                operator.close();
            }
        }
    }
}
