package io.tidemark.features.engine;

import io.tidemark.schemas.registry.FeatureEntry;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A family of features straight from their definitions, in test code: O(n) a window, over all raw
 * events, written from the definition and not from the kernel. A new family is listed in {@link
 * #ALL}.
 */
interface NaiveFamily {
    List<NaiveFamily> ALL = List.of(new NaiveTrades(), new NaiveMoment());

    /** The value of that feature at the market's T; NaN is undefined; empty when not of these. */
    OptionalDouble value(FeatureEntry feature, NaiveMarket market);

    /** The value by whichever family knows the feature; empty when none does. */
    static OptionalDouble of(FeatureEntry feature, NaiveMarket market) {
        for (NaiveFamily family : ALL) {
            OptionalDouble value = family.value(feature, market);
            if (value.isPresent()) {
                return value;
            }
        }
        return OptionalDouble.empty();
    }
}
