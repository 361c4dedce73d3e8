package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.wire.FieldNumbers.Sign;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A ticker's payload. */
final class TickerReader implements PayloadReader {
    private static final int MAX_TEXT = 32;
    private static final Map<String, TickerField> BY_WIRE_NAME = byWireName();

    private static final Word[] TYPES = {Word.of("snapshot"), Word.of("delta")};
    private static final int SNAPSHOT = 0;
    private static final Sign[] SIGNS = signs();

    // The codes below these are the ordinals of the numbers.
    private static final int TYPE = SIGNS.length;
    private static final int SEQUENCE = TYPE + 1;
    private static final int NEXT_FUNDING_TIME = TYPE + 2;
    private static final int TICK_DIRECTION = TYPE + 3;
    private static final int PRE_LISTING_PHASE = TYPE + 4;

    private final Fields in;
    private final PooledText tickDirection = new PooledText();
    private final PooledText preListingPhase = new PooledText();
    private final double[] values = new double[SIGNS.length];
    private boolean snapshot;
    private long sequence;
    private long nextFundingTimeMicros;

    TickerReader(Fields in) {
        this.in = in;
    }

    private static Sign[] signs() {
        return Arrays.stream(TickerField.values()).map(TickerReader::sign).toArray(Sign[]::new);
    }

    private static Map<String, TickerField> byWireName() {
        Map<String, TickerField> fields = new HashMap<>();
        for (TickerField field : TickerField.values()) {
            fields.put(field.wireName(), field);
        }
        return Map.copyOf(fields);
    }

    @Override
    public void reset() {
        Arrays.fill(values, Double.NaN);
        snapshot = false;
        sequence = FieldNumbers.ABSENT;
        nextFundingTimeMicros = UNKNOWN_TIME;
        tickDirection.clear();
        preListingPhase.clear();
    }

    @Override
    public int code(String field) {
        TickerField number = BY_WIRE_NAME.get(field);
        if (number != null) {
            return number.ordinal();
        }
        return switch (field) {
            case "type" -> TYPE;
            case "cs" -> SEQUENCE;
            case "nextFundingTime" -> NEXT_FUNDING_TIME;
            case "tickDirection" -> TICK_DIRECTION;
            case "curPreListingPhase" -> PRE_LISTING_PHASE;
            default -> FieldName.SKIP;
        };
    }

    @Override
    public void take(int code, String name) throws RefusedException {
        if (code >= 0 && code < SIGNS.length) {
            values[code] = in.numbers().number(name, SIGNS[code]);
        } else if (code == TYPE) {
            snapshot = in.texts().choice(name, TYPES, "snapshot or delta") == SNAPSHOT;
        } else if (code == SEQUENCE) {
            sequence = in.numbers().whole(name);
        } else if (code == NEXT_FUNDING_TIME) {
            nextFundingTimeMicros = FundingReader.time(name, in);
        } else if (code == TICK_DIRECTION) {
            in.texts().text(name, MAX_TEXT, tickDirection);
        } else if (code == PRE_LISTING_PHASE) {
            in.texts().text(name, MAX_TEXT, preListingPhase);
        } else {
            in.cursor().skip();
        }
    }

    private static Sign sign(TickerField field) {
        return switch (field) {
            case LAST_PRICE,
                    BID1_PRICE,
                    ASK1_PRICE,
                    MARK_PRICE,
                    INDEX_PRICE,
                    USD_INDEX_PRICE,
                    PREV_PRICE_24H,
                    PREV_PRICE_1H,
                    HIGH_PRICE_24H,
                    LOW_PRICE_24H,
                    PRE_OPEN_PRICE ->
                    Sign.POSITIVE;
            case BID1_SIZE,
                    ASK1_SIZE,
                    OPEN_INTEREST,
                    OPEN_INTEREST_VALUE,
                    SINGLE_OPEN_INTEREST,
                    SINGLE_OPEN_INTEREST_VALUE,
                    FUNDING_INTERVAL_HOUR,
                    VOLUME_24H,
                    TURNOVER_24H,
                    PRE_QTY ->
                    Sign.NOT_NEGATIVE;
            case FUNDING_RATE, FUNDING_CAP, PRICE_24H_PCNT -> Sign.ANY;
        };
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        long time = envelope.messageTimeMicros();
        long order = Math.max(0, sequence);
        String tick = tickDirection.text();
        String phase = preListingPhase.text();
        String id =
                EventIds.ticker(time, order, snapshot, values, nextFundingTimeMicros, tick, phase);
        return new Ticker(
                envelope.header(time, order, id),
                snapshot,
                values.clone(),
                nextFundingTimeMicros,
                tick,
                phase);
    }
}
