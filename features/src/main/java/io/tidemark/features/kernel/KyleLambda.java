package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.features.market.SecondFlowView;

/**
 * Kyle's lambda: the slope of the least-squares line, with intercept, of the price change p(t) -
 * p(t - 1 s) on the signed volume (buys less sells) of [t - 1 s, t), at the whole seconds t in (T -
 * w, T]; quote currency for a base unit. Two passes, oldest first.
 *
 * <p>Seconds with an undefined price are left out; undefined under 3 seconds, and when signed
 * volume does not vary beyond rounding. Warm after w. O(w / 1 s).
 *
 * <p>Source: Kyle, Continuous Auctions and Insider Trading, Econometrica 53 (1985); by regression
 * as in Hasbrouck, Empirical Market Microstructure (2007).
 */
record KyleLambda(long windowMicros) implements Kernel {
    /** Squares of the flow about its mean, to those about 0: below, it is rounding. */
    private static final double ROUNDING = 1e-20;

    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("kyle_lambda", 3_000_000L, KyleLambda::new);

    @Override
    public double at(MarketView market) {
        SecondFlowView seconds = market.seconds().flows();
        int count = market.seconds().count(windowMicros);
        int defined = 0;
        double flows = 0;
        double changes = 0;
        double squares = 0;
        for (int back = count - 1; back >= 0; back--) {
            double change = seconds.priceChange(back);
            if (!Double.isNaN(change)) {
                double flow = seconds.signedVolume(back);
                flows += flow;
                squares += flow * flow;
                changes += change;
                defined++;
            }
        }
        return defined < 3
                ? Double.NaN
                : slope(seconds, count, flows / defined, changes / defined, squares * ROUNDING);
    }

    private static double slope(
            SecondFlowView seconds, int count, double meanFlow, double meanChange, double least) {
        double both = 0;
        double squares = 0;
        for (int back = count - 1; back >= 0; back--) {
            double change = seconds.priceChange(back);
            if (!Double.isNaN(change)) {
                double flow = seconds.signedVolume(back) - meanFlow;
                both += flow * (change - meanChange);
                squares += flow * flow;
            }
        }
        return squares > least ? both / squares : Double.NaN;
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.SECOND_FLOWS);
    }
}
