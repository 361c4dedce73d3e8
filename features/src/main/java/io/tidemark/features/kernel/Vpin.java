package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.features.market.SecondFlowView;
import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;

/**
 * Volume-synchronised probability of informed trading: sum over n buckets of |buys - sells| / (n
 * V), 0 to 1. The buckets are the window's own: its volume, in whole seconds t in (T - w, T] from
 * the oldest, is cut into n buckets of V = volume / n, and a second that lies in several is shared
 * out with its mix of buys and sells. Buys and sells are the taker's side as told, not classified
 * in bulk.
 *
 * <p>Undefined when nothing traded. Warm after w. O(w / 1 s + n).
 *
 * <p>Source: Easley, Lopez de Prado, O'Hara, Flow Toxicity and Liquidity in a High-Frequency World,
 * Review of Financial Studies 25 (2012). There buckets have a fixed size and go on from window to
 * window; here they begin with the window, because a row depends on its window alone.
 */
record Vpin(long windowMicros, int buckets) implements Kernel {
    private static final KernelParam BUCKETS = KernelParam.integer("buckets", 1, 1_000);
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "vpin",
                    Set.of(InputSource.TRADES),
                    1_000_000L,
                    List.of(BUCKETS),
                    arguments -> new Vpin(arguments.windowMicros(), arguments.integer(BUCKETS)));

    @Override
    public double at(MarketView market) {
        SecondFlowView seconds = market.seconds().flows();
        double volume = seconds.volume(windowMicros);
        int count = market.seconds().count(windowMicros);
        return volume > 0 ? imbalances(seconds, count, volume / buckets) / volume : Double.NaN;
    }

    private double imbalances(SecondFlowView seconds, int count, double bucket) {
        double sum = 0;
        double imbalance = 0;
        double room = bucket;
        int full = 0;
        for (int back = count - 1; back >= 0; back--) {
            double left = seconds.volume(back);
            double signed = seconds.signedVolume(back);
            // The last bucket takes what rounding leaves.
            if (left > room && full < buckets - 1) {
                double tilt = signed / left;
                while (left > room && full < buckets - 1) {
                    sum += Math.abs(imbalance + tilt * room);
                    imbalance = 0;
                    left -= room;
                    room = bucket;
                    full++;
                }
                signed = tilt * left;
            }
            imbalance += signed;
            room -= left;
        }
        return sum + Math.abs(imbalance);
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.SECOND_FLOWS);
    }
}
