package io.tidemark.features.bar;

/** The closed bars of one length before T, and what is computed on them. */
public interface BarView {
    /** The bars up to T without a hole; none when the newest is undefined. */
    Bars bars();

    /**
     * The value of an output of the plan at the newest closed bar; NaN is undefined. Computed once
     * a bar, whoever asks.
     */
    double value(int output);
}
