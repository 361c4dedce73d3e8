package io.tidemark.job.features;

import static io.tidemark.job.features.Events.NOON;
import static io.tidemark.job.features.Events.trade;
import static io.tidemark.job.features.FeaturesHarness.BY_SYMBOL_AND_TIME;
import static io.tidemark.job.features.FeaturesHarness.MAX_PARALLELISM;
import static io.tidemark.job.features.FeaturesHarness.jittered;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.features.FeaturesHarness.Setup;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies on the heap, in state or in a checkpoint: the outputs are the same. */
class SymbolFeaturesStateTest {

    static Stream<Arguments> setups() {
        List<Arguments> setups = new ArrayList<>();
        for (String version : BuiltInRegistries.versions()) {
            Registry registry = FeaturesHarness.registry(version, 1_000_000);
            for (HeapBounds heap :
                    List.of(
                            new HeapBounds(0, 0),
                            new HeapBounds(1, 1),
                            new HeapBounds(1, 3_000),
                            new HeapBounds(1_000, 1 << 26))) {
                Setup setup = Setup.DEFAULT.with(registry).with(heap);
                setups.add(Arguments.of(version + " on the heap, bounds " + heap, setup));
                setups.add(
                        Arguments.of(version + " on RocksDB, bounds " + heap, setup.onRocksDb()));
            }
        }
        return setups.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setups")
    void boundsAndCheckpointsChangeNothing(String name, Setup setup) throws Exception {
        List<MarketEvent> events = withDuplicates(market(11));
        Outputs expected = undisturbed(setup, events);
        Outputs given = new Outputs();

        int every = setup.rocksDb() ? 23 : 2;
        try (FeaturesHarness harness = setup.open()) {
            for (int i = 0; i < events.size(); i++) {
                harness.feed(events.subList(i, i + 1));
                if (i % every == 0) {
                    harness.snapshot();
                }
            }
            harness.watermark(Long.MAX_VALUE);
            given.addAll(harness);
        }

        given.assertSame(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setups")
    void aRestartAtEveryEventChangesNothing(String name, Setup setup) throws Exception {
        List<MarketEvent> events = withDuplicates(market(12));
        Outputs expected = undisturbed(setup, events);
        Outputs given = new Outputs();

        int every = setup.rocksDb() ? 47 : setup.heap().engines() == 1 ? 1 : 5;
        FeaturesHarness harness = setup.open();
        for (int i = 0; i < events.size(); i++) {
            harness.feed(events.subList(i, i + 1));
            if (i % every == 0) {
                OperatorSubtaskState snapshot = harness.snapshot();
                FeaturesHarness next = setup.restore(snapshot);
                next.continues(harness);
                given.addAll(harness);
                harness.close();
                harness = next;
            }
        }
        harness.watermark(Long.MAX_VALUE);
        given.addAll(harness);
        harness.close();

        given.assertSame(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, false", "2, 1, false", "1, 2, true", "2, 1, true", "2, 3, true"})
    void aChangeOfParallelismChangesNothing(int before, int after, boolean rocksDb)
            throws Exception {
        Setup setup = rocksDb ? Setup.DEFAULT.onRocksDb() : Setup.DEFAULT;
        List<MarketEvent> events = jittered(Events.market(5, 7, 6), new SplittableRandom(5));
        Outputs expected = undisturbed(setup, events);
        Outputs given = new Outputs();
        int cut = events.size() / 2;

        List<OperatorSubtaskState> snapshots = new ArrayList<>();
        long reached = run(setup, before, List.of(), events.subList(0, cut), 0, given, snapshots);
        OperatorSubtaskState whole =
                AbstractStreamOperatorTestHarness.repackageState(
                        snapshots.toArray(OperatorSubtaskState[]::new));
        List<OperatorSubtaskState> shares = new ArrayList<>();
        for (int i = 0; i < after; i++) {
            shares.add(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            whole, MAX_PARALLELISM, before, after, i));
        }
        run(setup, after, shares, events.subList(cut, events.size()), reached, given, null);

        given.assertSame(expected);
    }

    /** Runs the events through so many tasks; answers the newest event time, milliseconds. */
    private static long run(
            Setup setup,
            int parallelism,
            List<OperatorSubtaskState> restored,
            List<MarketEvent> events,
            long reached,
            Outputs given,
            @Nullable List<OperatorSubtaskState> snapshots)
            throws Exception {
        List<FeaturesHarness> tasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            Setup task = setup.subtask(i, parallelism);
            tasks.add(restored.isEmpty() ? task.open() : task.restore(restored.get(i)));
        }
        long newest = reached;
        for (MarketEvent event : events) {
            tasks.get(
                            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                    event.symbol(), MAX_PARALLELISM, parallelism))
                    .take(event);
            newest = Math.max(newest, event.eventTimeMicros() / 1_000);
            for (FeaturesHarness task : tasks) {
                task.watermark(newest - FeaturesHarness.LATENESS - 1);
            }
        }
        for (FeaturesHarness task : tasks) {
            if (snapshots == null) {
                task.watermark(Long.MAX_VALUE);
            } else {
                snapshots.add(task.snapshot());
            }
            given.addAll(task);
            task.close();
        }
        return newest;
    }

    @Test
    void oneQueueFarAheadIsReadBackSecondBySecond() throws Exception {
        List<MarketEvent> events = Events.market(21, 2, 40);
        Outputs expected = undisturbed(Setup.DEFAULT, events);
        Outputs given = new Outputs();

        try (FeaturesHarness harness =
                Setup.DEFAULT.with(new HeapBounds(10, 20_000)).onRocksDb().open()) {
            for (MarketEvent event : events) {
                harness.take(event);
            }
            for (long behind = NOON; behind < NOON + 40_000; behind += 130) {
                harness.watermark(behind);
            }
            harness.watermark(Long.MAX_VALUE);
            given.addAll(harness);
        }

        given.assertSame(expected);
    }

    @Test
    void nothingIsLeftInStateWhenASymbolHasEnded() throws Exception {
        for (HeapBounds heap : List.of(new HeapBounds(0, 0), new HeapBounds(10, 1 << 20))) {
            try (FeaturesHarness harness = Setup.DEFAULT.with(heap).open()) {
                harness.feed(market(3));
                harness.take(trade("NEWUSDT", NOON - 5_000, 1, 1, "late, of a symbol never seen"));
                harness.snapshot();
                assertThat(harness.keyedEntries()).isPositive();

                harness.watermark(NOON + 3 * 3_600_000);

                assertThat(harness.keyedEntries()).isZero();
                assertThat(Setup.DEFAULT.restore(harness.snapshot()).keyedEntries()).isZero();
            }
        }
    }

    @Test
    void aJumpOfTheWatermarkOverHoursLeavesNothing() throws Exception {
        try (FeaturesHarness harness = Setup.DEFAULT.open()) {
            for (MarketEvent event : market(3)) {
                harness.take(event);
            }
            harness.watermark(NOON + 3 * 3_600_000);
            harness.snapshot();

            assertThat(harness.keyedEntries()).isZero();
        }
    }

    @Test
    void aDuplicateIsKnownLongAfterItsStepAndAfterARestart() throws Exception {
        FeaturesHarness before = Setup.DEFAULT.open();
        before.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        for (long t = NOON + 1_000; t < NOON + 3_000_000; t += 7_000) {
            before.feed(List.of(trade("BTCUSDT", t, 50_000, 1, "t" + t)));
        }
        OperatorSubtaskState snapshot = before.snapshot();
        before.close();
        try (FeaturesHarness after = Setup.DEFAULT.restore(snapshot)) {
            after.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
            after.take(trade("BTCUSDT", NOON + 200, 50_000, 1, "late"));
            after.take(trade("BTCUSDT", NOON + 200, 50_000, 1, "late"));

            assertThat(after.side(FeatureOutputs.DUPLICATES)).hasSize(2);
            assertThat(after.archived()).hasSize(1);
        }
    }

    /** With a cadence of several steps: an engine may end at a grid time only. */
    @Test
    void aPauseThatEndsBetweenTwoGridTimesGivesTheRowsOfAnEngineThatWasKept() throws Exception {
        Registry registry = FeaturesHarness.registry("1.0.0", 5_000_000);
        FeatureSet features = registry.compile();
        long lookback = features.lookbackMicros() / 1_000;
        double[] bids = {99, 1};
        double[] asks = {101, 1};
        List<MarketEvent> events =
                List.of(
                        Events.book("BTCUSDT", NOON + 500, BookUpdate.Kind.SNAPSHOT, 5, bids, asks),
                        trade("BTCUSDT", NOON + lookback + 3_300, 50_000, 1, "a"));
        SymbolEngine kept = SymbolEngine.create(features, "BTCUSDT");
        List<FeatureRow> expected = new ArrayList<>();
        int next = 0;
        for (long t = NOON + 5_000; t <= NOON + lookback + 5_000; t += 5_000) {
            while (next < events.size() && events.get(next).eventTimeMicros() < t * 1_000) {
                kept.accept(events.get(next++));
            }
            expected.add(kept.rowAt(t * 1_000));
        }

        try (FeaturesHarness harness = Setup.DEFAULT.with(registry).open()) {
            for (MarketEvent event : events) {
                harness.take(event);
                harness.watermark(event.eventTimeMicros() / 1_000);
            }
            harness.watermark(NOON + lookback + 5_000);

            int last = expected.size() - 1;
            assertThat(harness.rows().get(last)).isEqualTo(expected.get(last));
            assertThat(harness.rows()).hasSameSizeAs(expected);
        }
    }

    /**
     * What this release wrote is what every later one reads. The file of a release stays as it is;
     * until 0.1 is one, a change of the engine's form writes it anew: {@code mvn -pl job -am test
     * -Dtest=SymbolFeaturesStateTest -Dsurefire.failIfNoSpecifiedTests=false
     * -Dtidemark.regenerate=true}.
     */
    @Test
    void restoresTheStateOfRelease01() throws Exception {
        Path golden = Path.of("src/test/resources/state/symbol-features-0.1.snapshot");
        List<MarketEvent> events = market(8);
        int cut = events.size() / 2;
        Outputs expected = undisturbed(Setup.DEFAULT, events);
        FeaturesHarness before = Setup.DEFAULT.with(new HeapBounds(10, 4_000)).open();
        before.feed(events.subList(0, cut));
        if (Boolean.getBoolean("tidemark.regenerate")) {
            Files.createDirectories(golden.getParent());
            OperatorSnapshotUtil.writeStateHandle(before.snapshot(), golden.toString());
        }
        Outputs given = new Outputs();
        given.addAll(before);
        before.close();

        try (FeaturesHarness after =
                Setup.DEFAULT.restore(OperatorSnapshotUtil.readStateHandle(golden.toString()))) {
            after.continues(before);
            after.takeAll(events.subList(cut, events.size()));
            given.addAll(after);
        }

        given.assertSame(expected);
    }

    private static List<MarketEvent> market(long seed) {
        return jittered(Events.market(seed, 2, 5), new SplittableRandom(seed));
    }

    /** Every seventh event comes again, some of them after their step. */
    private static List<MarketEvent> withDuplicates(List<MarketEvent> events) {
        List<MarketEvent> more = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            more.add(events.get(i));
            if (i % 7 == 6) {
                more.add(events.get(i / 2));
                more.add(events.get(i));
            }
        }
        return more;
    }

    private static Outputs undisturbed(Setup setup, List<MarketEvent> events) throws Exception {
        Outputs outputs = new Outputs();
        try (FeaturesHarness harness = Setup.DEFAULT.with(setup.registry()).open()) {
            harness.takeAll(events);
            outputs.addAll(harness);
        }
        return outputs;
    }

    private static final class Outputs {
        private final List<FeatureRow> rows = new ArrayList<>();
        private final List<ArchivedEvent> archived = new ArrayList<>();
        private final List<ArchivedEvent> duplicates = new ArrayList<>();

        void addAll(FeaturesHarness harness) throws Exception {
            rows.addAll(harness.rows());
            archived.addAll(harness.archived());
            duplicates.addAll(harness.side(FeatureOutputs.DUPLICATES));
        }

        void assertSame(Outputs expected) {
            rows.sort(BY_SYMBOL_AND_TIME);
            expected.rows.sort(BY_SYMBOL_AND_TIME);
            assertThat(rows).isEqualTo(expected.rows).hasSizeGreaterThan(5);
            assertThat(FeaturesHarness.inOrder(archived))
                    .isEqualTo(FeaturesHarness.inOrder(expected.archived));
            assertThat(FeaturesHarness.inOrder(duplicates))
                    .isEqualTo(FeaturesHarness.inOrder(expected.duplicates));
        }
    }
}
