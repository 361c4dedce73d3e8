package io.tidemark.features.bar;

/**
 * What a kernel wants computed.
 *
 * @param barMicros the length of the bars
 * @param function on them
 */
public record BarRequest(long barMicros, BarFunction function) {
    /** How far before T its bars reach: the newest may have closed almost a bar before T. */
    public long reachMicros() {
        return (function.lookback() + 1) * barMicros;
    }
}
