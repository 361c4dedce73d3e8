package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 1 for what depends on the order of things in a window. Equality here is of bits. */
class FlowPurityTest {
    private static final long START = 1_700_000_000_000_000L;

    @ParameterizedTest
    @CsvSource({"1, 1s", "2, 1s", "3, 500ms", "5, 1s", "8, 300ms", "13, 2s"})
    void doesNotDependOnBeingSavedAndRestored(long seed, String cadence) {
        FeatureSet set = FlowRegistry.set(cadence);
        List<MarketEvent> events = FlowMarket.events(seed, START, 500, 0.01);
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
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void doesNotDependOnWhenTheEngineBeganWithTrades(long seed) {
        FeatureSet set = FlowRegistry.set("1s");
        List<MarketEvent> events = FlowMarket.events(seed, START, 3_000, 0.003);
        assertSameFromALookbackBefore(set, events, e -> e instanceof Trade, seed, 0);
    }

    /** A snapshot of the book is in every lookback before the longest window of the book. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void doesNotDependOnWhenTheEngineBeganWithABookSnapshotInTheLookback(long seed) {
        FeatureSet set = FlowRegistry.set("1s");
        List<MarketEvent> events = FlowMarket.events(seed, START, 4_000, 0);
        assertSameFromALookbackBefore(set, events, e -> e.type().ordinal() <= 1, seed, 700);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void doesNotDependOnWhenTheEngineBeganWithATickerThatTellsAll(long seed) {
        FeatureSet set =
                FlowRegistry.of(
                        "1s",
                        "oi_1m, open_interest_change, ticker, 1m, {}",
                        "oi_5m, open_interest_change, ticker, 5m, {}",
                        "funding_1m, funding_rate_change, ticker, 1m, {}");
        List<MarketEvent> events = FlowMarket.events(seed, START, 4_000, 0);
        assertSameFromALookbackBefore(
                set, events, e -> e instanceof Ticker ticker && tellsAll(ticker), seed, 700);
    }

    private static boolean tellsAll(Ticker ticker) {
        return !Double.isNaN(ticker.value(TickerField.OPEN_INTEREST))
                && !Double.isNaN(ticker.value(TickerField.FUNDING_RATE));
    }

    private static void assertSameFromALookbackBefore(
            FeatureSet set,
            List<MarketEvent> all,
            Predicate<MarketEvent> which,
            long seed,
            int firstRow) {
        List<MarketEvent> events = all.stream().filter(which).toList();
        List<FeatureRow> rows = Rows.at(set, events, Rows.grid(set, events, SECOND));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            FeatureRow row = rows.get(random.nextInt(firstRow, rows.size()));
            long begin =
                    row.gridTimeMicros()
                            - set.lookbackMicros()
                            - (random.nextBoolean() ? 0 : random.nextLong(100 * SECOND));
            List<MarketEvent> known =
                    events.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(set, known, row.gridTimeMicros())).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void doesNotDependOnWhichRowsAndStepsCameBefore(long seed) {
        FeatureSet set = FlowRegistry.set("1s");
        List<MarketEvent> events = FlowMarket.events(seed, START, 1_500, 0.004);
        List<Long> grid = Rows.grid(set, events, SECOND);
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
                engine.advanceTo(t - random.nextLong(SECOND) / 2_000_000);
            }
            if (random.nextInt(20) == 0) {
                assertThat(engine.rowAt(t)).isEqualTo(all.get(i));
                assertThat(engine.rowAt(t)).isEqualTo(all.get(i));
            }
        }
    }

    /** What two sets both keep goes over; what only the new one wants is not made up. */
    @Test
    void goesOnUnderAnotherFeatureSet() {
        FeatureSet one =
                FlowRegistry.of(
                        "1s",
                        "signs_1m, trade_sign_autocorrelation, trades, 1m, {}",
                        "churn_10s, churn_rate, orderbook, 10s, {}",
                        "ofi_10s, order_flow_imbalance, orderbook, 10s, {levels: 1}");
        FeatureSet other =
                FlowRegistry.of(
                        "1s",
                        "signs_10s, trade_sign_autocorrelation, trades, 10s, {}",
                        "signs_3m, trade_sign_autocorrelation, trades, 3m, {}",
                        "churn_10s, churn_rate, orderbook, 10s, {}",
                        "ofi_10s, order_flow_imbalance, orderbook, 10s, {levels: 2}",
                        "oi_1m, open_interest_change, ticker, 1m, {}");
        List<MarketEvent> events = FlowMarket.events(1, START, 900, 0);
        long t = events.get(events.size() - 1).eventTimeMicros() / SECOND * SECOND + SECOND;
        SymbolEngine engine = SymbolEngine.create(one, Events.SYMBOL);
        events.forEach(engine::accept);
        double[] values = Rows.restored(other, Rows.saved(engine)).rowAt(t).values();
        assertThat(values[0]).isEqualTo(Rows.at(other, events, t).values()[0]);
        assertThat(values[2]).as("of rings of another form").isNaN();
        assertThat(values[3]).as("of rings of another form").isNaN();
        assertThat(values[4]).as("never kept before").isNaN();
    }
}
