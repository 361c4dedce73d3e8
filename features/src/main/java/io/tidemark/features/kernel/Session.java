package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import java.util.List;
import java.util.Set;

/**
 * Trading session: 1 while T lies in it, else 0. Fixed UTC hours, every day, no summer time; they
 * overlap where the markets do: Asia [0, 9), Europe [7, 16), United States [13, 21).
 *
 * <p>Never undefined. O(1).
 */
record Session(int fromHour, int toHour) implements Kernel {
    private static final long HOUR = 3_600_000_000L;
    static final KernelDefinition ASIA = definition("session_asia", 0, 9);
    static final KernelDefinition EUROPE = definition("session_europe", 7, 16);
    static final KernelDefinition US = definition("session_us", 13, 21);

    private static KernelDefinition definition(String name, int from, int to) {
        return new KernelDefinition(
                name, Set.of(), 0, List.of(), arguments -> new Session(from, to));
    }

    @Override
    public double at(MarketView market) {
        long hour = Math.floorMod(Math.floorDiv(market.timeMicros(), HOUR), 24L);
        return hour >= fromHour && hour < toHour ? 1 : 0;
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
