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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 1: a row is a pure function. Equality here is of bits. */
class EnginePurityTest {
    private static final FeatureSet SET = FeatureSet.builtIn("1.0.0");
    private static final long START = 1_700_000_000_000_000L;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesNotDependOnTheOrderOfArrival(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed % 10, START, 400, 0.002);
        List<Long> grid = Rows.grid(SET, events, SECOND);

        List<MarketEvent> arrived = new ArrayList<>(events);
        shuffle(arrived, seed);
        assertThat(arrived).isNotEqualTo(events);
        arrived.sort(CanonicalOrder.INSTANCE);

        assertThat(Rows.at(SET, arrived, grid)).isEqualTo(Rows.at(SET, events, grid));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void doesNotDependOnWhenTheEngineBeganWithTrades(long seed) {
        List<MarketEvent> trades =
                RandomMarket.events(seed, START, 3_000, 0.003).stream()
                        .filter(e -> e instanceof Trade)
                        .toList();
        SplittableRandom random = new SplittableRandom(seed);
        List<FeatureRow> rows = Rows.at(SET, trades, Rows.grid(SET, trades, SECOND));
        for (int i = 0; i < 40; i++) {
            FeatureRow row = rows.get(random.nextInt(rows.size()));
            long begin =
                    row.gridTimeMicros()
                            - SET.lookbackMicros()
                            - (random.nextBoolean() ? 0 : random.nextLong(100 * SECOND));
            List<MarketEvent> known =
                    trades.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(SET, known, row.gridTimeMicros())).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void doesNotDependOnWhenTheEngineBeganWithABookSnapshotInTheLookback(long seed) {
        List<MarketEvent> events =
                RandomMarket.events(seed, START, 4_000, 0).stream()
                        .filter(e -> e.type().ordinal() <= 1)
                        .toList();
        List<FeatureRow> rows = Rows.at(SET, events, Rows.grid(SET, events, SECOND));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            FeatureRow row = rows.get(random.nextInt(700, rows.size()));
            long begin = row.gridTimeMicros() - SET.lookbackMicros();
            List<MarketEvent> known =
                    events.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(SET, known, row.gridTimeMicros())).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void doesNotDependOnBeingSavedAndRestored(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed, START, 700, 0.01);
        List<Long> grid = Rows.grid(SET, events, SECOND);
        List<FeatureRow> wanted = Rows.at(SET, events, grid);

        SymbolEngine engine = SymbolEngine.create(SET, Events.SYMBOL);
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
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void doesNotDependOnWhichRowsAndStepsCameBefore(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed, START, 2_000, 0.004);
        List<Long> grid = Rows.grid(SET, events, SECOND);
        List<FeatureRow> all = Rows.at(SET, events, grid);
        SplittableRandom random = new SplittableRandom(seed);

        SymbolEngine engine = SymbolEngine.create(SET, Events.SYMBOL);
        int next = 0;
        for (int i = 0; i < grid.size(); i++) {
            long t = grid.get(i);
            while (next < events.size() && events.get(next).eventTimeMicros() < t) {
                engine.accept(events.get(next++));
            }
            if (random.nextInt(3) == 0) {
                engine.advanceTo(t - random.nextLong(SECOND) / 2_000_000);
            }
            if (random.nextInt(20) == 0) {
                assertThat(engine.rowAt(t)).isEqualTo(all.get(i));
                assertThat(engine.rowAt(t)).isEqualTo(all.get(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void doesNotSeeAnythingAtOrAfterT(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed, START, 1_500, 0.002);
        List<Long> grid = Rows.grid(SET, events, SECOND);
        List<FeatureRow> all = Rows.at(SET, events, grid);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30; i++) {
            int row = random.nextInt(grid.size());
            List<MarketEvent> past =
                    events.stream().filter(e -> e.eventTimeMicros() < grid.get(row)).toList();
            assertThat(Rows.at(SET, past, grid.subList(0, row + 1)).get(row))
                    .isEqualTo(all.get(row));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void isTheSameWhetherAnIdleStateIsKeptOrDropped(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed, START, 600, 0.1);
        List<Long> grid = Rows.grid(SET, events, SECOND);
        List<FeatureRow> kept = Rows.at(SET, events, grid);

        SymbolEngine engine = SymbolEngine.create(SET, Events.SYMBOL);
        int next = 0;
        int dropped = 0;
        for (int i = 0; i < grid.size(); i++) {
            while (next < events.size() && events.get(next).eventTimeMicros() < grid.get(i)) {
                engine.accept(events.get(next++));
            }
            if (next > 0 && engine.idleAt(grid.get(i))) {
                engine = SymbolEngine.create(SET, Events.SYMBOL);
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
