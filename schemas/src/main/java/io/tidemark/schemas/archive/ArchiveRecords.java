package io.tidemark.schemas.archive;

import io.tidemark.schemas.archive.avro.BookRecord;
import io.tidemark.schemas.archive.avro.FundingRecord;
import io.tidemark.schemas.archive.avro.KlineRecord;
import io.tidemark.schemas.archive.avro.TickerRecord;
import io.tidemark.schemas.archive.avro.TradeRecord;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Market events as archive records and back. The two directions are exact inverses, bits included,
 * but for two things a file cannot hold: a NaN of a nullable column is null in the record, and half
 * a surrogate pair becomes U+FFFD.
 *
 * <p>To a record: total, never throws on a value, allocates the record, its instants and its boxed
 * numbers. From a record: {@link IllegalArgumentException} on a record no release has written.
 */
public final class ArchiveRecords {
    private static final String BUY = "buy";
    private static final String SELL = "sell";
    private static final String SNAPSHOT = "snapshot";
    private static final String DELTA = "delta";

    private ArchiveRecords() {}

    /** The schema of the files of that kind. */
    public static Schema schema(EventType type) {
        return switch (type) {
            case TRADE -> TradeRecord.SCHEMA$;
            case ORDERBOOK -> BookRecord.SCHEMA$;
            case KLINE -> KlineRecord.SCHEMA$;
            case TICKER -> TickerRecord.SCHEMA$;
            case FUNDING -> FundingRecord.SCHEMA$;
        };
    }

    /** The event as a record of {@link #schema} of its type. */
    public static SpecificRecord toRecord(MarketEvent event, Verdict verdict) {
        return HeaderColumns.write(event.header(), verdict, payload(event));
    }

    /** The event of a record read from the archive. */
    public static MarketEvent toEvent(SpecificRecord record) {
        if (record instanceof TradeRecord trade) {
            return trade(trade);
        }
        if (record instanceof BookRecord book) {
            return book(book);
        }
        if (record instanceof KlineRecord kline) {
            return kline(kline);
        }
        if (record instanceof TickerRecord ticker) {
            return ticker(ticker);
        }
        if (record instanceof FundingRecord funding) {
            return funding(funding);
        }
        throw new IllegalArgumentException(
                "wanted a record of a market event, got " + record.getSchema().getFullName());
    }

    /** What became of the event of a record read from the archive. */
    public static Verdict verdict(SpecificRecord record) {
        return HeaderColumns.verdict(record);
    }

    private static SpecificRecord payload(MarketEvent event) {
        if (event instanceof Trade trade) {
            return payload(trade);
        }
        if (event instanceof BookUpdate book) {
            return payload(book);
        }
        if (event instanceof Kline kline) {
            return payload(kline);
        }
        if (event instanceof Ticker ticker) {
            return payload(ticker);
        }
        return payload((Funding) event);
    }

    private static TradeRecord payload(Trade trade) {
        TradeRecord record = new TradeRecord();
        record.setPrice(trade.price());
        record.setSize(trade.size());
        record.setTakerSide(trade.takerSide() == Trade.Side.BUY ? BUY : SELL);
        record.setTickDirection(ArchiveText.wellFormedOrNull(trade.tickDirection()));
        record.setBlockTrade(trade.blockTrade());
        record.setRpi(trade.rpi());
        return record;
    }

    private static Trade trade(TradeRecord record) {
        return new Trade(
                HeaderColumns.read(record),
                record.getPrice(),
                record.getSize(),
                oneOf("taker_side", record.getTakerSide(), BUY, SELL)
                        ? Trade.Side.BUY
                        : Trade.Side.SELL,
                record.getTickDirection(),
                record.getBlockTrade(),
                record.getRpi());
    }

    private static BookRecord payload(BookUpdate book) {
        BookRecord record = new BookRecord();
        record.setKind(book.kind() == BookUpdate.Kind.SNAPSHOT ? SNAPSHOT : DELTA);
        record.setDepth(book.depth());
        record.setUpdateId(book.updateId());
        record.setBidPrices(BookLevels.prices(book.bids()));
        record.setBidSizes(BookLevels.sizes(book.bids()));
        record.setAskPrices(BookLevels.prices(book.asks()));
        record.setAskSizes(BookLevels.sizes(book.asks()));
        record.setChecksum(book.hasChecksum() ? (Integer) (int) book.checksum() : null);
        return record;
    }

    private static BookUpdate book(BookRecord record) {
        return new BookUpdate(
                HeaderColumns.read(record),
                oneOf("kind", record.getKind(), SNAPSHOT, DELTA)
                        ? BookUpdate.Kind.SNAPSHOT
                        : BookUpdate.Kind.DELTA,
                record.getDepth(),
                record.getUpdateId(),
                BookLevels.interleaved(record.getBidPrices(), record.getBidSizes()),
                BookLevels.interleaved(record.getAskPrices(), record.getAskSizes()),
                record.getChecksum() == null ? BookUpdate.NO_CHECKSUM : record.getChecksum());
    }

    private static KlineRecord payload(Kline kline) {
        KlineRecord record = new KlineRecord();
        record.setInterval(ArchiveText.wellFormed(kline.interval()));
        record.setStartTime(ArchiveTime.instant(kline.startMicros()));
        record.setEndTime(ArchiveTime.instant(kline.endMicros()));
        record.setOpen(kline.open());
        record.setHigh(kline.high());
        record.setLow(kline.low());
        record.setClose(kline.close());
        record.setVolume(kline.volume());
        record.setTurnover(Double.isNaN(kline.turnover()) ? null : (Double) kline.turnover());
        record.setConfirm(kline.confirm());
        return record;
    }

    private static Kline kline(KlineRecord record) {
        return new Kline(
                HeaderColumns.read(record),
                record.getInterval(),
                ArchiveTime.micros(record.getStartTime()),
                ArchiveTime.micros(record.getEndTime()),
                record.getOpen(),
                record.getHigh(),
                record.getLow(),
                record.getClose(),
                record.getVolume(),
                record.getTurnover() == null ? Double.NaN : record.getTurnover(),
                record.getConfirm());
    }

    private static TickerRecord payload(Ticker ticker) {
        TickerRecord record = new TickerRecord();
        record.setSnapshot(ticker.snapshot());
        TickerColumns.write(ticker, record);
        record.setNextFundingTime(ArchiveTime.instantOrNull(ticker.nextFundingTimeMicros()));
        record.setTickDirection(ArchiveText.wellFormedOrNull(ticker.tickDirection()));
        record.setPreListingPhase(ArchiveText.wellFormedOrNull(ticker.preListingPhase()));
        return record;
    }

    private static Ticker ticker(TickerRecord record) {
        return new Ticker(
                HeaderColumns.read(record),
                record.getSnapshot(),
                TickerColumns.read(record),
                ArchiveTime.microsOrUnknown(record.getNextFundingTime()),
                record.getTickDirection(),
                record.getPreListingPhase());
    }

    private static FundingRecord payload(Funding funding) {
        FundingRecord record = new FundingRecord();
        record.setFundingRate(funding.fundingRate());
        record.setFundingTime(ArchiveTime.instantOrNull(funding.fundingTimeMicros()));
        record.setNextFundingTime(ArchiveTime.instantOrNull(funding.nextFundingTimeMicros()));
        return record;
    }

    private static Funding funding(FundingRecord record) {
        return new Funding(
                HeaderColumns.read(record),
                record.getFundingRate(),
                ArchiveTime.microsOrUnknown(record.getFundingTime()),
                ArchiveTime.microsOrUnknown(record.getNextFundingTime()));
    }

    private static boolean oneOf(String column, String value, String yes, String no) {
        if (value.equals(yes)) {
            return true;
        }
        if (value.equals(no)) {
            return false;
        }
        throw new IllegalArgumentException(
                "%s must be %s or %s, got '%s'".formatted(column, yes, no, value));
    }
}
