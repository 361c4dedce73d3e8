package io.tidemark.local.simulator;

import java.util.SplittableRandom;

/**
 * The price the market agrees on: a random walk of the logarithm whose volatility is itself a
 * mean-reverting process, so calm and wild minutes come in runs.
 */
final class FairPrice {
    private static final double SECONDS_PER_YEAR = 365.0 * 24 * 3600;
    private static final double REVERSION_SECONDS = 120;
    private static final double VOLATILITY_OF_VOLATILITY = 0.6;

    private final SplittableRandom random;
    private final double secondVolatility;
    private double logPrice;
    private double logVolatility;

    FairPrice(double price, double annualVolatility, SplittableRandom random) {
        this.random = random;
        this.logPrice = Math.log(price);
        this.secondVolatility = annualVolatility / Math.sqrt(SECONDS_PER_YEAR);
    }

    double value() {
        return Math.exp(logPrice);
    }

    /** Moves on by that many seconds; a busier market moves more. */
    void advance(double seconds, double activity) {
        double pull = Math.min(1, seconds / REVERSION_SECONDS);
        logVolatility +=
                -pull * logVolatility
                        + VOLATILITY_OF_VOLATILITY * Math.sqrt(2 * pull) * random.nextGaussian();
        double deviation =
                secondVolatility
                        * Math.exp(logVolatility)
                        * Math.sqrt(seconds * Math.min(4, Math.max(0.25, activity)));
        logPrice += deviation * random.nextGaussian();
    }

    /** Moves by a fraction of the price: what a trade leaves behind. */
    void push(double fraction) {
        logPrice += fraction;
    }
}
