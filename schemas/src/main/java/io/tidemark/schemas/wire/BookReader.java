package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.wire.FieldNumbers.Sign;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An order book message's payload. */
final class BookReader implements PayloadReader {
    static final int MAX_LEVELS = 20_000;

    private final Side bids = new Side();
    private final Side asks = new Side();
    private BookUpdate.@Nullable Kind kind;
    private long updateId;
    private long sequence;
    private long timeMicros;

    @Override
    public void reset() {
        bids.count = Side.MISSING;
        asks.count = Side.MISSING;
        kind = null;
        updateId = FieldNumbers.ABSENT;
        sequence = FieldNumbers.ABSENT;
        timeMicros = UNKNOWN_TIME;
    }

    @Override
    public FieldTaker taker(String field) {
        return switch (field) {
            case "b" -> (name, in) -> bids.read(name, in);
            case "a" -> (name, in) -> asks.read(name, in);
            case "u" -> (name, in) -> updateId = in.numbers().whole(name);
            case "seq" -> (name, in) -> sequence = in.numbers().whole(name);
            case "cts" -> (name, in) -> timeMicros = in.numbers().millis(name);
            case "type" -> (name, in) -> kind = kind(name, in);
            default -> FieldTaker.SKIP;
        };
    }

    private static BookUpdate.@Nullable Kind kind(String name, Fields in) throws RefusedException {
        String type = in.texts().text(name);
        if (type == null) {
            return null;
        }
        return switch (type) {
            case "snapshot" -> BookUpdate.Kind.SNAPSHOT;
            case "delta" -> BookUpdate.Kind.DELTA;
            default -> throw in.refusals().of(RejectReason.BAD_ENUM, name, "snapshot or delta");
        };
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        if (kind == null) {
            throw new RefusedException(
                    RejectReason.BAD_ENUM, "payload.type: wanted snapshot or delta, is missing");
        }
        if (updateId == FieldNumbers.ABSENT) {
            throw Fields.missing("payload.u");
        }
        // A side left out of a snapshot would empty the book of it.
        if (bids.count == Side.MISSING) {
            throw Fields.missing("payload.b");
        }
        if (asks.count == Side.MISSING) {
            throw Fields.missing("payload.a");
        }
        int depth = envelope.topicDepth();
        long order = Math.max(0, sequence);
        long time = timeMicros == UNKNOWN_TIME ? envelope.messageTimeMicros() : timeMicros;
        return new BookUpdate(
                envelope.header(time, order, EventIds.book(updateId, order, kind, depth)),
                kind,
                depth,
                updateId,
                bids.levels(),
                asks.levels());
    }

    /** One side's levels, in a buffer that grows to the longest seen. */
    private static final class Side {
        private static final int MISSING = -1;
        private static final double[] NO_LEVELS = {};

        private double[] numbers = new double[128];
        private int count = MISSING;

        double[] levels() {
            return count == 0 ? NO_LEVELS : Arrays.copyOf(numbers, count);
        }

        void read(String name, Fields in) throws RefusedException {
            JsonCursor cursor = in.cursor();
            if (cursor.kind() == JsonKind.NULL) {
                return;
            }
            if (cursor.kind() != JsonKind.LIST) {
                throw in.refusals().of(RejectReason.WRONG_TYPE, name, "a list of levels");
            }
            count = 0;
            while (cursor.nextItem() != JsonKind.END_OF_LIST) {
                int level = count / 2;
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
                add(
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

        private void add(double price, double size) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = price;
            numbers[count++] = size;
        }
    }
}
