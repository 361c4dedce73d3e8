package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MINUTE;
import static io.tidemark.features.engine.Events.SECOND;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.registry.RegistryDuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Registry 1.0.0 straight from its definitions, over all raw events, O(n) a window. */
final class NaiveFeatures {
    private static final long CARRY = 5 * MINUTE;
    private final List<MarketEvent> before;
    private final List<Trade> trades = new ArrayList<>();
    private final long t;

    private final SortedMap<Double, Double> bids = new TreeMap<>(Comparator.reverseOrder());
    private final SortedMap<Double, Double> asks = new TreeMap<>();
    private boolean bookValid;
    private double fundingRate = Double.NaN;
    private long nextFunding = EventHeader.UNKNOWN_TIME;

    NaiveFeatures(List<MarketEvent> events, long t) {
        this.t = t;
        before = events.stream().filter(e -> e.eventTimeMicros() < t).toList();
        long updateId = 0;
        for (MarketEvent event : before) {
            if (event instanceof Trade trade) {
                trades.add(trade);
            } else if (event instanceof BookUpdate book) {
                updateId = apply(book, updateId);
            } else if (event instanceof Ticker ticker) {
                double rate = ticker.value(TickerField.FUNDING_RATE);
                fundingRate = Double.isNaN(rate) ? fundingRate : rate;
                fundingTime(ticker.nextFundingTimeMicros());
            } else if (event instanceof Funding funding) {
                fundingRate = funding.fundingRate();
                fundingTime(funding.nextFundingTimeMicros());
            }
        }
    }

    private void fundingTime(long time) {
        nextFunding = time == EventHeader.UNKNOWN_TIME ? nextFunding : time;
    }

    private long apply(BookUpdate book, long updateId) {
        boolean full = book.kind() == BookUpdate.Kind.SNAPSHOT || book.updateId() == 1;
        if (full) {
            bids.clear();
            asks.clear();
            bookValid = true;
        } else if (!bookValid || book.updateId() <= updateId) {
            return updateId;
        } else if (book.updateId() != updateId + 1) {
            bookValid = false;
            return updateId;
        }
        put(bids, book.bids());
        put(asks, book.asks());
        return book.updateId();
    }

    private static void put(SortedMap<Double, Double> side, double[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] == 0) {
                side.remove(pairs[i]);
            } else {
                side.put(pairs[i], pairs[i + 1]);
            }
        }
    }

    Map<String, Double> values() {
        Map<String, Double> v = new LinkedHashMap<>();
        boolean book =
                bookValid
                        && !bids.isEmpty()
                        && !asks.isEmpty()
                        && bids.firstKey() < asks.firstKey();
        double b = book ? bids.firstKey() : Double.NaN;
        double a = book ? asks.firstKey() : Double.NaN;
        v.put("mid_price", (b + a) / 2);
        v.put("spread_abs", a - b);
        v.put("spread_rel", (a - b) / ((b + a) / 2));
        v.put("returns_1s", price(t) / price(t - SECOND) - 1);
        v.put("returns_3s", price(t) / price(t - 3 * SECOND) - 1);
        v.put("returns_1m", price(t) / price(t - MINUTE) - 1);
        for (String w : List.of("3s", "15s", "1m")) {
            v.put("vwap_" + w, nanIfZero(notional(micros(w)), size(micros(w), x -> true)));
        }
        for (String w : List.of("3s", "15s", "1m")) {
            v.put("volume_" + w, live(size(micros(w), x -> true)));
        }
        v.put("volatility_1m", volatility(MINUTE));
        v.put("volatility_5m", volatility(5 * MINUTE));
        for (String w : List.of("3s", "15s", "1m")) {
            long window = micros(w);
            v.put("signed_volume_" + w, live(bought(window) - sold(window)));
        }
        double buys = bought(3 * SECOND);
        double sells = sold(3 * SECOND);
        v.put("buy_sell_volume_ratio", nanIfZero(buys, sells));
        v.put("trade_count_3s", live(window(3 * SECOND).size()));
        v.put("net_aggressor_pressure", nanIfZero(buys - sells, buys + sells));
        v.put("depth_bid_top5", book ? top(bids, 5) : Double.NaN);
        v.put("depth_bid_top10", book ? top(bids, 10) : Double.NaN);
        v.put("depth_ask_top5", book ? top(asks, 5) : Double.NaN);
        v.put("depth_ask_top10", book ? top(asks, 10) : Double.NaN);
        v.put(
                "depth_imbalance_top5",
                book ? (top(bids, 5) - top(asks, 5)) / (top(bids, 5) + top(asks, 5)) : Double.NaN);
        v.put("funding_rate", fundingRate);
        v.put(
                "time_to_funding",
                nextFunding == EventHeader.UNKNOWN_TIME
                        ? Double.NaN
                        : Math.max(0, nextFunding - t) / 1e6);
        double hour = Math.floorMod(t / (3_600 * SECOND), 24L);
        v.put("time_of_day_sin", Math.sin(2 * Math.PI * hour / 24));
        v.put("time_of_day_cos", Math.cos(2 * Math.PI * hour / 24));
        return v;
    }

    int completeness() {
        boolean book =
                bookValid
                        && !bids.isEmpty()
                        && !asks.isEmpty()
                        && bids.firstKey() < asks.firstKey();
        return (seen(e -> e instanceof Trade) ? Completeness.TRADES_LIVE : 0)
                | (seen(e -> e instanceof BookUpdate) ? Completeness.BOOK_LIVE : 0)
                | (book ? Completeness.BOOK_VALID : 0)
                | (seen(e -> e instanceof Ticker || e instanceof Funding)
                        ? Completeness.TICKER_LIVE
                        : 0)
                | (trades.stream()
                                .anyMatch(
                                        x ->
                                                x.eventTimeMicros() >= t - 601 * SECOND
                                                        && x.eventTimeMicros() <= t - 5 * MINUTE)
                        ? Completeness.WARM
                        : 0);
    }

    private boolean seen(Predicate<MarketEvent> kind) {
        return before.stream().anyMatch(e -> e.eventTimeMicros() >= t - CARRY && kind.test(e));
    }

    long eventCount() {
        return before.stream().filter(e -> e.eventTimeMicros() >= t - SECOND).count();
    }

    long maxEventTime() {
        return before.isEmpty()
                ? EventHeader.UNKNOWN_TIME
                : before.get(before.size() - 1).eventTimeMicros();
    }

    private double live(double value) {
        return seen(e -> e instanceof Trade) ? value : Double.NaN;
    }

    private static double nanIfZero(double over, double under) {
        return under == 0 ? Double.NaN : over / under;
    }

    private List<Trade> window(long w) {
        return trades.stream().filter(x -> x.eventTimeMicros() >= t - w).toList();
    }

    private double size(long w, Predicate<Trade> which) {
        return window(w).stream().filter(which).mapToDouble(Trade::size).sum();
    }

    private double bought(long w) {
        return size(w, x -> x.takerSide() == Trade.Side.BUY);
    }

    private double sold(long w) {
        return size(w, x -> x.takerSide() == Trade.Side.SELL);
    }

    private double notional(long w) {
        return window(w).stream().mapToDouble(x -> x.price() * x.size()).sum();
    }

    private double price(long time) {
        double price = Double.NaN;
        for (Trade trade : trades) {
            if (trade.eventTimeMicros() < time) {
                price = trade.eventTimeMicros() >= time - CARRY ? trade.price() : Double.NaN;
            }
        }
        return price;
    }

    private double volatility(long w) {
        List<Double> returns = new ArrayList<>();
        for (long s = t - w + SECOND; s <= t; s += SECOND) {
            double value = price(s) / price(s - SECOND) - 1;
            if (!Double.isNaN(value)) {
                returns.add(value);
            }
        }
        if (returns.size() < 2) {
            return Double.NaN;
        }
        double mean = returns.stream().mapToDouble(x -> x).average().orElseThrow();
        return Math.sqrt(
                returns.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / returns.size());
    }

    private static long micros(String window) {
        return RegistryDuration.micros(window).orElseThrow();
    }

    private static double top(SortedMap<Double, Double> side, int levels) {
        return side.values().stream().limit(levels).mapToDouble(x -> x).sum();
    }
}
