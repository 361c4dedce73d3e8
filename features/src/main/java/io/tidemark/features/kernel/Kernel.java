package io.tidemark.features.kernel;

import io.tidemark.features.bar.BarPlans;
import io.tidemark.features.bar.BarRequest;
import io.tidemark.features.market.MarketView;
import java.util.Optional;

/**
 * One feature, parameters bound: a pure function of what is known before T. Keeps nothing between
 * calls and may be used by many threads.
 */
public interface Kernel {
    /** The value at the view's T; NaN is undefined. Never throws for what a market may hold. */
    double at(MarketView market);

    /** What it wants computed on bars; empty when it reads none. */
    default Optional<BarRequest> bars() {
        return Optional.empty();
    }

    /** This kernel, told where its values on bars are; itself when it reads none. */
    default Kernel planned(BarPlans plans) {
        return this;
    }

    /** Whether T alone decides the value: the time of day, the day. */
    default boolean readsTimeAlone() {
        return false;
    }

    /** How far it looks. */
    Reach reach();
}
