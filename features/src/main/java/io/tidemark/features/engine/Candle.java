package io.tidemark.features.engine;

/**
 * A closed candle of a symbol's trades. Refused with an IllegalArgumentException: a price that is
 * not positive and finite, a volume that is negative or not finite, a high or low that does not
 * hold the others.
 *
 * @param startMicros its first instant, microseconds since the epoch
 * @param open first price, in quote currency
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume sum of the sizes, in base units; 0 when nobody traded
 */
public record Candle(
        long startMicros, double open, double high, double low, double close, double volume) {

    /** Checks that there can be such a candle. */
    public Candle {
        boolean numbers =
                low > 0
                        && high < Double.POSITIVE_INFINITY
                        && volume >= 0
                        && volume < Double.MAX_VALUE;
        boolean consistent = low <= open && open <= high && low <= close && close <= high;
        if (!numbers || !consistent) {
            throw new IllegalArgumentException(
                    "wanted positive prices with low <= open, close <= high and a volume of at least"
                            + " 0, got open %s, high %s, low %s, close %s, volume %s"
                                    .formatted(open, high, low, close, volume));
        }
    }
}
