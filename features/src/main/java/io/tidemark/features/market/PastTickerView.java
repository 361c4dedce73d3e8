package io.tidemark.features.market;

/**
 * What the ticker, merged from all its messages, said before T - ago, a whole number of panes; only
 * while it had spoken in the carry before. O(1).
 *
 * <p>Asking throws {@link IllegalStateException} when no kernel of the set asked for the past
 * ticker.
 */
public interface PastTickerView {
    /** Contracts open then; NaN when not known. */
    double openInterest(long agoMicros);

    /** The predicted funding rate of then; NaN when not known. */
    double fundingRate(long agoMicros);

    /** The payment that was next then; {@code EventHeader.UNKNOWN_TIME} when not known. */
    long nextFundingTimeMicros(long agoMicros);
}
