package io.tidemark.features.bar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What is computed on the bars of one length: the functions in order, each once, their outputs one
 * after the other. Immutable; one serves all symbols.
 */
public final class BarPlan {
    private final long barMicros;
    private final int lookback;
    private final int outputs;
    private final BarFunction[] functions;
    private final int[] offsets;

    /**
     * Plans functions for bars of a length.
     *
     * @throws IllegalArgumentException when the length is not above 0 or there is no function
     */
    public BarPlan(long barMicros, List<? extends BarFunction> wanted) {
        if (barMicros <= 0 || wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "wanted bars longer than 0 us and a function, got %d us and %d functions"
                            .formatted(barMicros, wanted.size()));
        }
        this.barMicros = barMicros;
        functions =
                new ArrayList<BarFunction>(new LinkedHashSet<>(wanted)).toArray(BarFunction[]::new);
        offsets = new int[functions.length];
        int next = 0;
        int longest = 0;
        for (int i = 0; i < functions.length; i++) {
            offsets[i] = next;
            next += functions[i].outputs();
            longest = Math.max(longest, functions[i].lookback());
        }
        outputs = next;
        lookback = longest;
    }

    /** The length of a bar. */
    public long barMicros() {
        return barMicros;
    }

    /** The most bars a function looks at. */
    public int lookback() {
        return lookback;
    }

    /** How many values there are. */
    public int outputs() {
        return outputs;
    }

    /**
     * Where the outputs of a function begin.
     *
     * @throws IllegalArgumentException when it is not planned
     */
    public int offsetOf(BarFunction function) {
        for (int i = 0; i < functions.length; i++) {
            if (functions[i].equals(function)) {
                return offsets[i];
            }
        }
        throw new IllegalArgumentException("wanted a planned function, got " + function);
    }

    /** Computes all outputs at the newest bar; all NaN when there is none. */
    void compute(Bars bars, double[] values) {
        if (bars.size() == 0) {
            Arrays.fill(values, Double.NaN);
            return;
        }
        for (int i = 0; i < functions.length; i++) {
            functions[i].compute(bars, values, offsets[i]);
        }
    }
}
