package io.tidemark.schemas.wire;

import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;

/**
 * Collects the fields of one kind of payload in whatever order they come, then makes the event. An
 * instance is reused from message to message.
 */
sealed interface PayloadReader
        permits TradeReader, BookReader, KlineReader, TickerReader, FundingReader {
    /** Forgets the message before. */
    void reset();

    /** Takes the field of that name; steps over one it does not know. */
    void field(String name, Fields in) throws RefusedException, IOException;

    /** The event, once envelope and payload are read. */
    MarketEvent build(Envelope envelope) throws RefusedException;
}
