package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MINUTE;
import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.RegistryDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of candles beside the rows of the trades that the candles are made of. */
class CandleRowsTest {
    private static final long START = 1_700_000_040_000_000L;
    private static final FeatureSet SET =
            FeatureSet.of(
                    RegistryDocument.parse(
                            """
                            version: 1.0.3
                            cadence: 1s
                            carry: 30s
                            features:
                              - {name: rsi_5s, function: rsi, input_sources: [trades], lookback_window: 200s, lookahead_forbidden: true, max_lookback_days: 1, params: {bar: 5s, period: 6}}
                              - {name: sma_1s, function: sma, input_sources: [trades], lookback_window: 20s, lookahead_forbidden: true, max_lookback_days: 1, params: {bar: 1s, period: 20}}
                              - {name: engulfing_15s, function: cdl_engulfing, input_sources: [trades], lookback_window: 45s, lookahead_forbidden: true, max_lookback_days: 1, params: {bar: 15s}}
                              - {name: volume_ratio_5s, function: volume_ratio, input_sources: [trades], lookback_window: 40s, lookahead_forbidden: true, max_lookback_days: 1, params: {bar: 5s, period: 8}}
                              - {name: trade_count_10s, function: trade_count, input_sources: [trades], lookback_window: 10s, lookahead_forbidden: true, max_lookback_days: 1}
                              - {name: day_of_week, input_sources: [trades], lookback_window: 1s, lookahead_forbidden: true, max_lookback_days: 1}
                            """));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void haveTheBitsOfTheTradesTheyAreMadeOf(long seed) {
        List<Trade> trades =
                RandomMarket.events(seed, START, 3_000, 0).stream()
                        .filter(Trade.class::isInstance)
                        .map(Trade.class::cast)
                        .toList();
        List<Candle> candles = candles(trades, 5 * SECOND);
        List<FeatureRow> rows = CandleRows.of(SET, trades.get(0).symbol(), 5 * SECOND, candles);
        assertThat(rows).hasSameSizeAs(candles);
        List<FeatureRow> wanted =
                Rows.at(
                        SET,
                        List.<MarketEvent>copyOf(trades),
                        rows.stream().map(FeatureRow::gridTimeMicros).toList());
        List<String> names = SET.names();
        for (int i = 0; i < rows.size(); i++) {
            double[] got = rows.get(i).values();
            double[] was = wanted.get(i).values();
            for (String name :
                    List.of("rsi_5s", "engulfing_15s", "volume_ratio_5s", "day_of_week")) {
                assertThat(Double.doubleToLongBits(got[names.indexOf(name)]))
                        .as("%s of candle %d", name, i)
                        .isEqualTo(Double.doubleToLongBits(was[names.indexOf(name)]));
            }
            assertThat(got[names.indexOf("sma_1s")]).isNaN();
            assertThat(got[names.indexOf("trade_count_10s")]).isNaN();
        }
        FeatureRow last = rows.get(rows.size() - 1);
        assertThat(last.values()[0]).isNotNaN();
        assertThat(last.completeness()).isEqualTo(Completeness.KLINE_LIVE | Completeness.WARM);
    }

    @Test
    void decideTheIndicatorsAndPatternsOfTheirMinutesInTheRegistryOfAll() {
        FeatureSet all = FeatureSet.builtIn("2.0.0");
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            double price = 100 + 10 * Math.sin(i / 9.0);
            candles.add(
                    new Candle(
                            START + (long) i * MINUTE,
                            price,
                            price + 2,
                            price - 2,
                            price + 1,
                            3 + i % 7));
        }
        List<FeatureRow> rows = CandleRows.of(all, "BTCUSDT", MINUTE, candles);
        double[] values = rows.get(rows.size() - 1).values();
        for (int i = 0; i < all.size(); i++) {
            FeatureEntry entry = all.document().features().get(i);
            boolean onBars = all.features().get(i).kernel().bars().isPresent();
            boolean ofTime = all.features().get(i).kernel().readsTimeAlone();
            assertThat(Double.isNaN(values[i])).as(entry.name()).isEqualTo(!onBars && !ofTime);
        }
    }

    @Test
    void beginAgainAfterALongHole() {
        List<Candle> before = new ArrayList<>();
        List<Candle> after = new ArrayList<>();
        for (long i = 0; i < 60; i++) {
            before.add(new Candle(START + i * 5 * SECOND, 10, 12, 9, 11, 1));
            after.add(
                    new Candle(START + 3_600 * SECOND + i * 5 * SECOND, 20, 22, 19, 21 - i % 2, 1));
        }
        List<Candle> both = new ArrayList<>(before);
        both.addAll(after);
        List<FeatureRow> rows = CandleRows.of(SET, "X", 5 * SECOND, both);
        assertThat(rows.subList(60, 120)).isEqualTo(CandleRows.of(SET, "X", 5 * SECOND, after));
    }

    @Test
    void areBarsNobodyTradedInWhenTheyHaveNoVolume() {
        List<Candle> candles = new ArrayList<>();
        for (long i = 0; i < 60; i++) {
            candles.add(new Candle(START + i * 5 * SECOND, 10, 12, 9, 11, 1));
        }
        candles.add(new Candle(START + 300 * SECOND, 11, 11, 11, 11, 0));
        List<FeatureRow> rows = CandleRows.of(SET, "X", 5 * SECOND, candles);
        assertThat(rows.get(60).values()[SET.names().indexOf("volume_ratio_5s")]).isZero();
    }

    @Test
    void refuseWhatIsNoCandleOrNoOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, 10, 9, 8, 8.5, 1))
                .withMessageContaining("high 9.0");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Candle(0, bad, bad, bad, bad, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Candle(0, 1, 1, 1, 1, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, 1, 1, 1, 1, Double.NaN));
        Candle candle = new Candle(START, 10, 12, 9, 11, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandleRows.of(SET, "X", 5 * SECOND, List.of(candle, candle)))
                .withMessageContaining("candle 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandleRows.of(SET, "X", 500_000, List.of(candle)))
                .withMessageContaining("multiple of the cadence");
        Candle between = new Candle(START + SECOND, 10, 12, 9, 11, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandleRows.of(SET, "X", 5 * SECOND, List.of(between)))
                .withMessageContaining("candle 0");
    }

    private static List<Candle> candles(List<Trade> trades, long interval) {
        TreeMap<Long, List<Trade>> byStart = new TreeMap<>();
        for (Trade trade : trades) {
            long start = Math.floorDiv(trade.eventTimeMicros(), interval) * interval;
            byStart.computeIfAbsent(start, none -> new ArrayList<>()).add(trade);
        }
        List<Candle> candles = new ArrayList<>();
        byStart.forEach(
                (start, in) -> {
                    double volume = 0;
                    for (Trade trade : in) {
                        volume += trade.size();
                    }
                    candles.add(
                            new Candle(
                                    start,
                                    in.get(0).price(),
                                    in.stream().mapToDouble(Trade::price).max().orElseThrow(),
                                    in.stream().mapToDouble(Trade::price).min().orElseThrow(),
                                    in.get(in.size() - 1).price(),
                                    volume));
                });
        return candles;
    }
}
