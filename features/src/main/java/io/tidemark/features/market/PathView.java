package io.tidemark.features.market;

/**
 * What depends on the order of things in a window: kept only for feature sets that ask for it, and
 * asking for what is not kept throws {@link IllegalStateException}.
 */
public interface PathView {
    /** The signs of the trades in their order. */
    SignView signs();

    /** The gaps between trades. */
    GapView gaps();

    /** The large trades. */
    LargeTradeView largeTrades();

    /** What the book's messages did. */
    BookFlowView bookFlow();

    /** The spread as it was. */
    SpreadView spreads();

    /** The ticker as it was. */
    PastTickerView pastTicker();
}
