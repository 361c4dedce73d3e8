package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.wire.FieldNumbers.Sign;

/** An order book message's payload. */
final class BookReader implements PayloadReader {
    static final int MAX_LEVELS = 20_000;

    private static final Word[] KINDS = {Word.of("snapshot"), Word.of("delta")};
    private static final int NO_KIND = -1;
    private static final int SNAPSHOT = 0;

    private static final int BIDS = 0;
    private static final int ASKS = 1;
    private static final int UPDATE_ID = 2;
    private static final int SEQUENCE = 3;
    private static final int TIME = 4;
    private static final int TYPE = 5;
    private static final int CHECKSUM = 6;

    private final Fields in;
    private final Side bids = new Side();
    private final Side asks = new Side();
    private int kind;
    private long updateId;
    private long sequence;
    private long timeMicros;
    private long checksum;

    BookReader(Fields in) {
        this.in = in;
    }

    @Override
    public void reset() {
        bids.missing = true;
        asks.missing = true;
        kind = NO_KIND;
        updateId = FieldNumbers.ABSENT;
        sequence = FieldNumbers.ABSENT;
        timeMicros = UNKNOWN_TIME;
        checksum = BookUpdate.NO_CHECKSUM;
    }

    @Override
    public int code(String field) {
        return switch (field) {
            case "b" -> BIDS;
            case "a" -> ASKS;
            case "u" -> UPDATE_ID;
            case "seq" -> SEQUENCE;
            case "cts" -> TIME;
            case "type" -> TYPE;
            case "checksum" -> CHECKSUM;
            default -> FieldName.SKIP;
        };
    }

    @Override
    public void take(int code, String name) throws RefusedException {
        switch (code) {
            case BIDS -> bids.read(name, in);
            case ASKS -> asks.read(name, in);
            case UPDATE_ID -> updateId = in.numbers().whole(name);
            case SEQUENCE -> sequence = in.numbers().whole(name);
            case TIME -> timeMicros = in.numbers().millis(name);
            case CHECKSUM -> checksum = BookChecksumField.read(name, in);
            case TYPE -> kind = in.texts().choice(name, KINDS, "snapshot or delta");
            default -> in.cursor().skip();
        }
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        if (kind == NO_KIND) {
            throw new RefusedException(
                    RejectReason.BAD_ENUM, "payload.type: wanted snapshot or delta, is missing");
        }
        if (updateId == FieldNumbers.ABSENT) {
            throw Fields.missing("payload.u");
        }
        // A side left out of a snapshot would empty the book of it.
        if (bids.missing) {
            throw Fields.missing("payload.b");
        }
        if (asks.missing) {
            throw Fields.missing("payload.a");
        }
        BookUpdate.Kind is = kind == SNAPSHOT ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA;
        int depth = envelope.topicDepth();
        long order = Math.max(0, sequence);
        long time = timeMicros == UNKNOWN_TIME ? envelope.messageTimeMicros() : timeMicros;
        return new BookUpdate(
                envelope.header(time, order, EventIds.book(updateId, order, is, depth)),
                is,
                depth,
                updateId,
                bids.levels.toArray(),
                asks.levels.toArray(),
                checksum);
    }

    /** One side of the message. */
    private static final class Side {
        private final LevelBuffer levels = new LevelBuffer();
        private boolean missing = true;

        void read(String name, Fields in) throws RefusedException {
            JsonCursor cursor = in.cursor();
            if (cursor.kind() == JsonKind.NULL) {
                return;
            }
            if (cursor.kind() != JsonKind.LIST) {
                throw in.refusals().of(RejectReason.WRONG_TYPE, name, "a list of levels");
            }
            missing = false;
            levels.clear();
            cursor.takePlainLevels(levels, MAX_LEVELS);
            while (cursor.nextItem() != JsonKind.END_OF_LIST) {
                int level = levels.levels();
                if (level == MAX_LEVELS) {
                    throw in.refusals()
                            .of(
                                    RejectReason.TOO_MANY_FIELDS,
                                    name,
                                    "at most " + MAX_LEVELS + " levels");
                }
                if (cursor.kind() != JsonKind.LIST) {
                    throw in.refusals()
                            .of(RejectReason.WRONG_TYPE, name, level, "a list [price, size]");
                }
                levels.add(
                        number(name, level, Sign.POSITIVE, in),
                        number(name, level, Sign.NOT_NEGATIVE, in));
                while (cursor.nextItem() != JsonKind.END_OF_LIST) {
                    cursor.skip();
                }
            }
        }

        private static double number(String name, int level, Sign sign, Fields in)
                throws RefusedException {
            in.cursor().nextItem();
            double value = in.numbers().number(name, level, sign);
            if (Double.isNaN(value)) {
                throw in.refusals().of(RejectReason.MISSING_FIELD, name, level, "[price, size]");
            }
            return value;
        }
    }
}
