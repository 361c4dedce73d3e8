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

    /** What {@link #take} calls the fields of that name; {@link FieldName#SKIP} for an unknown. */
    int code(String field);

    /** Consumes the cursor's current value, which is that field's. */
    void take(int code, String name) throws RefusedException;

    /** The event, once envelope and payload are read. */
    MarketEvent build(Envelope envelope) throws RefusedException;
}
