package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import org.jspecify.annotations.Nullable;

/** An event's payload as the venue writes it. */
final class PayloadWriter {
    private static final TickerField[] TICKER_FIELDS = TickerField.values();

    private final StringBuilder out;

    private PayloadWriter(StringBuilder out) {
        this.out = out;
    }

    /** Appends the payload's JSON object. */
    static void append(StringBuilder out, MarketEvent event) {
        PayloadWriter writer = new PayloadWriter(out);
        out.append('{');
        if (event instanceof Trade trade) {
            writer.trade(trade);
        } else if (event instanceof BookUpdate book) {
            writer.book(book);
        } else if (event instanceof Kline kline) {
            writer.kline(kline);
        } else if (event instanceof Ticker ticker) {
            writer.ticker(ticker);
        } else if (event instanceof Funding funding) {
            writer.funding(funding);
        }
        // Every field ends in a comma; the last one's closes the object.
        out.setCharAt(out.length() - 1, '}');
    }

    static String topic(MarketEvent event) {
        String symbol = event.symbol();
        if (event instanceof BookUpdate book) {
            return "orderbook." + book.depth() + "." + symbol;
        }
        if (event instanceof Kline kline) {
            return "kline." + kline.interval() + "." + symbol;
        }
        return switch (event.type()) {
                    case TRADE -> "publicTrade.";
                    case ORDERBOOK -> "orderbook.";
                    case KLINE -> "kline.";
                    case TICKER -> "tickers.";
                    case FUNDING -> "funding.";
                }
                + symbol;
    }

    private void trade(Trade trade) {
        millis("T", trade.eventTimeMicros());
        text("s", trade.symbol());
        text(
                "S",
                switch (trade.takerSide()) {
                    case BUY -> "Buy";
                    case SELL -> "Sell";
                });
        number("v", trade.size());
        number("p", trade.price());
        text("L", trade.tickDirection());
        text("i", trade.header().id());
        flag("BT", trade.blockTrade());
        flag("RPI", trade.rpi());
        whole("seq", trade.header().sequence());
    }

    private void book(BookUpdate book) {
        text("s", book.symbol());
        levels("b", book.bids());
        levels("a", book.asks());
        whole("u", book.updateId());
        whole("seq", book.header().sequence());
        text(
                "type",
                switch (book.kind()) {
                    case SNAPSHOT -> "snapshot";
                    case DELTA -> "delta";
                });
        ownTime("cts", book);
        if (book.hasChecksum()) {
            whole("checksum", book.checksum());
        }
    }

    private void kline(Kline kline) {
        millis("start", kline.startMicros());
        millis("end", kline.endMicros());
        text("interval", kline.interval());
        number("open", kline.open());
        number("close", kline.close());
        number("high", kline.high());
        number("low", kline.low());
        number("volume", kline.volume());
        number("turnover", kline.turnover());
        flag("confirm", kline.confirm());
        ownTime("timestamp", kline);
    }

    private void ticker(Ticker ticker) {
        requireMessageTime(ticker);
        text("symbol", ticker.symbol());
        text("type", ticker.snapshot() ? "snapshot" : "delta");
        text("tickDirection", ticker.tickDirection());
        for (TickerField field : TICKER_FIELDS) {
            number(field.wireName(), ticker.value(field));
        }
        if (ticker.nextFundingTimeMicros() != UNKNOWN_TIME) {
            text("nextFundingTime", Long.toString(toMillis(ticker.nextFundingTimeMicros())));
        }
        text("curPreListingPhase", ticker.preListingPhase());
        if (ticker.header().sequence() != 0) {
            whole("cs", ticker.header().sequence());
        }
    }

    private void funding(Funding funding) {
        requireMessageTime(funding);
        text("symbol", funding.symbol());
        number("fundingRate", funding.fundingRate());
        if (funding.fundingTimeMicros() != UNKNOWN_TIME) {
            millis("fundingRateTimestamp", funding.fundingTimeMicros());
        }
        if (funding.nextFundingTimeMicros() != UNKNOWN_TIME) {
            millis("nextFundingTime", funding.nextFundingTimeMicros());
        }
    }

    /** The event's time where it is not the message's. */
    private void ownTime(String name, MarketEvent event) {
        if (event.eventTimeMicros() != event.header().messageTimeMicros()) {
            millis(name, event.eventTimeMicros());
        }
    }

    private static void requireMessageTime(MarketEvent event) {
        if (event.eventTimeMicros() != event.header().messageTimeMicros()) {
            throw new IllegalArgumentException(
                    "wanted a %s whose time is its message's, got %d and %d microseconds"
                            .formatted(
                                    event.type().wireName(),
                                    event.eventTimeMicros(),
                                    event.header().messageTimeMicros()));
        }
    }

    private StringBuilder name(String name) {
        return out.append('"').append(name).append("\":");
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            JsonText.append(name(name), value);
            out.append(',');
        }
    }

    private void number(String name, double value) {
        if (!Double.isNaN(value)) {
            Decimals.append(name(name).append('"'), value);
            out.append("\",");
        }
    }

    private void whole(String name, long value) {
        name(name).append(value).append(',');
    }

    private void flag(String name, boolean value) {
        name(name).append(value).append(',');
    }

    private void millis(String name, long micros) {
        whole(name, toMillis(micros));
    }

    private static long toMillis(long micros) {
        if (micros % 1000 != 0) {
            throw new IllegalArgumentException(
                    "wanted a time in whole milliseconds, got " + micros + " microseconds");
        }
        return micros / 1000;
    }

    private void levels(String name, double[] levels) {
        name(name).append('[');
        for (int i = 0; i < levels.length; i += 2) {
            Decimals.append(out.append(i == 0 ? "[\"" : ",[\""), levels[i]);
            Decimals.append(out.append("\",\""), levels[i + 1]);
            out.append("\"]");
        }
        out.append("],");
    }
}
