package io.tidemark.features.market;

import io.tidemark.schemas.event.TickerField;

/** The last known value of each ticker field; a field a message leaves out is unchanged. */
public interface TickerView {
    /** The last known number; NaN when none came. */
    double value(TickerField field);

    /**
     * The next funding payment, microseconds since the epoch; {@link
     * io.tidemark.schemas.event.EventHeader#UNKNOWN_TIME} when none came.
     */
    long nextFundingTimeMicros();
}
