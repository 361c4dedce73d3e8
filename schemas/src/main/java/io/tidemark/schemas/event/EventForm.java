package io.tidemark.schemas.event;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The binary form of the market events: the kind, the header, then the kind's own fields. */
final class EventForm {
    private static final int TRADE = 1;
    private static final int BOOK = 2;
    private static final int KLINE = 3;
    private static final int TICKER = 4;
    private static final int FUNDING = 5;

    /** Prices and sizes of one side of a book; three times what the decoder lets in. */
    private static final int MAX_LEVEL_NUMBERS = 1 << 17;

    private static final int TICKER_FIELDS = TickerField.values().length;

    /** A book with a checksum, after its levels. Releases up to 0.1 neither write nor read it. */
    private static final int BOOK_CHECKSUM = 2;

    private EventForm() {}

    static void write(MarketEvent event, DataOutput out) throws IOException {
        if (event instanceof Trade trade) {
            begin(TRADE, event, out);
            writeTrade(trade, out);
        } else if (event instanceof BookUpdate book) {
            begin(BOOK, event, out);
            writeBook(book, out);
        } else if (event instanceof Kline kline) {
            begin(KLINE, event, out);
            writeKline(kline, out);
        } else if (event instanceof Ticker ticker) {
            begin(TICKER, event, out);
            writeTicker(ticker, out);
        } else if (event instanceof Funding funding) {
            begin(FUNDING, event, out);
            writeFunding(funding, out);
        }
    }

    private static void begin(int kind, MarketEvent event, DataOutput out) throws IOException {
        out.writeByte(kind);
        HeaderForm.write(event.header(), out);
    }

    static MarketEvent read(int kind, DataInput in) throws IOException {
        if (kind < TRADE || kind > FUNDING) {
            throw new IOException("wanted a kind from 1 to 6, got " + kind);
        }
        EventHeader header = HeaderForm.read(in);
        return switch (kind) {
            case TRADE -> readTrade(header, in);
            case BOOK -> readBook(header, in);
            case KLINE -> readKline(header, in);
            case TICKER -> readTicker(header, in);
            default -> readFunding(header, in);
        };
    }

    private static void writeTrade(Trade trade, DataOutput out) throws IOException {
        out.writeDouble(trade.price());
        out.writeDouble(trade.size());
        int flags =
                switch (trade.takerSide()) {
                    case BUY -> 0;
                    case SELL -> 1;
                };
        flags |= trade.blockTrade() ? 2 : 0;
        flags |= trade.rpi() ? 4 : 0;
        out.writeByte(flags);
        BinaryForm.writeOptional(trade.tickDirection(), out);
    }

    private static Trade readTrade(EventHeader header, DataInput in) throws IOException {
        double price = in.readDouble();
        double size = in.readDouble();
        int flags = in.readUnsignedByte();
        if (flags > 7) {
            throw new IOException("wanted trade flags from 0 to 7, got " + flags);
        }
        Trade.Side side = (flags & 1) == 0 ? Trade.Side.BUY : Trade.Side.SELL;
        return new Trade(
                header,
                price,
                size,
                side,
                BinaryForm.readOptional(in),
                (flags & 2) != 0,
                (flags & 4) != 0);
    }

    private static void writeBook(BookUpdate book, DataOutput out) throws IOException {
        int flags =
                switch (book.kind()) {
                    case SNAPSHOT -> 0;
                    case DELTA -> 1;
                };
        flags |= book.hasChecksum() ? BOOK_CHECKSUM : 0;
        out.writeByte(flags);
        BinaryForm.writeUnsigned(book.depth(), out);
        BinaryForm.writeUnsigned(book.updateId(), out);
        writeLevels(book.bids(), out);
        writeLevels(book.asks(), out);
        if (book.hasChecksum()) {
            out.writeInt((int) book.checksum());
        }
    }

    private static BookUpdate readBook(EventHeader header, DataInput in) throws IOException {
        int flags = in.readUnsignedByte();
        if (flags > (BOOK_CHECKSUM | 1)) {
            throw new IOException("wanted book flags from 0 to 3, got " + flags);
        }
        BookUpdate.Kind kind = (flags & 1) != 0 ? BookUpdate.Kind.DELTA : BookUpdate.Kind.SNAPSHOT;
        int depth = BinaryForm.readCount(in, Integer.MAX_VALUE, "levels of depth");
        long updateId = BinaryForm.readUnsigned(in);
        return new BookUpdate(
                header,
                kind,
                depth,
                updateId,
                readLevels(in),
                readLevels(in),
                (flags & BOOK_CHECKSUM) != 0 ? in.readInt() : BookUpdate.NO_CHECKSUM);
    }

    private static void writeLevels(double[] levels, DataOutput out) throws IOException {
        if (levels.length > MAX_LEVEL_NUMBERS || levels.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "wanted an even count of at most "
                            + MAX_LEVEL_NUMBERS
                            + " prices and sizes, got "
                            + levels.length);
        }
        BinaryForm.writeUnsigned(levels.length / 2, out);
        for (double number : levels) {
            out.writeDouble(number);
        }
    }

    private static double[] readLevels(DataInput in) throws IOException {
        double[] levels = new double[2 * BinaryForm.readCount(in, MAX_LEVEL_NUMBERS / 2, "levels")];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = in.readDouble();
        }
        return levels;
    }

    private static void writeKline(Kline kline, DataOutput out) throws IOException {
        BinaryForm.writeText(kline.interval(), out);
        BinaryForm.writeSigned(kline.startMicros(), out);
        BinaryForm.writeSigned(kline.endMicros() - kline.startMicros(), out);
        out.writeDouble(kline.open());
        out.writeDouble(kline.high());
        out.writeDouble(kline.low());
        out.writeDouble(kline.close());
        out.writeDouble(kline.volume());
        out.writeDouble(kline.turnover());
        out.writeByte(kline.confirm() ? 1 : 0);
    }

    private static Kline readKline(EventHeader header, DataInput in) throws IOException {
        String interval = BinaryForm.readText(in);
        long start = BinaryForm.readSigned(in);
        long end = start + BinaryForm.readSigned(in);
        return new Kline(
                header,
                interval,
                start,
                end,
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                BinaryForm.readFlag(in));
    }

    /** Which fields are there as bits of one integer, then those fields' numbers. */
    private static void writeTicker(Ticker ticker, DataOutput out) throws IOException {
        double[] values = ticker.values();
        long present = 0;
        for (int i = 0; i < values.length; i++) {
            present |= Double.isNaN(values[i]) ? 0 : 1L << i;
        }
        out.writeByte(ticker.snapshot() ? 1 : 0);
        BinaryForm.writeUnsigned(present, out);
        for (double value : values) {
            if (!Double.isNaN(value)) {
                out.writeDouble(value);
            }
        }
        writeTime(ticker.nextFundingTimeMicros(), out);
        BinaryForm.writeOptional(ticker.tickDirection(), out);
        BinaryForm.writeOptional(ticker.preListingPhase(), out);
    }

    private static Ticker readTicker(EventHeader header, DataInput in) throws IOException {
        boolean snapshot = BinaryForm.readFlag(in);
        double[] values = new double[TICKER_FIELDS];
        Arrays.fill(values, Double.NaN);
        long present = BinaryForm.readUnsigned(in);
        if (present >>> values.length != 0) {
            throw new IOException(
                    "wanted ticker fields below " + values.length + ", got bits " + present);
        }
        for (int i = 0; i < values.length; i++) {
            if ((present >>> i & 1) != 0) {
                values[i] = in.readDouble();
            }
        }
        long nextFunding = readTime(in);
        @Nullable String tickDirection = BinaryForm.readOptional(in);
        return new Ticker(
                header, snapshot, values, nextFunding, tickDirection, BinaryForm.readOptional(in));
    }

    private static void writeFunding(Funding funding, DataOutput out) throws IOException {
        out.writeDouble(funding.fundingRate());
        writeTime(funding.fundingTimeMicros(), out);
        writeTime(funding.nextFundingTimeMicros(), out);
    }

    private static Funding readFunding(EventHeader header, DataInput in) throws IOException {
        return new Funding(header, in.readDouble(), readTime(in), readTime(in));
    }

    /** A time that may be unknown: a 0 for that, else a 1 and the time. */
    private static void writeTime(long micros, DataOutput out) throws IOException {
        out.writeByte(micros == UNKNOWN_TIME ? 0 : 1);
        if (micros != UNKNOWN_TIME) {
            BinaryForm.writeSigned(micros, out);
        }
    }

    private static long readTime(DataInput in) throws IOException {
        return BinaryForm.readFlag(in) ? BinaryForm.readSigned(in) : UNKNOWN_TIME;
    }
}
