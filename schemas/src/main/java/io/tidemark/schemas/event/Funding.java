package io.tidemark.schemas.event;

/**
 * One funding message.
 *
 * @param fundingRate the rate as a fraction a funding interval (0.0001 is one basis point)
 * @param fundingTimeMicros the time the rate was or will be paid; {@link EventHeader#UNKNOWN_TIME}
 *     where not given
 * @param nextFundingTimeMicros the next payment; {@link EventHeader#UNKNOWN_TIME} where not given
 */
public record Funding(
        EventHeader header, double fundingRate, long fundingTimeMicros, long nextFundingTimeMicros)
        implements MarketEvent {

    @Override
    public EventType type() {
        return EventType.FUNDING;
    }
}
