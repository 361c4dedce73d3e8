package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.FieldNumbers.Sign;

/** A trade's payload. */
final class TradeReader implements PayloadReader {
    private static final int MAX_ID = 64;
    private static final int MAX_TICK_DIRECTION = 32;

    private static final Word[] SIDES = {Word.of("Buy"), Word.of("Sell")};
    private static final int NO_SIDE = -1;
    private static final int BUY = 0;

    private static final int TIME = 0;
    private static final int SIDE = 1;
    private static final int SIZE = 2;
    private static final int PRICE = 3;
    private static final int ID = 4;
    private static final int TICK_DIRECTION = 5;
    private static final int SEQUENCE = 6;
    private static final int BLOCK_TRADE = 7;
    private static final int RPI = 8;

    private final Fields in;
    private final HeldText id = new HeldText();
    private final PooledText tickDirection = new PooledText();
    private long timeMicros;
    private double price;
    private double size;
    private int takerSide;
    private long sequence;
    private boolean blockTrade;
    private boolean rpi;

    TradeReader(Fields in) {
        this.in = in;
    }

    @Override
    public void reset() {
        timeMicros = UNKNOWN_TIME;
        price = Double.NaN;
        size = Double.NaN;
        takerSide = NO_SIDE;
        id.clear();
        sequence = FieldNumbers.ABSENT;
        tickDirection.clear();
        blockTrade = false;
        rpi = false;
    }

    @Override
    public int code(String field) {
        return switch (field) {
            case "T" -> TIME;
            case "S" -> SIDE;
            case "v" -> SIZE;
            case "p" -> PRICE;
            case "i" -> ID;
            case "L" -> TICK_DIRECTION;
            case "seq" -> SEQUENCE;
            case "BT" -> BLOCK_TRADE;
            case "RPI" -> RPI;
            default -> FieldName.SKIP;
        };
    }

    @Override
    public void take(int code, String name) throws RefusedException {
        switch (code) {
            case TIME -> timeMicros = in.numbers().millis(name);
            case SIDE -> takerSide = in.texts().choice(name, SIDES, "Buy or Sell");
            case SIZE -> size = in.numbers().number(name, Sign.POSITIVE);
            case PRICE -> price = in.numbers().number(name, Sign.POSITIVE);
            case ID -> in.texts().identity(name, MAX_ID, id);
            case TICK_DIRECTION -> in.texts().text(name, MAX_TICK_DIRECTION, tickDirection);
            case SEQUENCE -> sequence = in.numbers().whole(name);
            case BLOCK_TRADE -> blockTrade = Boolean.TRUE.equals(in.texts().flag(name));
            case RPI -> rpi = Boolean.TRUE.equals(in.texts().flag(name));
            default -> in.cursor().skip();
        }
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
        if (takerSide == NO_SIDE) {
            throw Fields.missing("payload.S");
        }
        String ownId = id.from(in.cursor().body());
        if (ownId == null) {
            throw Fields.missing("payload.i");
        }
        long order = sequence == FieldNumbers.ABSENT ? numericId(ownId) : sequence;
        return new Trade(
                envelope.header(timeMicros, order, ownId),
                price,
                size,
                takerSide == BUY ? Trade.Side.BUY : Trade.Side.SELL,
                tickDirection.text(),
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
