package io.tidemark.features.drift;

import java.util.List;

/**
 * When a change is called drift: only beyond what an autocorrelated series does by itself, and only
 * when it is large enough to matter.
 *
 * <p>Without a change PSI ≈ (1/n + 1/m) Σ λ X², X² chi-squared of one degree; by the second-order
 * correction of Rao and Scott (1984) that is (1/n + 1/m) g χ²(df) with g = Σλ²/Σλ and df =
 * (Σλ)²/Σλ². Rules for independent observations (PSI above 0.2, a chi-squared or KS test) raise
 * alarms on most windows of a series with an autocorrelation of 0.9.
 *
 * @param alpha chance of a false alarm of one feature in one window, 0 to 1
 * @param leastEffect PSI below which nothing is called drift
 * @param leastEffectiveSamples fewer cannot tell
 * @param falseDiscoveryRate share of false ones among the features called drifted at once
 */
public record DriftRule(
        double alpha, double leastEffect, double leastEffectiveSamples, double falseDiscoveryRate) {
    /** 1 %, PSI 0.1, 50 effective samples, 5 %. */
    public static final DriftRule STANDARD = new DriftRule(0.01, 0.1, 50, 0.05);

    /** Holds one window to its baseline. O(bins). */
    public DriftReading read(DriftBaseline baseline, DriftWindow window) {
        long m = window.observations();
        double[] before = Divergence.smoothed(baseline.counts());
        double[] now = Divergence.smoothed(window.counts());
        double psi = Divergence.psi(before, now);
        double effective = effectiveSamples(baseline, m);
        double threshold = Double.NaN;
        double pValue = Double.NaN;
        if (effective >= leastEffectiveSamples) {
            LongRunSpread spread = baseline.spread();
            double g = spread.squares() / spread.trace();
            double degrees = spread.trace() / g;
            double scale = (1.0 / baseline.observations() + 1.0 / m) * g;
            threshold =
                    Math.max(leastEffect, scale * ChiSquare.quantileOfUpperTail(alpha, degrees));
            pValue = ChiSquare.upperTail(psi / scale, degrees);
        }
        Moments reference = baseline.moments();
        double std = reference.std();
        return new DriftReading(
                m,
                effective,
                psi,
                threshold,
                pValue,
                Divergence.jensenShannon(before, now),
                Divergence.kolmogorovSmirnov(before, now),
                wasserstein(baseline, before, now),
                Math.abs(window.moments().mean() - reference.mean()) / std,
                Math.abs(window.moments().std() - std) / std,
                window.missingRate() - baseline.missingRate());
    }

    /** m (B - 1) / Σλ; NaN where the baseline's spread is not known. */
    private static double effectiveSamples(DriftBaseline baseline, long m) {
        double trace = baseline.spread().trace();
        return trace > 0 ? m * (baseline.occupied() - 1.0) / trace : Double.NaN;
    }

    /** Over the values that are there: shares without the bin of NaN, made to add up to 1 again. */
    private static double wasserstein(DriftBaseline baseline, double[] before, double[] now) {
        double[] edges = baseline.bins().innerEdges();
        int last = edges.length - 1;
        if (last < 1) {
            return Double.NaN;
        }
        double there = 1 - before[last + 2];
        double thereNow = 1 - now[last + 2];
        double moved = 0;
        double ahead = 0;
        for (int k = 0; k <= last; k++) {
            // The middles of two neighbouring bins are half their widths apart; an open one is
            // taken
            // to be as wide as its neighbour.
            double below = edges[Math.max(1, k)] - edges[Math.max(1, k) - 1];
            double above = edges[Math.min(last, k + 1)] - edges[Math.min(last, k + 1) - 1];
            ahead += now[k] / thereNow - before[k] / there;
            moved += Math.abs(ahead) * (below + above) / 2;
        }
        return moved / baseline.moments().std();
    }

    /**
     * Which of the features read at once are called drifted: those beyond their threshold that are
     * also significant among all of them (Benjamini and Hochberg).
     */
    public boolean[] alarms(List<DriftReading> features) {
        boolean[] significant =
                BenjaminiHochberg.significant(
                        features.stream().mapToDouble(DriftReading::pValue).toArray(),
                        falseDiscoveryRate);
        for (int k = 0; k < significant.length; k++) {
            significant[k] &= features.get(k).exceeds();
        }
        return significant;
    }
}
