package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.MarketEvent;

/**
 * Collects the fields of one kind of payload in whatever order they come, then makes the event. An
 * instance is reused from message to message.
 */
sealed interface PayloadReader
        permits TradeReader, BookReader, KlineReader, TickerReader, FundingReader {
    /** Forgets the message before. */
    void reset();

    /**
     * What to do with the fields of that name; {@link FieldTaker#SKIP} for one it does not know.
     */
    FieldTaker taker(String field);

    /** The event, once envelope and payload are read. */
    MarketEvent build(Envelope envelope) throws RefusedException;
}
