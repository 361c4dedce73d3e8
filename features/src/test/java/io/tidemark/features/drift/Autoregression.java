package io.tidemark.features.drift;

import java.util.SplittableRandom;

/** x(t) = ρ x(t-1) + noise with a standard deviation of 1, from its stationary distribution. */
final class Autoregression {
    private final SplittableRandom random;
    private final double rho;
    private double value;

    Autoregression(double rho, long seed) {
        this.random = new SplittableRandom(seed);
        this.rho = rho;
        this.value = random.nextGaussian();
    }

    double[] next(int count) {
        double[] values = new double[count];
        double noise = Math.sqrt(1 - rho * rho);
        for (int k = 0; k < count; k++) {
            value = rho * value + noise * random.nextGaussian();
            values[k] = value;
        }
        return values;
    }
}
