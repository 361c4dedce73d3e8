package io.tidemark.features.drift;

/**
 * A window held to its baseline. Numbers that cannot be had are NaN.
 *
 * @param samples observations of the window, missing ones with them
 * @param effectiveSamples as many independent observations would tell as much
 * @param psi population stability index over smoothed shares
 * @param psiThreshold what chance exceeds once in 1/alpha windows, and at least the least effect
 * @param pValue chance of such a PSI or a larger one without a change; NaN when not enough is known
 * @param jensenShannon divergence in bits, 0 to 1
 * @param kolmogorovSmirnov D at the bins' edges
 * @param wasserstein W1 in standard deviations of the baseline, of mass moved between the bins'
 *     middles: a change inside a bin is not seen, and mass far out counts as if it were just
 *     outside the outer edges, so it is less than W1 of the samples
 * @param meanDeviation distance of the means in standard deviations of the baseline
 * @param stdDeviation distance of the standard deviations as a share of the baseline's
 * @param missingRateChange share of missing ones less the baseline's
 */
public record DriftReading(
        long samples,
        double effectiveSamples,
        double psi,
        double psiThreshold,
        double pValue,
        double jensenShannon,
        double kolmogorovSmirnov,
        double wasserstein,
        double meanDeviation,
        double stdDeviation,
        double missingRateChange) {
    /** Whether enough is known to call it drift or no drift. */
    public boolean isTellable() {
        return !Double.isNaN(pValue);
    }

    /** Whether the window alone, as the only feature looked at, is called drift. */
    public boolean exceeds() {
        return isTellable() && psi > psiThreshold;
    }
}
