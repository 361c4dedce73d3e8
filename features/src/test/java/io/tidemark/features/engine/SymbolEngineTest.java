package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MINUTE;
import static io.tidemark.features.engine.Events.SECOND;
import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.RegistryDocument;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolEngineTest {
    private static final FeatureSet SET = FeatureSet.builtIn("1.0.0");
    private static final int MID = SET.names().indexOf("mid_price");
    private static final long T = 1_700_000_040 * SECOND;
    private static final double[] BIDS = levels(50000, 1.5);
    private static final double[] ASKS = levels(50001, 1.2);

    private final SymbolEngine engine = SymbolEngine.create(SET, Events.SYMBOL);

    @Test
    void refusesAnEventBeforeTheTimeClosed() {
        engine.advanceTo(T);
        assertThatThrownBy(() -> engine.accept(Events.buy(T - 1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(T))
                .hasMessageContaining("got TRADE");
        assertThat(engine.accept(Events.buy(T, 1, 1))).isEqualTo(Effect.APPLIED);
    }

    @Test
    void refusesAnEventBeforeTheLastOne() {
        engine.accept(Events.buy(T + 500, 1, 1));
        assertThatThrownBy(() -> engine.accept(Events.buy(T + 499, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesARowOnceAnEventAtOrAfterItIsIn() {
        engine.accept(Events.buy(T, 1, 1));
        assertThatThrownBy(() -> engine.rowAt(T))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after the last event");
        assertThat(engine.rowAt(T + SECOND).eventCount()).isEqualTo(1);
    }

    @Test
    void refusesARowOffTheGridAndOneInThePast() {
        assertThatThrownBy(() -> engine.rowAt(T + 1)).isInstanceOf(IllegalArgumentException.class);
        engine.rowAt(T);
        assertThatThrownBy(() -> engine.rowAt(T - SECOND))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnEventOfAnotherSymbol() {
        SymbolEngine other = SymbolEngine.create(SET, "ETHUSDT");
        assertThatThrownBy(() -> other.accept(Events.buy(T, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ETHUSDT");
    }

    @Test
    void saysWhatABookMessageDid() {
        List<Effect> effects =
                List.of(
                        engine.accept(Events.delta(T, 50, 4, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 5, BIDS, ASKS)),
                        engine.accept(Events.snapshot(T, 50, 6, BIDS, ASKS)),
                        engine.accept(Events.snapshot(T, 50, 6, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 6, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 7, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 9, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 10, BIDS, ASKS)),
                        engine.accept(Events.snapshot(T, 50, 11, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 1, BIDS, ASKS)),
                        engine.accept(Events.delta(T, 50, 2, BIDS, ASKS)),
                        engine.accept(Events.snapshot(T, 1, 500, BIDS, ASKS)));
        assertThat(effects)
                .containsExactly(
                        Effect.BOOK_GAP,
                        Effect.BOOK_IGNORED,
                        Effect.APPLIED,
                        Effect.APPLIED,
                        Effect.BOOK_IGNORED,
                        Effect.APPLIED,
                        Effect.BOOK_GAP,
                        Effect.BOOK_IGNORED,
                        Effect.APPLIED,
                        Effect.BOOK_RESTART,
                        Effect.APPLIED,
                        Effect.BOOK_IGNORED);
    }

    @Test
    void aBookThatIsNotTheVenuesIsUndefinedUntilTheNextFullOne() {
        engine.accept(Events.snapshot(T - 9, 50, 4, BIDS, ASKS));
        BookUpdate wrong =
                new BookUpdate(
                        Events.header(T - 8, 5, "5"),
                        BookUpdate.Kind.DELTA,
                        50,
                        5,
                        BIDS,
                        ASKS,
                        4_711);
        assertThat(engine.accept(wrong)).isEqualTo(Effect.BOOK_MISMATCH);
        assertThat(engine.accept(Events.delta(T - 7, 50, 6, BIDS, ASKS)))
                .isEqualTo(Effect.BOOK_IGNORED);
        FeatureRow row = engine.rowAt(T);
        assertThat(row.completeness() & Completeness.BOOK_VALID).isZero();
        assertThat(row.values()[MID]).isNaN();

        engine.accept(Events.snapshot(T, 50, 7, BIDS, ASKS));
        row = engine.rowAt(T + SECOND);
        assertThat(row.completeness() & Completeness.BOOK_VALID).isNotZero();
        assertThat(row.values()[MID]).isPositive();
    }

    @Test
    void aRowSaysWhatItRestsOn() {
        engine.accept(Events.buy(T - 6 * MINUTE, 100, 1));
        engine.accept(Events.kline(T - 5 * MINUTE));
        engine.accept(Events.ticker(T - 5 * MINUTE, 1e-4, EventHeader.UNKNOWN_TIME));
        engine.accept(Events.buy(T - 2, 100, 1));
        engine.accept(Events.snapshot(T - 1, 50, 1, BIDS, ASKS));
        FeatureRow row = engine.rowAt(T);
        assertThat(row.completeness())
                .isEqualTo(
                        Completeness.TRADES_LIVE
                                | Completeness.BOOK_LIVE
                                | Completeness.BOOK_VALID
                                | Completeness.TICKER_LIVE
                                | Completeness.KLINE_LIVE
                                | Completeness.WARM);
        assertThat(row.eventCount()).isEqualTo(2);
        assertThat(row.maxEventTimeMicros()).isEqualTo(T - 1);
        assertThat(row.symbol()).isEqualTo(Events.SYMBOL);
        assertThat(row.registryVersion()).isEqualTo("1.0.0");

        FeatureRow later = engine.rowAt(T + SECOND);
        assertThat(later.completeness())
                .isEqualTo(
                        Completeness.TRADES_LIVE
                                | Completeness.BOOK_LIVE
                                | Completeness.BOOK_VALID
                                | Completeness.WARM);
        assertThat(later.eventCount()).isZero();
    }

    @Test
    void isWarmFromATradeExactlyTheLongestWindowOld() {
        engine.accept(Events.buy(T - 5 * MINUTE, 100, 1));
        assertThat(engine.rowAt(T).completeness() & Completeness.WARM).isNotZero();
        SymbolEngine younger = SymbolEngine.create(SET, Events.SYMBOL);
        younger.accept(Events.buy(T - 5 * MINUTE + 1, 100, 1));
        assertThat(younger.rowAt(T).completeness() & Completeness.WARM).isZero();
        assertThat(younger.rowAt(T + SECOND).completeness() & Completeness.WARM).isNotZero();
    }

    @Test
    void knowsNothingBeforeTheFirstEvent() {
        FeatureRow row = engine.rowAt(T);
        long defined = Arrays.stream(row.values()).filter(v -> !Double.isNaN(v)).count();
        assertThat(defined).as("time of day only").isEqualTo(2);
        assertThat(row.completeness()).isZero();
        assertThat(row.maxEventTimeMicros()).isEqualTo(EventHeader.UNKNOWN_TIME);
        assertThat(engine.idleAt(T)).isTrue();
    }

    @Test
    void isIdleOnceALookbackHoldsNoEvent() {
        engine.accept(Events.snapshot(T, 50, 1, BIDS, ASKS));
        long last = T + SET.lookbackMicros();
        assertThat(engine.idleAt(last)).isFalse();
        assertThat(engine.rowAt(last).values()[0]).isEqualTo(50000.5);
        assertThat(engine.idleAt(last + SECOND)).isTrue();
        assertThat(engine.rowAt(last + SECOND).values()[0]).isNaN();
        assertThat(engine.rowAt(last + SECOND).maxEventTimeMicros())
                .isEqualTo(EventHeader.UNKNOWN_TIME);
    }

    @Test
    void skipsSevenThousandYearsOfSilenceAtOnce() {
        long later = T + 7_000L * 365 * 86_400 * SECOND;
        engine.accept(Events.buy(T - 1, 100, 1));
        engine.advanceTo(later);
        engine.accept(Events.buy(later, 100, 3));
        FeatureRow row = engine.rowAt(later + SECOND);
        assertThat(row.values()[SET.names().indexOf("volume_1m")]).isEqualTo(3);
        assertThat(row.eventCount()).isEqualTo(1);
    }

    @Test
    void carriesBookTickerAndPanesOverToAnotherRegistry() {
        FeatureSet longer = set("1s", "volume_10m", "10m");
        engine.accept(Events.buy(T - 400 * SECOND, 100, 2));
        engine.accept(Events.snapshot(T - 2, 50, 5, BIDS, ASKS));
        engine.accept(Events.buy(T - 1, 100, 1));
        SymbolEngine next = Rows.restored(longer, Rows.saved(engine));
        FeatureRow row = next.rowAt(T);
        assertThat(row.values()).containsExactly(50000.5, 3);
        assertThat(row.registryVersion()).isEqualTo("9.0.0");
        assertThat(next.accept(Events.delta(T, 50, 6, levels(), levels())))
                .isEqualTo(Effect.APPLIED);
    }

    @Test
    void isNotWarmOverARegistryChangeThatCutsTimeAnotherWay() {
        FeatureSet finer = set("100ms", "volume_10s", "10s");
        engine.accept(Events.buy(T - 40 * SECOND, 100, 2));
        engine.accept(Events.snapshot(T - 2, 50, 5, BIDS, ASKS));
        engine.accept(Events.buy(T - 1, 100, 1));
        SymbolEngine next = Rows.restored(finer, Rows.saved(engine));
        FeatureRow row = next.rowAt(T);
        assertThat(row.values()).containsExactly(50000.5, 0);
        assertThat(row.completeness() & Completeness.WARM).isZero();
        next.accept(Events.buy(T, 100, 4));
        FeatureRow whole = next.rowAt(T + 10 * SECOND);
        assertThat(whole.values()).containsExactly(50000.5, 4);
        assertThat(whole.completeness() & Completeness.WARM).isNotZero();
    }

    @Test
    void refusesStateItDidNotWrite() {
        engine.accept(Events.snapshot(T - 2, 50, 5, BIDS, ASKS));
        engine.accept(Events.buy(T - 1, 100, 1));
        byte[] saved = Rows.saved(engine);
        byte[] unknown = saved.clone();
        unknown[0] = 77;
        assertThatThrownBy(() -> Rows.restored(SET, unknown))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("format 1 to 3, got 77");
        for (int length = 0; length < saved.length; length++) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThatThrownBy(() -> Rows.restored(SET, cut))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void countsEventsOfAllKinds() {
        List<MarketEvent> events =
                List.of(
                        Events.buy(T, 1, 1),
                        Events.kline(T + 1),
                        Events.funding(T + 2, 1e-4, T),
                        Events.delta(T + 3, 50, 9, BIDS, ASKS));
        assertThat(Rows.at(SET, events, T + SECOND).eventCount()).isEqualTo(4);
    }

    private static FeatureSet set(String cadence, String name, String window) {
        return FeatureSet.of(
                RegistryDocument.parse(
                        """
                        version: 9.0.0
                        cadence: %s
                        features:
                          - {name: mid_price, input_sources: [orderbook], lookback_window: 0s, lookahead_forbidden: true, max_lookback_days: 0}
                          - {name: %s, input_sources: [trades], lookback_window: %s, lookahead_forbidden: true, max_lookback_days: 1}
                        """
                                .formatted(cadence, name, window)));
    }
}
