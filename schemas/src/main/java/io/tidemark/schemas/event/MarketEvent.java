package io.tidemark.schemas.event;

/** One market event. Values are immutable by agreement: nobody writes into an array of an event. */
public sealed interface MarketEvent extends Inbound
        permits Trade, BookUpdate, Kline, Ticker, Funding {
    /** What every event carries. */
    EventHeader header();

    /** The kind. */
    EventType type();

    /** The instrument. */
    default String symbol() {
        return header().symbol();
    }

    /** The event's own time, microseconds since the epoch. */
    default long eventTimeMicros() {
        return header().eventTimeMicros();
    }
}
