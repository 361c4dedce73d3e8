package io.tidemark.schemas.event;

/**
 * One candle update. An interval has several updates with {@code confirm} false, then one with
 * true.
 *
 * @param interval the venue's interval name: minutes as a number, or D, W, M
 * @param startMicros first instant of the candle, microseconds since the epoch
 * @param endMicros last instant of the candle (the venue's inclusive end)
 * @param volume base units
 * @param turnover quote units; NaN when the source does not give it
 * @param confirm whether the candle is closed
 */
public record Kline(
        EventHeader header,
        String interval,
        long startMicros,
        long endMicros,
        double open,
        double high,
        double low,
        double close,
        double volume,
        double turnover,
        boolean confirm)
        implements MarketEvent {

    @Override
    public EventType type() {
        return EventType.KLINE;
    }
}
