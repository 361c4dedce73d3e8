package io.tidemark.features.label;

/**
 * The labels of rows, from prices at grid times. A label is undefined, NaN, where a price it needs
 * is, at the end of the archive among others. Pure; O(1), or O(horizon / cadence) for barriers and
 * O(window / cadence) where a volatility is needed.
 */
public final class Labels {
    private static final double NO_VOLATILITY = 1e-12;

    private final LabelDefinition definition;
    private final GridPrices prices;

    /**
     * @throws IllegalArgumentException when the horizon or the window is off the prices' grid
     */
    public Labels(LabelDefinition definition, GridPrices prices) {
        long cadence = prices.cadenceMicros();
        if (definition.horizonMicros() % cadence != 0
                || definition.volatilityMicros() % cadence != 0) {
            throw new IllegalArgumentException(
                    "horizon and volatility window must be multiples of the cadence, %d us, got %d and %d"
                            .formatted(
                                    cadence,
                                    definition.horizonMicros(),
                                    definition.volatilityMicros()));
        }
        this.definition = definition;
        this.prices = prices;
    }

    /** The label of the row at T, a grid time; NaN when it has none. */
    public double at(long gridTimeMicros) {
        return switch (definition.type()) {
            case RETURNS -> netReturn(gridTimeMicros);
            case LOG_RETURNS -> logReturn(gridTimeMicros);
            case PRICE_CHANGE -> priceChange(gridTimeMicros);
            case CLASSIFICATION -> classOf(netReturn(gridTimeMicros), definition.threshold());
            case RISK_ADJUSTED -> riskAdjusted(gridTimeMicros);
            case TRIPLE_BARRIER -> barrier(gridTimeMicros);
            case NEXT_CANDLE_DIRECTION -> nextCandle(gridTimeMicros);
        };
    }

    private double netReturn(long from) {
        return net(grossReturn(from, from + definition.horizonMicros()));
    }

    private double grossReturn(long from, long to) {
        return prices.at(to) / prices.at(from) - 1;
    }

    private double net(double gross) {
        if (definition.costs() == 0 || Double.isNaN(gross)) {
            return gross;
        }
        return Math.copySign(Math.max(0, Math.abs(gross) - definition.costs()), gross);
    }

    private double logReturn(long from) {
        if (definition.costs() == 0) {
            return Math.log(prices.at(from + definition.horizonMicros()) / prices.at(from));
        }
        return Math.log1p(netReturn(from));
    }

    private double priceChange(long from) {
        double price = prices.at(from);
        if (definition.costs() == 0) {
            return prices.at(from + definition.horizonMicros()) - price;
        }
        return netReturn(from) * price;
    }

    private static double classOf(double value, double threshold) {
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        return value > threshold ? 1 : value < -threshold ? -1 : 0;
    }

    private double riskAdjusted(long from) {
        double risk = volatility(from);
        double gain = netReturn(from);
        return Double.isNaN(risk) || Double.isNaN(gain)
                ? Double.NaN
                : risk < NO_VOLATILITY ? 0 : gain / risk;
    }

    /**
     * Population standard deviation of the returns from one grid time to the next that end in (T -
     * w, T]: prices before T only. NaN under 2 of them.
     */
    private double volatility(long at) {
        long cadence = prices.cadenceMicros();
        int count = 0;
        double mean = 0;
        double squares = 0;
        for (long t = at - definition.volatilityMicros() + cadence; t <= at; t += cadence) {
            double gain = grossReturn(t - cadence, t);
            if (Double.isNaN(gain)) {
                continue;
            }
            count++;
            double delta = gain - mean;
            mean += delta / count;
            squares += delta * (gain - mean);
        }
        return count < 2 ? Double.NaN : Math.sqrt(squares / count);
    }

    private double barrier(long from) {
        double width =
                definition.volatilityMicros() == 0
                        ? definition.threshold()
                        : definition.threshold() * volatility(from);
        if (Double.isNaN(width) || Double.isNaN(prices.at(from))) {
            return Double.NaN;
        }
        long end = from + definition.horizonMicros();
        // To the end also after a touch: a label whose horizon the archive does not have is none.
        if (Double.isNaN(prices.at(end))) {
            return Double.NaN;
        }
        for (long t = from + prices.cadenceMicros(); t <= end; t += prices.cadenceMicros()) {
            double gain = net(grossReturn(from, t));
            if (gain != 0 && Math.abs(gain) >= width) {
                return Math.signum(gain);
            }
        }
        return 0;
    }

    private double nextCandle(long from) {
        long horizon = definition.horizonMicros();
        long begin = Math.floorDiv(from + horizon - 1, horizon) * horizon;
        return classOf(net(grossReturn(begin, begin + horizon)), 0);
    }
}
