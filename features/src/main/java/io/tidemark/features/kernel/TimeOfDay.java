package io.tidemark.features.kernel;

import io.tidemark.features.market.MarketView;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Time of day on the circle: sin or cos of 2 pi x the fraction of the UTC day at T; -1 to 1. The
 * fraction is whole hours / 24, with {@code resolution: second} whole seconds / 86400.
 *
 * <p>Never undefined. O(1). StrictMath, because the bits must not depend on the machine.
 */
record TimeOfDay(DoubleUnaryOperator wave, boolean bySecond) implements Kernel {
    private static final KernelParam RESOLUTION =
            KernelParam.choice("resolution", "hour", "hour", "second");
    static final KernelDefinition SIN = definition("time_of_day_sin", StrictMath::sin);
    static final KernelDefinition COS = definition("time_of_day_cos", StrictMath::cos);

    private static KernelDefinition definition(String name, DoubleUnaryOperator wave) {
        return new KernelDefinition(
                name,
                Set.of(),
                0,
                List.of(RESOLUTION),
                arguments -> new TimeOfDay(wave, arguments.text(RESOLUTION).equals("second")));
    }

    @Override
    public double at(MarketView market) {
        long second = Math.floorMod(Math.floorDiv(market.timeMicros(), 1_000_000L), 86_400L);
        long hour = second / 3_600;
        double angle = 2 * Math.PI * (bySecond ? second / 86_400.0 : hour / 24.0);
        return wave.applyAsDouble(angle);
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
