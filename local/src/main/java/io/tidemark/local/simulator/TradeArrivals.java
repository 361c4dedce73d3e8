package io.tidemark.local.simulator;

import java.util.SplittableRandom;

/**
 * Arrival times that come in clusters: a Hawkes process with an exponential kernel, drawn by
 * thinning.
 *
 * <p>Source: Y. Ogata, On Lewis' simulation method for point processes, IEEE Transactions on
 * Information Theory 27 (1981).
 */
final class TradeArrivals {
    /** Mean number of arrivals that one arrival causes. */
    private static final double BRANCHING = 0.65;

    private final SplittableRandom random;
    private final double baseRate;
    private final double decayRate;
    private double excitation;
    private double seconds;

    /**
     * @param perSecond the long-run mean rate, positive
     */
    TradeArrivals(double perSecond, SplittableRandom random) {
        this.random = random;
        baseRate = perSecond * (1 - BRANCHING);
        decayRate = perSecond;
    }

    /** The time of the next arrival, in seconds after the first call's zero; strictly ascending. */
    double next() {
        while (true) {
            double bound = baseRate + excitation;
            double wait = -Math.log1p(-random.nextDouble()) / bound;
            seconds += wait;
            excitation *= Math.exp(-decayRate * wait);
            if (random.nextDouble() * bound <= baseRate + excitation) {
                excitation += BRANCHING * decayRate;
                return seconds;
            }
        }
    }

    /** How much busier than its long-run mean the process is now; 1 is the mean. */
    double activity() {
        return (baseRate + excitation) / decayRate;
    }
}
