package io.tidemark.local.simulator;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.EventIds;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The feeds of one symbol in event-time order. Event times are whole milliseconds. */
final class SymbolMarket {
    private static final double SAME_SIDE_CHANCE = 0.78;
    private static final double IMPACT_TICKS = 0.15;
    private static final long FUNDING_INTERVAL_MICROS = 8 * 3600 * 1_000_000L;

    private final int index;
    private final Instrument instrument;
    private final EventRates rates;
    private final SplittableRandom random;
    private final TradeArrivals arrivals;
    private final FairPrice fairPrice;
    private final SimulatedBook book;
    private final SimulatedTicker ticker;
    private final Queue<Feed> snapshotsToSend = new ArrayDeque<>();
    private final Schedule schedule;
    private final double startSeconds;

    private long nowMicros;
    private long bookMovedMicros;
    private long updateId;
    private long sequence;
    private boolean buying;
    private long lastTicks;
    private @Nullable String tickDirection;
    private SimulatedCandle candle;

    SymbolMarket(
            int index,
            Instrument instrument,
            EventRates rates,
            long start,
            SplittableRandom random) {
        // Event times are whole milliseconds; none may lie before the start.
        long startMicros = start - Math.floorMod(start, 1_000L);
        this.index = index;
        this.instrument = instrument;
        this.rates = rates;
        this.random = random;
        arrivals = new TradeArrivals(rates.trades(), random.split());
        fairPrice =
                new FairPrice(instrument.price(), instrument.annualVolatility(), random.split());
        book = new SimulatedBook(instrument, random.split());
        ticker = new SimulatedTicker(instrument, random.split());
        startSeconds = startMicros / 1e6;
        nowMicros = startMicros;
        bookMovedMicros = startMicros;
        updateId = startMicros / 1_000;
        sequence = startMicros;
        lastTicks = instrument.startTicks();
        candle =
                new SimulatedCandle(
                        instrument,
                        startMicros - Math.floorMod(startMicros, SimulatedCandle.MINUTE_MICROS),
                        lastTicks);
        schedule = new Schedule(startMicros);
        schedule.set(Feed.TRADE, startMicros + micros(arrivals.next()));
        schedule.set(Feed.CANDLE_CLOSE, candle.startMicros() + SimulatedCandle.MINUTE_MICROS);
        schedule.set(Feed.FUNDING, startMicros + 5_000_000L);
        snapshotsToSend.add(Feed.BOOK);
        snapshotsToSend.add(Feed.TICKER);
    }

    int index() {
        return index;
    }

    long nextTimeMicros() {
        return schedule.time();
    }

    MarketEvent next() {
        Feed feed = schedule.next();
        nowMicros = schedule.time();
        sequence += 1 + random.nextInt(20);
        return switch (feed) {
            case CANDLE_CLOSE -> closeCandle();
            case TRADE -> trade();
            case BOOK -> book();
            case TICKER -> ticker();
            case CANDLE -> candle();
            case FUNDING -> funding();
        };
    }

    private MarketEvent trade() {
        schedule.set(Feed.TRADE, Math.max(nowMicros, micros(startSeconds + arrivals.next())));
        buying = random.nextDouble() < SAME_SIDE_CHANCE == buying;
        long ticks = buying ? book.bestAsk() : book.bestBid();
        long available = buying ? book.bestAskLots() : book.bestBidLots();
        double wanted = instrument.typicalLots() * Math.exp(1.1 * random.nextGaussian());
        long lots = Math.max(1, Math.min(available, Math.round(wanted)));
        book.take(buying, lots);
        fairPrice.push((buying ? 1 : -1) * IMPACT_TICKS / lastTicks);
        String direction = direction(ticks);
        tickDirection = direction;
        lastTicks = ticks;
        candle.trade(ticks, lots);
        ticker.traded(ticks, lots);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        return new Trade(
                header(sequence, id.toString()),
                instrument.price(ticks),
                instrument.size(lots),
                buying ? Trade.Side.BUY : Trade.Side.SELL,
                direction,
                false,
                false);
    }

    private String direction(long ticks) {
        if (ticks > lastTicks) {
            return "PlusTick";
        }
        if (ticks < lastTicks) {
            return "MinusTick";
        }
        return tickDirection != null && tickDirection.endsWith("MinusTick")
                ? "ZeroMinusTick"
                : "ZeroPlusTick";
    }

    private MarketEvent book() {
        schedule.set(Feed.BOOK, nowMicros + around(rates.books()));
        boolean snapshot = snapshotsToSend.remove(Feed.BOOK);
        Map<Long, Long> bidsBefore = book.copyOfBids();
        Map<Long, Long> asksBefore = book.copyOfAsks();
        fairPrice.advance((nowMicros - bookMovedMicros) / 1e6, arrivals.activity());
        bookMovedMicros = nowMicros;
        book.moveTo(fairPrice.value() * Math.pow(10, instrument.priceDecimals()));
        updateId++;
        BookUpdate.Kind kind = snapshot ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA;
        return new BookUpdate(
                header(sequence, EventIds.book(updateId, sequence, kind, SimulatedBook.LEVELS)),
                kind,
                SimulatedBook.LEVELS,
                updateId,
                snapshot ? book.bidLevels() : book.bidChanges(bidsBefore),
                snapshot ? book.askLevels() : book.askChanges(asksBefore));
    }

    private MarketEvent ticker() {
        schedule.set(Feed.TICKER, nowMicros + around(rates.tickers()));
        boolean snapshot = snapshotsToSend.remove(Feed.TICKER);
        return ticker.message(nowMicros, sequence, snapshot, book, tickDirection, nextFunding());
    }

    private MarketEvent candle() {
        schedule.set(Feed.CANDLE, nowMicros + around(rates.klines()));
        return kline(candle, false);
    }

    private MarketEvent closeCandle() {
        SimulatedCandle closed = candle;
        candle = closed.next();
        schedule.set(Feed.CANDLE_CLOSE, candle.startMicros() + SimulatedCandle.MINUTE_MICROS);
        return kline(closed, true);
    }

    private MarketEvent kline(SimulatedCandle of, boolean confirm) {
        return new Kline(
                header(0, EventIds.kline("1", of.startMicros(), nowMicros, confirm)),
                "1",
                of.startMicros(),
                of.endMicros(),
                of.open(),
                of.high(),
                of.low(),
                of.close(),
                of.volume(),
                of.turnover(),
                confirm);
    }

    private MarketEvent funding() {
        schedule.set(Feed.FUNDING, nowMicros + 60_000_000L);
        double rate = ticker.fundingRate();
        long next = nextFunding();
        long last = next - FUNDING_INTERVAL_MICROS;
        return new Funding(
                header(0, EventIds.funding(nowMicros, rate, last, next)), rate, last, next);
    }

    private long nextFunding() {
        return (Math.floorDiv(nowMicros, FUNDING_INTERVAL_MICROS) + 1) * FUNDING_INTERVAL_MICROS;
    }

    private EventHeader header(long order, String id) {
        return SimulatedTicker.header(instrument.symbol(), nowMicros, order, id);
    }

    /** A wait between a third and five thirds of the mean. */
    private long around(double perSecond) {
        return micros((1 / 3.0 + random.nextDouble() * 4 / 3.0) / perSecond);
    }

    private static long micros(double seconds) {
        return Math.round(seconds * 1e6);
    }
}
