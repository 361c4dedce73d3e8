package io.tidemark.job.dataset;

import io.tidemark.features.split.Place;
import java.util.EnumMap;
import java.util.Map;

/**
 * One fold as it was made.
 *
 * @param statistics of each split that has rows, before scaling
 * @param places how many labelled rows of the span went where
 */
record FoldSummary(
        int fold,
        Map<Place, SplitStatistics> statistics,
        Map<Place, Long> places,
        long unlabelled,
        Scaling scaling) {
    FoldSummary {
        statistics = Map.copyOf(statistics);
        places = places.isEmpty() ? Map.of() : new EnumMap<>(places);
    }

    long rows(Place split) {
        return places.getOrDefault(split, 0L);
    }
}
