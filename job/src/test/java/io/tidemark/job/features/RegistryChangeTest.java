package io.tidemark.job.features;

import static io.tidemark.job.features.Events.NOON;
import static io.tidemark.job.features.FeaturesHarness.BY_SYMBOL_AND_TIME;
import static io.tidemark.job.features.FeaturesHarness.MAX_PARALLELISM;
import static io.tidemark.job.features.FeaturesHarness.jittered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.Completeness;
import io.tidemark.features.engine.EventRows;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.features.FeaturesHarness.Setup;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.registry.RegistryChange;
import io.tidemark.job.registry.RegistryEvent;
import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator goes over to another registry at the time it is told, whatever fails meanwhile. */
class RegistryChangeTest {
    private static final long CHANGE = (NOON + 21_000) * 1_000;
    private static final int SECONDS = 45;

    static Stream<Arguments> changes() {
        List<Arguments> all = new ArrayList<>();
        Registry one = FeaturesHarness.registry("1.0.0", 1_000_000);
        Registry two = FeaturesHarness.registry("2.0.0", 1_000_000);
        for (HeapBounds heap : List.of(new HeapBounds(0, 0), new HeapBounds(1_000, 1 << 26))) {
            Setup setup = Setup.DEFAULT.with(heap);
            all.add(Arguments.of("1 to 2, " + heap, setup.with(one), two));
            all.add(Arguments.of("2 to 1, " + heap, setup.with(two), one));
            all.add(
                    Arguments.of(
                            "another step, " + heap,
                            setup.with(one),
                            FeaturesHarness.registry("2.0.0", 300_000)));
            all.add(
                    Arguments.of(
                            "off the old grid, " + heap,
                            setup.with(FeaturesHarness.registry("1.0.0", 5_000_000)),
                            FeaturesHarness.registry("2.0.0", 700_000)));
        }
        all.add(
                Arguments.of(
                        "short windows",
                        Setup.DEFAULT.with(shortWindows("8.0.0", "volume_3s", "vwap_3s")),
                        shortWindows("8.1.0", "vwap_3s", "trade_count_3s")));
        all.add(Arguments.of("on RocksDB", Setup.DEFAULT.with(one).onRocksDb(), two));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void rowsUpToTheTimeAreOfTheOldAndLaterOnesOfTheNew(String name, Setup setup, Registry next)
            throws Exception {
        List<MarketEvent> events = Events.market(31, 3, SECONDS);
        List<FeatureRow> rows = undisturbed(setup, events, next);

        FeatureSet before = setup.registry().compile();
        FeatureSet after = next.compile();
        Map<String, FeatureRow> ofOld = byKey(reference(before, events));
        Map<String, FeatureRow> ofNew = byKey(reference(after, events));
        int warm = 0;
        for (FeatureRow row : rows) {
            if (row.gridTimeMicros() <= CHANGE) {
                assertThat(row).isEqualTo(ofOld.remove(key(row)));
                ofNew.remove(key(row));
                continue;
            }
            FeatureRow whole = ofNew.remove(key(row));
            assertThat(row.registryVersion()).isEqualTo(after.version());
            assertThat(whole).as("a row the new registry has: " + key(row)).isNotNull();
            if ((row.completeness() & Completeness.WARM) != 0) {
                assertThat(row).isEqualTo(whole);
                warm++;
            }
        }
        assertThat(ofOld.values()).allMatch(row -> row.gridTimeMicros() > CHANGE);
        assertThat(ofNew.values()).allMatch(row -> row.gridTimeMicros() <= CHANGE);
        if (name.startsWith("short")) {
            assertThat(warm).as("warm after the change").isPositive();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aRestartAtAnyTimeChangesNoRow(String name, Setup setup, Registry next) throws Exception {
        List<MarketEvent> events = jittered(Events.market(32, 2, SECONDS), new SplittableRandom(3));
        List<FeatureRow> wanted = undisturbed(setup, events, next);
        int every = setup.rocksDb() ? 53 : 11;
        List<FeatureRow> rows = new ArrayList<>();
        FeaturesHarness harness = setup.open();
        for (int i = 0; i < events.size(); i++) {
            if (i == events.size() / 5) {
                harness.tell(0, change(next));
            }
            harness.feed(events.subList(i, i + 1));
            if (i % every == 0) {
                FeaturesHarness restored = setup.restore(harness.snapshot());
                restored.continues(harness);
                rows.addAll(harness.rows());
                harness.close();
                harness = restored;
            }
        }
        harness.watermark(Long.MAX_VALUE);
        rows.addAll(harness.rows());
        harness.close();

        rows.sort(BY_SYMBOL_AND_TIME);
        assertThat(rows).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, false, 18000",
        "2, 1, false, 18000",
        "1, 3, true, 18000",
        "2, 1, false, 21600",
        "1, 2, false, 25000",
        "3, 2, true, 25000"
    })
    void aChangeOfParallelismMeanwhileChangesNoRow(
            int before, int after, boolean rocksDb, long restartAt) throws Exception {
        Setup setup = rocksDb ? Setup.DEFAULT.onRocksDb() : Setup.DEFAULT;
        Registry next = FeaturesHarness.registry("2.0.0", 1_000_000);
        List<MarketEvent> events = jittered(Events.market(5, 7, SECONDS), new SplittableRandom(5));
        List<FeatureRow> wanted = undisturbed(setup, events, next);
        int cut = 0;
        while (events.get(cut).eventTimeMicros() < (NOON + restartAt) * 1_000) {
            cut++;
        }

        List<FeatureRow> rows = new ArrayList<>();
        List<FeaturesHarness> tasks = tasks(before, index -> setup.subtask(index, before).open());
        for (FeaturesHarness task : tasks) {
            task.tell(0, change(next));
        }
        long newest = feed(tasks, events.subList(0, cut), 0);
        List<OperatorSubtaskState> snapshots = new ArrayList<>();
        for (FeaturesHarness task : tasks) {
            snapshots.add(task.snapshot());
            rows.addAll(task.rows());
            task.close();
        }
        OperatorSubtaskState whole =
                AbstractStreamOperatorTestHarness.repackageState(
                        snapshots.toArray(OperatorSubtaskState[]::new));
        tasks =
                tasks(
                        after,
                        index ->
                                setup.subtask(index, after)
                                        .restore(
                                                AbstractStreamOperatorTestHarness
                                                        .repartitionOperatorState(
                                                                whole,
                                                                MAX_PARALLELISM,
                                                                before,
                                                                after,
                                                                index)));
        feed(tasks, events.subList(cut, events.size()), newest);
        for (FeaturesHarness task : tasks) {
            task.watermark(Long.MAX_VALUE);
            rows.addAll(task.rows());
            task.close();
        }

        rows.sort(BY_SYMBOL_AND_TIME);
        assertThat(rows).isEqualTo(wanted);
    }

    @Test
    void closesNothingBeforeTheCoordinatorHasSpoken() throws Exception {
        List<MarketEvent> events = Events.market(1, 2, 10);
        List<FeatureRow> wanted;
        try (FeaturesHarness told = Setup.DEFAULT.open()) {
            told.takeAll(events);
            wanted = told.rowsInOrder();
        }
        try (FeaturesHarness untold = Setup.DEFAULT.untold().open()) {
            untold.feed(events);
            assertThat(untold.rows()).isEmpty();
            untold.tell(0);
            assertThat(untold.rows()).isNotEmpty();
            untold.watermark(Long.MAX_VALUE);
            assertThat(untold.rowsInOrder()).isEqualTo(wanted);
        }
    }

    @Test
    void goesNoFurtherThanItSaidUntilItIsTold() throws Exception {
        List<MarketEvent> events = Events.market(1, 2, 20);
        try (FeaturesHarness harness = Setup.DEFAULT.open()) {
            harness.feed(events.subList(0, events.size() / 2));
            RegistryEvent.Held held = harness.ask(4);
            int before = harness.rows().size();
            assertThat(held.round()).isEqualTo(4);
            assertThat(held.holdMicros()).isGreaterThan(held.closedMicros());

            harness.feed(events.subList(events.size() / 2, events.size()));
            assertThat(harness.rows().subList(before, harness.rows().size()))
                    .allMatch(row -> row.gridTimeMicros() <= held.holdMicros());
            OperatorSubtaskState snapshot = harness.snapshot();

            harness.tell(0);
            assertThat(harness.rows().get(harness.rows().size() - 1).gridTimeMicros())
                    .isGreaterThan(held.holdMicros() + 5_000_000);
            try (FeaturesHarness restored = Setup.DEFAULT.restore(snapshot)) {
                restored.continues(harness);
                restored.watermark(NOON + 19_000);
                assertThat(restored.rows()).isNotEmpty();
                assertThat(restored.side(FeatureOutputs.DUPLICATES)).isEmpty();
            }
        }
    }

    @Test
    void refusesAChangeOfThePast() throws Exception {
        try (FeaturesHarness harness = Setup.DEFAULT.open()) {
            harness.feed(Events.market(1, 2, SECONDS));
            assertThatThrownBy(
                            () ->
                                    harness.tell(
                                            0,
                                            change(FeaturesHarness.registry("2.0.0", 1_000_000))))
                    .rootCause()
                    .hasMessageContaining("wanted a change of registry from");
        }
    }

    @Test
    void severalChangesOneAfterTheOtherAreForgottenWhenTheyAreOver() throws Exception {
        List<MarketEvent> events = Events.market(8, 2, SECONDS);
        List<Registry> registries = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            String yaml = Setup.DEFAULT.registry().yaml().replace("\"1.0.0\"", "\"1.0." + i + "\"");
            registries.add(new Registry(yaml, 1_000_000));
        }
        try (FeaturesHarness harness = Setup.DEFAULT.open()) {
            int next = 0;
            long told = 0;
            for (MarketEvent event : events) {
                harness.feed(List.of(event));
                RegistryEvent.Held held = harness.ask(1);
                harness.tell(0);
                if (held.closedMicros() > Math.max(told, (NOON + 2_000) * 1_000)
                        && next < registries.size()) {
                    told = Math.floorDiv(held.holdMicros() + 999_999, 1_000_000) * 1_000_000;
                    harness.tell(
                            next,
                            new RegistryChange(next + 1, next + 1, registries.get(next), told));
                    next++;
                }
            }
            assertThat(next).isEqualTo(registries.size());
            harness.watermark(Long.MAX_VALUE);
            assertThat(harness.rows().stream().map(FeatureRow::registryVersion).distinct())
                    .hasSize(registries.size() + 1);
            // Every row as of one registry: they differ in their version only.
            List<FeatureRow> rows = harness.rowsInOrder();
            List<FeatureRow> wanted = reference(Setup.DEFAULT.registry().compile(), events);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).values()).isEqualTo(wanted.get(i).values());
                assertThat(rows.get(i).completeness()).isEqualTo(wanted.get(i).completeness());
            }
            assertThat(harness.registriesInState()).isLessThanOrEqualTo(2);
        }
    }

    private static Registry shortWindows(String version, String... names) {
        StringBuilder yaml =
                new StringBuilder("version: " + version + "\ncadence: 1s\nfeatures:\n");
        for (String name : names) {
            yaml.append(
                    "  - {name: %s, input_sources: [trades], lookback_window: 3s, lookahead_forbidden: true, max_lookback_days: 1}%n"
                            .formatted(name));
        }
        return new Registry(yaml.toString(), 1_000_000);
    }

    private static RegistryChange change(Registry next) {
        return new RegistryChange(1, 2, next, CHANGE);
    }

    private static List<FeatureRow> undisturbed(
            Setup setup, List<MarketEvent> events, Registry next) throws Exception {
        try (FeaturesHarness harness =
                Setup.DEFAULT.with(setup.registry()).with(setup.heap()).open()) {
            harness.tell(0, change(next));
            harness.takeAll(events);
            return harness.rowsInOrder();
        }
    }

    private interface Opening {
        FeaturesHarness open(int index) throws Exception;
    }

    private static List<FeaturesHarness> tasks(int parallelism, Opening opening) throws Exception {
        List<FeaturesHarness> tasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            tasks.add(opening.open(i));
        }
        return tasks;
    }

    private static long feed(List<FeaturesHarness> tasks, List<MarketEvent> events, long reached)
            throws Exception {
        long newest = reached;
        for (MarketEvent event : events) {
            tasks.get(
                            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                    event.symbol(), MAX_PARALLELISM, tasks.size()))
                    .take(event);
            newest = Math.max(newest, event.eventTimeMicros() / 1_000);
            for (FeaturesHarness task : tasks) {
                task.watermark(newest - FeaturesHarness.LATENESS - 1);
            }
        }
        return newest;
    }

    private static List<FeatureRow> reference(FeatureSet features, List<MarketEvent> events) {
        List<FeatureRow> rows = new ArrayList<>();
        events.stream()
                .collect(
                        Collectors.groupingBy(
                                MarketEvent::symbol, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(own -> rows.addAll(EventRows.of(features, own, 100_000).rows()));
        return rows;
    }

    private static Map<String, FeatureRow> byKey(List<FeatureRow> rows) {
        return rows.stream()
                .collect(Collectors.toMap(RegistryChangeTest::key, Function.identity()));
    }

    private static String key(FeatureRow row) {
        return row.symbol() + "@" + row.gridTimeMicros();
    }
}
