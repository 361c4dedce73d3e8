package io.tidemark.features.bar;

/**
 * A pure function of closed bars, with one value or more. Keeps nothing, may be used by many
 * threads; two that are equal give the same values, so equal ones are computed once.
 */
public interface BarFunction {
    /**
     * The bars it looks at, the newest included; at least 1. Bars before them never matter, however
     * many there are.
     */
    int lookback();

    /** How many values it has. */
    default int outputs() {
        return 1;
    }

    /**
     * Computes the values at the newest bar.
     *
     * @param bars at least one
     * @param out gets {@link #outputs} values from {@code offset} on; NaN is undefined
     */
    void compute(Bars bars, double[] out, int offset);
}
