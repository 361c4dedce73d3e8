package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import java.util.List;
import java.util.Set;

/**
 * Day of the week of T in UTC: 1 Monday to 7 Sunday, as ISO 8601.
 *
 * <p>Never undefined. O(1).
 */
record DayOfWeek() implements Kernel {
    private static final long DAY = 86_400_000_000L;
    static final KernelDefinition DEFINITION =
            new KernelDefinition(
                    "day_of_week", Set.of(), 0, List.of(), arguments -> new DayOfWeek());

    @Override
    public double at(MarketView market) {
        // The epoch was a Thursday, the fourth day.
        return Math.floorMod(Math.floorDiv(market.timeMicros(), DAY) + 3, 7) + 1;
    }

    @Override
    public boolean readsTimeAlone() {
        return true;
    }

    @Override
    public Reach reach() {
        return Reach.NOW;
    }
}
