package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.FieldNumbers.Sign;
import org.jspecify.annotations.Nullable;

/** A trade's payload. */
final class TradeReader implements PayloadReader {
    private static final int MAX_ID = 64;
    private static final int MAX_TICK_DIRECTION = 32;

    private long timeMicros;
    private double price;
    private double size;
    private Trade.@Nullable Side takerSide;
    private @Nullable String id;
    private long sequence;
    private @Nullable String tickDirection;
    private boolean blockTrade;
    private boolean rpi;

    @Override
    public void reset() {
        timeMicros = UNKNOWN_TIME;
        price = Double.NaN;
        size = Double.NaN;
        takerSide = null;
        id = null;
        sequence = FieldNumbers.ABSENT;
        tickDirection = null;
        blockTrade = false;
        rpi = false;
    }

    @Override
    public FieldTaker taker(String field) {
        return switch (field) {
            case "T" -> (name, in) -> timeMicros = in.numbers().millis(name);
            case "S" -> (name, in) -> takerSide = side(name, in);
            case "v" -> (name, in) -> size = in.numbers().number(name, Sign.POSITIVE);
            case "p" -> (name, in) -> price = in.numbers().number(name, Sign.POSITIVE);
            case "i" -> (name, in) -> id = in.texts().identity(name, MAX_ID);
            case "L" -> (name, in) -> tickDirection = in.texts().text(name, MAX_TICK_DIRECTION);
            case "seq" -> (name, in) -> sequence = in.numbers().whole(name);
            case "BT" -> (name, in) -> blockTrade = Boolean.TRUE.equals(in.texts().flag(name));
            case "RPI" -> (name, in) -> rpi = Boolean.TRUE.equals(in.texts().flag(name));
            default -> FieldTaker.SKIP;
        };
    }

    private static Trade.@Nullable Side side(String name, Fields in) throws RefusedException {
        String side = in.texts().text(name);
        if (side == null) {
            return null;
        }
        return switch (side) {
            case "Buy" -> Trade.Side.BUY;
            case "Sell" -> Trade.Side.SELL;
            default -> throw in.refusals().of(RejectReason.BAD_ENUM, name, "Buy or Sell");
        };
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        if (timeMicros == UNKNOWN_TIME) {
            throw Fields.missingTime("payload.T");
        }
        if (Double.isNaN(price)) {
            throw Fields.missing("payload.p");
        }
        if (Double.isNaN(size)) {
            throw Fields.missing("payload.v");
        }
        if (takerSide == null) {
            throw Fields.missing("payload.S");
        }
        if (id == null) {
            throw Fields.missing("payload.i");
        }
        long order = sequence == FieldNumbers.ABSENT ? numericId(id) : sequence;
        return new Trade(
                envelope.header(timeMicros, order, id),
                price,
                size,
                takerSide,
                tickDirection,
                blockTrade,
                rpi);
    }

    /** The id as a number, where it is one that fits; else 0. */
    private static long numericId(String id) {
        long value = 0;
        for (int i = 0; i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
