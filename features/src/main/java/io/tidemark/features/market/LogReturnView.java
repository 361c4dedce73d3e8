package io.tidemark.features.market;

/**
 * What the log returns r(t) = ln(p(t)/p(t - 1 s)) at the whole seconds t in (T - w, T] add up to,
 * oldest first, beyond 60 s in whole blocks; undefined ones are left out. O(w / 32 s + 64).
 */
public interface LogReturnView {
    /** How many are defined. */
    int count(long windowMicros);

    /** Sum of r(t)^2. */
    double squares(long windowMicros);

    /** Of how many both r(t) and r(t - 1 s) are defined and in the window. */
    int pairs(long windowMicros);

    /** Sum of |r(t)| |r(t - 1 s)| over these. */
    double products(long windowMicros);
}
