package io.tidemark.features.label;

/**
 * One definition of a label. Times are microseconds.
 *
 * @param horizonMicros h, a multiple of the grid's cadence, more than 0
 * @param threshold of {@link LabelType#CLASSIFICATION}, and the distance of the barriers of {@link
 *     LabelType#TRIPLE_BARRIER}: a return; a number of volatilities when a window is given for them
 * @param volatilityMicros window before T of the volatility: of {@link LabelType#RISK_ADJUSTED},
 *     and of the barriers; 0: barriers are returns
 * @param costs what a round trip costs, fees of both sides and the spread, as a share of the price:
 *     a return of less is 0, one of more is that much nearer to 0
 */
public record LabelDefinition(
        LabelType type, long horizonMicros, double threshold, long volatilityMicros, double costs) {
    /** The threshold unless one is given. */
    public static final double DEFAULT_THRESHOLD = 0.001;

    /** Checks the numbers. */
    public LabelDefinition {
        if (horizonMicros <= 0) {
            throw new IllegalArgumentException(
                    "a horizon must be longer than 0, got " + horizonMicros);
        }
        if (!(threshold >= 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("a threshold must be 0 or more, got " + threshold);
        }
        if (!(costs >= 0 && costs < 1)) {
            throw new IllegalArgumentException("costs must be 0 to below 1, got " + costs);
        }
        if (volatilityMicros < 0 || (type == LabelType.RISK_ADJUSTED && volatilityMicros == 0)) {
            throw new IllegalArgumentException(
                    "a volatility needs a window, got " + volatilityMicros);
        }
    }

    /** A label without volatility and costs. */
    public static LabelDefinition of(LabelType type, long horizonMicros, double threshold) {
        return new LabelDefinition(type, horizonMicros, threshold, 0, 0);
    }

    /** How far after T a price may matter: what purging must keep apart. */
    public long reachMicros() {
        return type == LabelType.NEXT_CANDLE_DIRECTION ? 2 * horizonMicros : horizonMicros;
    }
}
