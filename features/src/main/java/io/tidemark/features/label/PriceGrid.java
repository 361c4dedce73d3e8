package io.tidemark.features.label;

import java.util.Arrays;

/**
 * P(t) at the grid times of a span: the last price before t when it is at most the tolerance old,
 * otherwise undefined, NaN. Prices come in order of time. 8 bytes a grid time. Not thread-safe.
 */
public final class PriceGrid implements GridPrices {
    private final long beginMicros;
    private final long cadenceMicros;
    private final long toleranceMicros;
    private final double[] prices;

    /** Slots that are decided: no price to come is before their time. */
    private int closed;

    private double lastPrice = Double.NaN;
    private long lastMicros;

    /**
     * Of the grid times in [begin, end).
     *
     * @throws IllegalArgumentException when begin is off the grid
     */
    public PriceGrid(long beginMicros, long endMicros, long cadenceMicros, long toleranceMicros) {
        if (Math.floorMod(beginMicros, cadenceMicros) != 0 || endMicros < beginMicros) {
            throw new IllegalArgumentException(
                    "wanted a span that begins on the grid of %d us, got %d to %d"
                            .formatted(cadenceMicros, beginMicros, endMicros));
        }
        this.beginMicros = beginMicros;
        this.cadenceMicros = cadenceMicros;
        this.toleranceMicros = toleranceMicros;
        prices =
                new double
                        [Math.toIntExact(
                                (endMicros - beginMicros + cadenceMicros - 1) / cadenceMicros)];
        Arrays.fill(prices, Double.NaN);
    }

    /**
     * Takes a price, as that of a trade.
     *
     * @throws IllegalArgumentException when it is older than the one before
     */
    public void price(long timeMicros, double price) {
        if (!Double.isNaN(lastPrice) && timeMicros < lastMicros) {
            throw new IllegalArgumentException(
                    "wanted a price at or after %d us, got one at %d"
                            .formatted(lastMicros, timeMicros));
        }
        closeThrough(timeMicros);
        lastPrice = price;
        lastMicros = timeMicros;
    }

    /** No price before that time will come: grid times up to it, and at it, are decided. */
    public void closeThrough(long timeMicros) {
        while (closed < prices.length) {
            long t = beginMicros + closed * cadenceMicros;
            if (t > timeMicros) {
                return;
            }
            if (t - lastMicros <= toleranceMicros) {
                prices[closed] = lastPrice;
            }
            closed++;
        }
    }

    /** Says what the price at a grid time is, as of a row that has it. */
    public void set(long gridTimeMicros, double price) {
        prices[index(gridTimeMicros)] = price;
    }

    /** NaN also outside the span, and where it is not decided. */
    @Override
    public double at(long gridTimeMicros) {
        long offset = gridTimeMicros - beginMicros;
        if (offset < 0 || offset / cadenceMicros >= prices.length) {
            return Double.NaN;
        }
        return prices[index(gridTimeMicros)];
    }

    private int index(long gridTimeMicros) {
        long offset = gridTimeMicros - beginMicros;
        if (Math.floorMod(offset, cadenceMicros) != 0) {
            throw new IllegalArgumentException(
                    "wanted a time on the grid of %d us, got %d"
                            .formatted(cadenceMicros, gridTimeMicros));
        }
        return (int) (offset / cadenceMicros);
    }

    @Override
    public long cadenceMicros() {
        return cadenceMicros;
    }
}
