package io.tidemark.schemas.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One ticker message. On linear markets a snapshot comes first, then changes in which an absent
 * field is unchanged.
 *
 * @param snapshot whether the message says it is a full snapshot
 * @param values one number per {@link TickerField}, by ordinal; NaN where the message has none
 * @param nextFundingTimeMicros microseconds since the epoch; {@link EventHeader#UNKNOWN_TIME} where
 *     the message has none
 * @param tickDirection the venue's tick direction, where given
 * @param preListingPhase the venue's phase before listing, where given and not empty
 */
public record Ticker(
        EventHeader header,
        boolean snapshot,
        double[] values,
        long nextFundingTimeMicros,
        @Nullable String tickDirection,
        @Nullable String preListingPhase)
        implements MarketEvent {

    @Override
    public EventType type() {
        return EventType.TICKER;
    }

    /** The number of that field; NaN where the message has none. */
    public double value(TickerField field) {
        return values[field.ordinal()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ticker that
                && header.equals(that.header)
                && snapshot == that.snapshot
                && Arrays.equals(values, that.values)
                && nextFundingTimeMicros == that.nextFundingTimeMicros
                && Objects.equals(tickDirection, that.tickDirection)
                && Objects.equals(preListingPhase, that.preListingPhase);
    }

    @Override
    public int hashCode() {
        return 31 * header.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Ticker[%s, snapshot=%s, values=%s, nextFunding=%d]"
                .formatted(header, snapshot, Arrays.toString(values), nextFundingTimeMicros);
    }
}
