package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;

/**
 * One feature, parameters bound: a pure function of what is known before T. Keeps nothing between
 * calls and may be used by many threads.
 */
public interface Kernel {
    /** The value at the view's T; NaN is undefined. Never throws for what a market may hold. */
    double at(MarketView market);

    /** How far it looks. */
    Reach reach();
}
