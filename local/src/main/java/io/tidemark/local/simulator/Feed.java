package io.tidemark.local.simulator;

/** What a symbol sends; at equal times the earlier constant goes first. */
enum Feed {
    /** First: a trade at the boundary belongs to the next candle. */
    CANDLE_CLOSE,
    BOOK,
    TRADE,
    TICKER,
    CANDLE,
    FUNDING
}
