package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.FieldNumbers.Sign;

/** A funding message's payload. */
final class FundingReader implements PayloadReader {
    private double fundingRate;
    private long fundingTimeMicros;
    private long nextFundingTimeMicros;

    @Override
    public void reset() {
        fundingRate = Double.NaN;
        fundingTimeMicros = UNKNOWN_TIME;
        nextFundingTimeMicros = UNKNOWN_TIME;
    }

    @Override
    public FieldTaker taker(String field) {
        return switch (field) {
            case "fundingRate" -> (name, in) -> fundingRate = in.numbers().number(name, Sign.ANY);
            case "fundingRateTimestamp" -> (name, in) -> fundingTimeMicros = time(name, in);
            case "nextFundingTime" -> (name, in) -> nextFundingTimeMicros = time(name, in);
            default -> FieldTaker.SKIP;
        };
    }

    /** A funding time; the venue writes 0 where an instrument has no funding. */
    static long time(String name, Fields in) throws RefusedException {
        long micros = in.numbers().millis(name);
        if (micros == UNKNOWN_TIME || micros == 0) {
            return UNKNOWN_TIME;
        }
        Envelope.checkRange("payload." + name, micros);
        return micros;
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        if (Double.isNaN(fundingRate)) {
            throw Fields.missing("payload.fundingRate");
        }
        long time = envelope.messageTimeMicros();
        String id = EventIds.funding(time, fundingRate, fundingTimeMicros, nextFundingTimeMicros);
        return new Funding(
                envelope.header(time, 0, id),
                fundingRate,
                fundingTimeMicros,
                nextFundingTimeMicros);
    }
}
