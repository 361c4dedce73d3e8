package io.tidemark.schemas.event;

import java.util.Optional;

/**
 * The kinds of market event. The order of the constants is the second key of the canonical order of
 * events.
 */
public enum EventType {
    TRADE("trade"),
    ORDERBOOK("orderbook"),
    KLINE("kline"),
    TICKER("ticker"),
    FUNDING("funding");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The name in the envelope's {@code event_type}, in the queue's name and in the archive's
     * {@code type=}.
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The kind of that wire name; empty for a kind Tidemark does not take (order, balance,
     * position, liquidation).
     */
    public static Optional<EventType> ofWireName(String wireName) {
        for (EventType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
