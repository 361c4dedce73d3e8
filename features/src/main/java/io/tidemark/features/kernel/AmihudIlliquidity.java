package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import io.tidemark.features.market.PanesWanted;
import io.tidemark.features.market.SecondFlowView;

/**
 * Amihud illiquidity: mean of |r| / notional, r the return p(t)/p(t - 1 s) - 1 and notional the sum
 * of price x size in [t - 1 s, t), over the whole seconds t in (T - w, T] that traded; a fraction
 * for a million of quote currency.
 *
 * <p>Seconds without trades or with an undefined price are left out; undefined when none is left.
 * Warm after w. O(w / 32 s).
 *
 * <p>Source: Amihud, Illiquidity and Stock Returns, Journal of Financial Markets 5 (2002); there
 * over days.
 */
record AmihudIlliquidity(long windowMicros) implements Kernel {
    private static final double MILLION = 1e6;
    static final KernelDefinition DEFINITION =
            KernelDefinition.ofTrades("amihud_illiquidity", 1_000_000L, AmihudIlliquidity::new);

    @Override
    public double at(MarketView market) {
        SecondFlowView flows = market.seconds().flows();
        int moves = flows.moves(windowMicros);
        return moves == 0 ? Double.NaN : MILLION * flows.illiquidity(windowMicros) / moves;
    }

    @Override
    public Reach reach() {
        return Reach.seconds(windowMicros, PanesWanted.SECOND_FLOWS);
    }
}
