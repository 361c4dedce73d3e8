package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.registry.RegistryDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariant 1: a row is a pure function. Equality here is of bits. */
class EnginePurityTest {
    private static final List<String> SETS =
            List.of("1.0.0@1s", "2.0.0@1s", "2.0.0@100ms", "2.0.0@1m", "mixed@1s", "mixed@100ms");
    private static final long START = 1_700_000_000_000_000L;

    /** Every set with every seed; release 1's with many more. */
    static Stream<Arguments> sets() {
        return Stream.concat(
                SETS.stream()
                        .flatMap(
                                set ->
                                        LongStream.rangeClosed(1, set.endsWith("ms") ? 1 : 2)
                                                .mapToObj(seed -> Arguments.of(set, seed))),
                LongStream.of(5, 8, 13, 21, 34).mapToObj(seed -> Arguments.of(SETS.get(0), seed)));
    }

    static Stream<Arguments> orders() {
        return Stream.concat(
                LongStream.range(0, 300).mapToObj(seed -> Arguments.of(SETS.get(0), seed)), sets());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void doesNotDependOnTheOrderOfArrival(String name, long seed) {
        FeatureSet set = Sets.of(name);
        List<MarketEvent> events = RandomMarket.events(seed % 10, START, 400, 0.002);
        List<Long> grid = Rows.grid(set, events, set.cadenceMicros());

        List<MarketEvent> arrived = new ArrayList<>(events);
        shuffle(arrived, seed);
        assertThat(arrived).isNotEqualTo(events);
        arrived.sort(CanonicalOrder.INSTANCE);

        assertThat(Rows.at(set, arrived, grid)).isEqualTo(Rows.at(set, events, grid));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void doesNotDependOnWhenTheEngineBeganWithTrades(String name, long seed) {
        FeatureSet set = Sets.of(name);
        List<MarketEvent> trades =
                RandomMarket.events(seed, START, 3_000, 0.003).stream()
                        .filter(e -> e instanceof Trade)
                        .toList();
        SplittableRandom random = new SplittableRandom(seed);
        List<FeatureRow> rows = Rows.at(set, trades, Rows.grid(set, trades, set.cadenceMicros()));
        for (int i = 0; i < 40; i++) {
            FeatureRow row = rows.get(random.nextInt(rows.size()));
            long begin =
                    row.gridTimeMicros()
                            - set.lookbackMicros()
                            - (random.nextBoolean() ? 0 : random.nextLong(100 * SECOND));
            List<MarketEvent> known =
                    trades.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(set, known, row.gridTimeMicros())).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void doesNotDependOnWhenTheEngineBeganWithABookSnapshotInTheLookback(String name, long seed) {
        FeatureSet set = Sets.of(name);
        List<MarketEvent> events =
                RandomMarket.events(seed, START, 4_000, 0).stream()
                        .filter(e -> e.type().ordinal() <= 1)
                        .toList();
        List<FeatureRow> rows = Rows.at(set, events, Rows.grid(set, events, set.cadenceMicros()));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            FeatureRow row = rows.get(random.nextInt(rows.size() / 3, rows.size()));
            long begin = row.gridTimeMicros() - set.lookbackMicros();
            List<MarketEvent> known =
                    events.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(set, known, row.gridTimeMicros())).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void doesNotDependOnBeingSavedAndRestored(String name, long seed) {
        FeatureSet set = Sets.of(name);
        List<MarketEvent> events = RandomMarket.events(seed, START, 700, 0.01);
        List<Long> grid = Rows.grid(set, events, set.cadenceMicros());
        List<FeatureRow> wanted = Rows.at(set, events, grid);

        SymbolEngine engine = SymbolEngine.create(set, Events.SYMBOL);
        List<FeatureRow> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        int next = 0;
        for (long t : grid) {
            while (next < events.size() && events.get(next).eventTimeMicros() < t) {
                engine.accept(events.get(next++));
                engine = Rows.savedAndRestored(engine);
            }
            if (random.nextInt(5) == 0) {
                engine = Rows.savedAndRestored(engine);
            }
            rows.add(engine.rowAt(t));
        }
        assertThat(rows).isEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void doesNotDependOnWhichRowsAndStepsCameBefore(String name, long seed) {
        FeatureSet set = Sets.of(name);
        List<MarketEvent> events = RandomMarket.events(seed, START, 2_000, 0.004);
        List<Long> grid = Rows.grid(set, events, set.cadenceMicros());
        List<FeatureRow> all = Rows.at(set, events, grid);
        SplittableRandom random = new SplittableRandom(seed);

        SymbolEngine engine = SymbolEngine.create(set, Events.SYMBOL);
        int next = 0;
        for (int i = 0; i < grid.size(); i++) {
            long t = grid.get(i);
            while (next < events.size() && events.get(next).eventTimeMicros() < t) {
                engine.accept(events.get(next++));
            }
            if (random.nextInt(3) == 0) {
                engine.advanceTo(t - random.nextLong(set.cadenceMicros()) / 2_000_000);
            }
            if (random.nextInt(20) == 0) {
                assertThat(engine.rowAt(t)).isEqualTo(all.get(i));
                assertThat(engine.rowAt(t)).isEqualTo(all.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void doesNotSeeAnythingAtOrAfterT(String name, long seed) {
        FeatureSet set = Sets.of(name);
        List<MarketEvent> events = RandomMarket.events(seed, START, 1_500, 0.002);
        List<Long> grid = Rows.grid(set, events, set.cadenceMicros());
        List<FeatureRow> all = Rows.at(set, events, grid);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30; i++) {
            int row = random.nextInt(grid.size());
            List<MarketEvent> past =
                    events.stream().filter(e -> e.eventTimeMicros() < grid.get(row)).toList();
            assertThat(Rows.at(set, past, grid.get(row))).isEqualTo(all.get(row));
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void isTheSameWhetherAnIdleStateIsKeptOrDropped(String name, long seed) {
        FeatureSet set = Sets.of(name);
        long silence = set.lookbackMicros() + 100 * SECOND;
        List<MarketEvent> events = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            long start =
                    part == 0
                            ? START
                            : events.get(events.size() - 1).eventTimeMicros() + silence / part;
            events.addAll(RandomMarket.events(seed + part, start, 150, 0.05));
        }
        List<Long> grid = Rows.grid(set, events, set.cadenceMicros());
        List<FeatureRow> kept = Rows.at(set, events, grid);

        SymbolEngine engine = SymbolEngine.create(set, Events.SYMBOL);
        int next = 0;
        int dropped = 0;
        for (int i = 0; i < grid.size(); i++) {
            while (next < events.size() && events.get(next).eventTimeMicros() < grid.get(i)) {
                engine.accept(events.get(next++));
            }
            if (next > 0 && engine.idleAt(grid.get(i))) {
                engine = SymbolEngine.create(set, Events.SYMBOL);
                dropped++;
            }
            assertThat(engine.rowAt(grid.get(i))).isEqualTo(kept.get(i));
        }
        assertThat(dropped).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"300ms, 7s, 100000", "1m, 2s, 100000", "1500ms, 1m, 100000"})
    void holdsForCadencesThatFitNoWindow(String cadence, String carry, long pane) {
        FeatureSet set =
                FeatureSet.of(
                        RegistryDocument.parse(
                                """
                                version: 1.0.1
                                cadence: %s
                                carry: %s
                                features:
                                  - {name: volatility_9s, input_sources: [trades], lookback_window: 9s, lookahead_forbidden: true, max_lookback_days: 1}
                                  - {name: volume_700ms, input_sources: [trades], lookback_window: 700ms, lookahead_forbidden: true, max_lookback_days: 1}
                                  - {name: returns_1300ms, input_sources: [trades], lookback_window: 1300ms, lookahead_forbidden: true, max_lookback_days: 1}
                                """
                                        .formatted(cadence, carry)));
        assertThat(set.paneMicros()).isEqualTo(pane);
        List<MarketEvent> trades =
                RandomMarket.events(9, START, 2_000, 0.01).stream()
                        .filter(e -> e instanceof Trade)
                        .toList();
        List<FeatureRow> rows = Rows.at(set, trades, Rows.grid(set, trades, set.cadenceMicros()));
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            FeatureRow row = rows.get(random.nextInt(rows.size()));
            long begin = row.gridTimeMicros() - set.lookbackMicros();
            List<MarketEvent> known =
                    trades.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(set, known, row.gridTimeMicros())).isEqualTo(row);
        }
        assertThat(rows.stream().mapToDouble(r -> r.values()[0]).filter(v -> v > 0).count())
                .isPositive();
    }

    private static void shuffle(List<MarketEvent> events, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = events.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            MarketEvent event = events.get(i);
            events.set(i, events.get(j));
            events.set(j, event);
        }
    }
}
