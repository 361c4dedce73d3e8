package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.wire.FieldNumbers.Sign;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ticker's payload. */
final class TickerReader implements PayloadReader {
    private static final int MAX_TEXT = 32;
    private static final Map<String, TickerField> BY_WIRE_NAME = byWireName();

    private final double[] values = new double[TickerField.values().length];
    private boolean snapshot;
    private long sequence;
    private long nextFundingTimeMicros;
    private @Nullable String tickDirection;
    private @Nullable String preListingPhase;

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
        tickDirection = null;
        preListingPhase = null;
    }

    @Override
    public FieldTaker taker(String field) {
        TickerField number = BY_WIRE_NAME.get(field);
        if (number != null) {
            int index = number.ordinal();
            Sign sign = sign(number);
            return (name, in) -> values[index] = in.numbers().number(name, sign);
        }
        return switch (field) {
            case "type" -> (name, in) -> snapshot = isSnapshot(name, in);
            case "cs" -> (name, in) -> sequence = in.numbers().whole(name);
            case "nextFundingTime" ->
                    (name, in) -> nextFundingTimeMicros = FundingReader.time(name, in);
            case "tickDirection" -> (name, in) -> tickDirection = in.texts().text(name, MAX_TEXT);
            case "curPreListingPhase" ->
                    (name, in) -> preListingPhase = in.texts().text(name, MAX_TEXT);
            default -> FieldTaker.SKIP;
        };
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

    private static boolean isSnapshot(String name, Fields in) throws RefusedException {
        String type = in.texts().text(name);
        if (type == null) {
            return false;
        }
        return switch (type) {
            case "snapshot" -> true;
            case "delta" -> false;
            default -> throw in.refusals().of(RejectReason.BAD_ENUM, name, "snapshot or delta");
        };
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        long time = envelope.messageTimeMicros();
        long order = Math.max(0, sequence);
        String id =
                EventIds.ticker(
                        time,
                        order,
                        snapshot,
                        values,
                        nextFundingTimeMicros,
                        tickDirection,
                        preListingPhase);
        return new Ticker(
                envelope.header(time, order, id),
                snapshot,
                values.clone(),
                nextFundingTimeMicros,
                tickDirection,
                preListingPhase);
    }
}
