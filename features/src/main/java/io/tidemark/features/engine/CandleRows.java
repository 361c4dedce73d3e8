package io.tidemark.features.engine;

import io.tidemark.features.registry.BoundFeature;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of candles, for those who have no trades: one at the end of each candle, by the engine
 * of the stream.
 *
 * <p>Defined are the features that candles decide: those on bars of one or several whole candles,
 * and those of the time of day. On bars as long as the candles they have the bits that the trades
 * would give; on longer ones too, except that a volume is added up from the candles' and so may
 * differ in its last bits. Everything else, also features computed on earlier rows, is NaN.
 *
 * <p>A candle goes in as trades: its open with all the volume at its start, its high and low, its
 * close in its last microsecond. One without volume is a bar nobody traded in.
 */
public final class CandleRows {
    private CandleRows() {}

    /**
     * Computes the rows.
     *
     * @param intervalMicros the length of each candle, a multiple of the registry's cadence
     * @param candles in order of time, none twice, each at a multiple of the interval since the
     *     epoch; holes are bars nobody traded in
     * @return a row for each candle, its only event; {@link Completeness#KLINE_LIVE} in place of
     *     {@link Completeness#TRADES_LIVE}
     * @throws IllegalArgumentException when the interval or the order is another
     */
    public static List<FeatureRow> of(
            FeatureSet features, String symbol, long intervalMicros, List<Candle> candles) {
        if (intervalMicros <= 0 || intervalMicros % features.cadenceMicros() != 0) {
            throw new IllegalArgumentException(
                    "wanted an interval that is a multiple of the cadence, %d us, got %d us"
                            .formatted(features.cadenceMicros(), intervalMicros));
        }
        boolean[] decided = decided(features, intervalMicros);
        SymbolEngine engine = SymbolEngine.create(features, symbol);
        List<FeatureRow> rows = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (int i = 0; i < candles.size(); i++) {
            Candle candle = candles.get(i);
            long start = candle.startMicros();
            if (start % intervalMicros != 0 || start < end) {
                throw new IllegalArgumentException(
                        "wanted candles in order of time, each at a multiple of %d us, got candle %d"
                                        .formatted(intervalMicros, i)
                                + " at %d us after one that ends at %d us".formatted(start, end));
            }
            end = start + intervalMicros;
            if (engine.idleAt(end - features.cadenceMicros())) {
                engine = SymbolEngine.create(features, symbol);
            }
            if (candle.volume() > 0) {
                engine.accept(trade(symbol, start, candle.open(), candle.volume()));
                engine.accept(trade(symbol, start + 1, candle.high(), 0));
                engine.accept(trade(symbol, start + 2, candle.low(), 0));
                engine.accept(trade(symbol, end - 1, candle.close(), 0));
            }
            rows.add(row(engine.rowAt(end), decided));
        }
        return List.copyOf(rows);
    }

    private static boolean[] decided(FeatureSet features, long intervalMicros) {
        boolean[] decided = new boolean[features.size()];
        for (int i = 0; i < decided.length; i++) {
            BoundFeature feature = features.features().get(i);
            decided[i] =
                    feature.kernel().readsTimeAlone()
                            || feature.kernel()
                                    .bars()
                                    .filter(bars -> bars.barMicros() % intervalMicros == 0)
                                    .isPresent();
        }
        return decided;
    }

    private static Trade trade(String symbol, long micros, double price, double size) {
        EventHeader header =
                new EventHeader(
                        symbol,
                        micros,
                        micros,
                        EventHeader.UNKNOWN_TIME,
                        EventHeader.UNKNOWN_TIME,
                        0,
                        Long.toString(micros),
                        null,
                        null);
        return new Trade(header, price, size, Trade.Side.BUY, null, false, false);
    }

    private static FeatureRow row(FeatureRow whole, boolean[] decided) {
        double[] values = whole.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = decided[i] ? values[i] : Double.NaN;
        }
        boolean live = (whole.completeness() & Completeness.TRADES_LIVE) != 0;
        return new FeatureRow(
                whole.symbol(),
                whole.gridTimeMicros(),
                whole.registryVersion(),
                values,
                (whole.completeness() & Completeness.WARM) | (live ? Completeness.KLINE_LIVE : 0),
                1,
                whole.maxEventTimeMicros());
    }
}
