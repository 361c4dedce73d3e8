package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.FieldNumbers.Sign;

/** A funding message's payload. */
final class FundingReader implements PayloadReader {
    private static final int RATE = 0;
    private static final int TIME = 1;
    private static final int NEXT_TIME = 2;

    private final Fields in;
    private double fundingRate;
    private long fundingTimeMicros;
    private long nextFundingTimeMicros;

    FundingReader(Fields in) {
        this.in = in;
    }

    @Override
    public void reset() {
        fundingRate = Double.NaN;
        fundingTimeMicros = UNKNOWN_TIME;
        nextFundingTimeMicros = UNKNOWN_TIME;
    }

    @Override
    public int code(String field) {
        return switch (field) {
            case "fundingRate" -> RATE;
            case "fundingRateTimestamp" -> TIME;
            case "nextFundingTime" -> NEXT_TIME;
            default -> FieldName.SKIP;
        };
    }

    @Override
    public void take(int code, String name) throws RefusedException {
        switch (code) {
            case RATE -> fundingRate = in.numbers().number(name, Sign.ANY);
            case TIME -> fundingTimeMicros = time(name, in);
            case NEXT_TIME -> nextFundingTimeMicros = time(name, in);
            default -> in.cursor().skip();
        }
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
