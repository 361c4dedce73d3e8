package io.tidemark.features.registry;

import io.tidemark.features.kernel.Kernels;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a feature says when its entry names no function: {@code vwap_3s} is vwap over 3
 * s, {@code depth_bid_top5} is depth_bid with 5 levels, {@code mid_price} is itself.
 *
 * @param window the window in the name; null when it has none
 * @param params the parameters in the name
 */
record WellKnownName(String function, @Nullable String window, Map<String, String> params) {
    private static final Pattern WINDOW = Pattern.compile("(.+)_(\\d+(?:ms|s|m|h|d))");
    private static final Pattern LEVELS = Pattern.compile("(.+)_top(\\d+)");

    static Optional<WellKnownName> of(String feature) {
        if (Kernels.find(feature).isPresent()) {
            return Optional.of(new WellKnownName(feature, null, Map.of()));
        }
        Matcher window = WINDOW.matcher(feature);
        if (window.matches() && Kernels.find(window.group(1)).isPresent()) {
            return Optional.of(new WellKnownName(window.group(1), window.group(2), Map.of()));
        }
        Matcher levels = LEVELS.matcher(feature);
        if (levels.matches() && Kernels.find(levels.group(1)).isPresent()) {
            return Optional.of(
                    new WellKnownName(levels.group(1), null, Map.of("levels", levels.group(2))));
        }
        return Optional.empty();
    }
}
