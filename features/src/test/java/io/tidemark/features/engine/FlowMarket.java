package io.tidemark.features.engine;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * {@link RandomMarket} with tickers that tell mark, index and open interest, each now and then, and
 * with books that carry a checksum, seldom a wrong one.
 */
final class FlowMarket {
    private FlowMarket() {}

    static List<MarketEvent> events(long seed, long start, int count, double longSilences) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MarketEvent> events = new ArrayList<>();
        NaiveBook book = NaiveBook.NONE;
        for (MarketEvent event : RandomMarket.events(seed, start, count, longSilences)) {
            MarketEvent told = event;
            if (event instanceof Ticker ticker) {
                told = told(ticker, random);
            } else if (event instanceof BookUpdate message) {
                BookUpdate checked = checked(message, book, random);
                book = book.after(checked);
                told = checked;
            }
            events.add(told);
        }
        return events;
    }

    private static BookUpdate checked(
            BookUpdate message, NaiveBook before, SplittableRandom random) {
        if (random.nextInt(4) > 0) {
            return message;
        }
        NaiveBook after = before.after(message);
        int right = NaiveChecksum.of(after.bids(), after.asks());
        return new BookUpdate(
                message.header(),
                message.kind(),
                message.depth(),
                message.updateId(),
                message.bids(),
                message.asks(),
                random.nextInt(10) > 0 ? right : right + 1);
    }

    private static MarketEvent told(Ticker ticker, SplittableRandom random) {
        double[] values = ticker.values().clone();
        sometimes(values, TickerField.MARK_PRICE, 50_000 + random.nextInt(-99, 99) / 10.0, random);
        sometimes(values, TickerField.INDEX_PRICE, 50_000 + random.nextInt(-99, 99) / 10.0, random);
        sometimes(values, TickerField.OPEN_INTEREST, random.nextInt(9_000, 9_999), random);
        // Mostly the same payment, or no two rates could be compared.
        long payment = ticker.eventTimeMicros() / 600_000_000L * 600_000_000L + 600_000_000L;
        return new Ticker(
                ticker.header(),
                ticker.snapshot(),
                values,
                payment,
                ticker.tickDirection(),
                ticker.preListingPhase());
    }

    private static void sometimes(
            double[] values, TickerField field, double value, SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            values[field.ordinal()] = value;
        }
    }
}
