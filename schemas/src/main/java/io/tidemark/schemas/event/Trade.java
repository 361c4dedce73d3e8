package io.tidemark.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * One trade.
 *
 * @param price quote currency per base unit, positive and finite
 * @param size base units (contracts on inverse markets), positive and finite
 * @param takerSide the side of the aggressor
 * @param tickDirection the venue's tick direction; absent on spot
 * @param blockTrade whether the venue marks it a block trade
 * @param rpi whether a retail-price-improvement order took part
 */
public record Trade(
        EventHeader header,
        double price,
        double size,
        Side takerSide,
        @Nullable String tickDirection,
        boolean blockTrade,
        boolean rpi)
        implements MarketEvent {

    /** The aggressor's side. */
    public enum Side {
        BUY,
        SELL
    }

    @Override
    public EventType type() {
        return EventType.TRADE;
    }
}
