package io.tidemark.features.bar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is computed on bars, a {@link BarPlan} a length. Immutable; one serves all symbols. */
public record BarPlans(List<BarPlan> plans) {
    /** No bars at all. */
    public static final BarPlans NONE = new BarPlans(List.of());

    /** Keeps the list as it is now. */
    public BarPlans {
        plans = List.copyOf(plans);
    }

    /** Plans everything asked for, equal functions once. */
    public static BarPlans of(List<BarRequest> requests) {
        Map<Long, List<BarFunction>> byLength = new TreeMap<>();
        for (BarRequest request : requests) {
            byLength.computeIfAbsent(request.barMicros(), none -> new ArrayList<>())
                    .add(request.function());
        }
        List<BarPlan> plans = new ArrayList<>();
        byLength.forEach((length, functions) -> plans.add(new BarPlan(length, functions)));
        return new BarPlans(plans);
    }

    /**
     * Where the values of a request begin in its {@link BarView}.
     *
     * @throws IllegalArgumentException when it is not planned
     */
    public int offsetOf(BarRequest request) {
        for (BarPlan plan : plans) {
            if (plan.barMicros() == request.barMicros()) {
                return plan.offsetOf(request.function());
            }
        }
        throw new IllegalArgumentException("wanted a planned length of bars, got " + request);
    }
}
