package io.tidemark.local.simulator;

import java.util.Map;

/**
 * What a simulated instrument is like at the start.
 *
 * @param price quote currency per base unit
 * @param priceDecimals the tick is 10 to the minus this
 * @param levelTicks distance of two book levels behind the touch, in ticks
 * @param typicalSize median trade size, base units
 * @param sizeDecimals the lot is 10 to the minus this
 * @param annualVolatility standard deviation of a year's log return
 */
record Instrument(
        String symbol,
        double price,
        int priceDecimals,
        int levelTicks,
        double typicalSize,
        int sizeDecimals,
        double annualVolatility) {

    private static final Map<String, Instrument> KNOWN =
            Map.ofEntries(
                    entry("BTCUSDT", 65_000, 1, 10, 0.02, 3, 0.45),
                    entry("ETHUSDT", 3_200, 2, 10, 0.3, 2, 0.60),
                    entry("SOLUSDT", 150, 2, 1, 8, 1, 0.80),
                    entry("XRPUSDT", 0.62, 4, 1, 900, 0, 0.75),
                    entry("BNBUSDT", 580, 1, 1, 1, 2, 0.50),
                    entry("DOGEUSDT", 0.14, 5, 1, 4_000, 0, 0.90),
                    entry("ADAUSDT", 0.45, 4, 1, 1_200, 0, 0.80),
                    entry("AVAXUSDT", 28, 3, 5, 20, 1, 0.85),
                    entry("LINKUSDT", 14, 3, 2, 40, 1, 0.80),
                    entry("LTCUSDT", 72, 2, 1, 8, 1, 0.65));

    private static Map.Entry<String, Instrument> entry(
            String symbol,
            double price,
            int priceDecimals,
            int levelTicks,
            double typicalSize,
            int sizeDecimals,
            double volatility) {
        return Map.entry(
                symbol,
                new Instrument(
                        symbol,
                        price,
                        priceDecimals,
                        levelTicks,
                        typicalSize,
                        sizeDecimals,
                        volatility));
    }

    /** The instrument of that name; one made of the name's hash where the name is not known. */
    static Instrument of(String symbol) {
        Instrument known = KNOWN.get(symbol);
        if (known != null) {
            return known;
        }
        int hash = Math.floorMod(symbol.hashCode(), 1_000);
        return new Instrument(symbol, 10 + hash / 10.0, 3, 2, 50, 1, 0.7);
    }

    long startTicks() {
        return Math.round(price * Math.pow(10, priceDecimals));
    }

    /** The price of that many ticks. Dividing by a power of ten gives the shortest decimal. */
    double price(long ticks) {
        return ticks / Math.pow(10, priceDecimals);
    }

    /** The size of that many lots, base units. */
    double size(long lots) {
        return lots / Math.pow(10, sizeDecimals);
    }

    /** The median trade in lots; at least 1. */
    long typicalLots() {
        return Math.max(1, Math.round(typicalSize * Math.pow(10, sizeDecimals)));
    }
}
