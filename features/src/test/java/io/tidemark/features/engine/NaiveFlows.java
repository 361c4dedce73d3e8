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
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/** {@link FlowRegistry} straight from the definitions, over all raw events, O(n) a window. */
final class NaiveFlows {
    private static final long CARRY = 5 * MINUTE;
    private final long t;
    private final List<Trade> trades = new ArrayList<>();
    private final List<NaiveBook> books = new ArrayList<>(List.of(NaiveBook.NONE));
    private final List<NaiveTicker> tickers = new ArrayList<>(List.of(NaiveTicker.NONE));

    NaiveFlows(List<MarketEvent> events, long t) {
        this.t = t;
        for (MarketEvent event : events) {
            if (event.eventTimeMicros() >= t) {
                continue;
            }
            if (event instanceof Trade trade) {
                trades.add(trade);
            } else if (event instanceof BookUpdate book) {
                books.add(books.get(books.size() - 1).after(book));
            } else if (event instanceof Ticker ticker) {
                tickers.add(tickers.get(tickers.size() - 1).after(ticker));
            } else if (event instanceof Funding funding) {
                tickers.add(tickers.get(tickers.size() - 1).after(funding));
            }
        }
    }

    /** In the order of the registry. */
    Map<String, Double> values() {
        Map<String, Double> v = new LinkedHashMap<>();
        v.put("log_returns_37s", log(price(t), price(t - 37 * SECOND)));
        for (long w : new long[] {MINUTE, 5 * MINUTE}) {
            v.put("rv_" + w / MINUTE + "m", realisedVariance(w));
            v.put("bv_" + w / MINUTE + "m", bipowerVariation(w));
        }
        v.put("ofi_top1_10s", orderFlow(10 * SECOND, 1));
        v.put("ofi_top5_10s", orderFlow(10 * SECOND, 5));
        v.put("ofi_top5_1m", orderFlow(MINUTE, 5));
        v.put("signs_10s", signAutocorrelation(10 * SECOND));
        v.put("signs_1m", signAutocorrelation(MINUTE));
        v.put("vpin_1m", vpin(MINUTE, 7));
        v.put("vpin_5m", vpin(5 * MINUTE, 50));
        v.put("kyle_1m", kyleLambda(MINUTE));
        v.put("amihud_1m", amihud(MINUTE));
        v.put("large_1m", largeShare(MINUTE, 2_500_000));
        v.put("larger_10s", largeShare(10 * SECOND, 4_000_000));
        v.put(
                "gap_mean_1m",
                gaps(MINUTE).stream().mapToDouble(g -> g).average().orElse(Double.NaN));
        v.put("gap_cv_1m", gapVariation(MINUTE));
        v.put("gap_cv_3m", gapVariation(3 * MINUTE));
        book(v);
        v.put("churn_10s", churn(10 * SECOND));
        v.put("churn_1m", churn(MINUTE));
        v.put("spread_p50", spread(MINUTE, 50));
        v.put("spread_p90", spread(MINUTE, 90));
        v.put("spread_p99", spread(MINUTE, 99));
        v.put("spread_p50_7s", spread(7 * SECOND, 50));
        NaiveTicker now = tickers.get(tickers.size() - 1);
        v.put("basis", now.of(TickerField.MARK_PRICE) / now.of(TickerField.INDEX_PRICE) - 1);
        v.put("premium", now.of(TickerField.MARK_PRICE) / price(t) - 1);
        v.put("oi_1m", openInterestChange(MINUTE));
        v.put("oi_5m", openInterestChange(5 * MINUTE));
        v.put("funding_1m", fundingChange(MINUTE));
        calendar(v);
        return v;
    }

    private void calendar(Map<String, Double> v) {
        OffsetDateTime utc = Instant.ofEpochSecond(t / SECOND).atOffset(ZoneOffset.UTC);
        DayOfWeek day = utc.getDayOfWeek();
        int hour = utc.getHour();
        v.put("day_of_week", (double) day.getValue());
        v.put("asia", hour < 9 ? 1.0 : 0);
        v.put("europe", hour >= 7 && hour < 16 ? 1.0 : 0);
        v.put("us", hour >= 13 && hour < 21 ? 1.0 : 0);
    }

    private void book(Map<String, Double> v) {
        NaiveBook book = books.get(books.size() - 1);
        boolean defined = book.defined();
        v.put("microprice", defined ? microprice(book) : Double.NaN);
        v.put(
                "microprice_deviation",
                defined ? (microprice(book) - book.mid()) / book.mid() : Double.NaN);
        v.put("slope_bid", defined ? slope(book.bids(), book.mid()) : Double.NaN);
        v.put("slope_ask", defined ? slope(book.asks(), book.mid()) : Double.NaN);
        v.put("convexity_bid", defined ? convexity(book.bids(), book.mid()) : Double.NaN);
        v.put("convexity_ask", defined ? convexity(book.asks(), book.mid()) : Double.NaN);
        v.put("within_bid_1", defined ? within(book.bids(), book.mid(), 1) : Double.NaN);
        v.put("within_ask_1", defined ? within(book.asks(), book.mid(), 1) : Double.NaN);
        v.put("within_ask_5", defined ? within(book.asks(), book.mid(), 5) : Double.NaN);
    }

    private static double microprice(NaiveBook book) {
        double b = book.bids().firstKey();
        double a = book.asks().firstKey();
        double qb = book.bids().getOrDefault(b, 0.0);
        double qa = book.asks().getOrDefault(a, 0.0);
        return (b * qa + a * qb) / (qa + qb);
    }

    /** Distances and cumulative sizes of the best ten. */
    private static List<double[]> curve(SortedMap<Double, Double> side, double mid) {
        List<double[]> points = new ArrayList<>();
        double depth = 0;
        for (Map.Entry<Double, Double> level : side.entrySet()) {
            depth += level.getValue();
            points.add(new double[] {Math.abs(level.getKey() - mid) / mid * 1e4, depth});
        }
        return points.subList(0, Math.min(10, points.size()));
    }

    private static double slope(SortedMap<Double, Double> side, double mid) {
        List<double[]> points = curve(side, mid);
        return points.size() < 2 ? Double.NaN : regression(points);
    }

    private static double regression(List<double[]> points) {
        double x = mean(points, p -> p[0]);
        double y = mean(points, p -> p[1]);
        return mean(points, p -> (p[0] - x) * (p[1] - y))
                / mean(points, p -> (p[0] - x) * (p[0] - x));
    }

    private static double mean(List<double[]> points, ToDoubleFunction<double[]> of) {
        return points.stream().mapToDouble(of).sum() / points.size();
    }

    private static double convexity(SortedMap<Double, Double> side, double mid) {
        List<double[]> points = curve(side, mid);
        if (points.size() < 3) {
            return Double.NaN;
        }
        double[] first = points.get(0);
        double[] last = points.get(points.size() - 1);
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            double[] a = points.get(i - 1);
            double[] b = points.get(i);
            area += (b[0] - a[0]) * (a[1] + b[1]) / 2;
        }
        double line = (last[0] - first[0]) * (first[1] + last[1]) / 2;
        return (line - area) / ((last[1] - first[1]) * (last[0] - first[0]) / 2);
    }

    private static double within(SortedMap<Double, Double> side, double mid, int bp) {
        double sum = 0;
        int outside = 0;
        for (Map.Entry<Double, Double> level : side.entrySet()) {
            boolean near = Math.abs(level.getKey() - mid) <= mid * bp / 10_000;
            sum += near ? level.getValue() : 0;
            outside += near ? 0 : 1;
        }
        return outside == 0 && side.size() >= 50 ? Double.NaN : sum;
    }

    private NaiveBook bookAt(long time) {
        return books.stream().filter(b -> b.time() < time).reduce((a, b) -> b).orElseThrow();
    }

    private boolean bookKnown(long w) {
        return bookAt(t).time() >= t - CARRY && bookAt(t).defined() && bookAt(t - w).defined();
    }

    private double orderFlow(long w, int levels) {
        double sum = 0;
        for (int i = 1; i < books.size(); i++) {
            sum += books.get(i).time() >= t - w ? books.get(i).flow(books.get(i - 1), levels) : 0;
        }
        return bookKnown(w) ? sum : Double.NaN;
    }

    private double churn(long w) {
        double sum =
                books.stream().filter(b -> b.time() >= t - w).mapToDouble(NaiveBook::churn).sum();
        return bookKnown(w) ? sum / (w / 1e6) : Double.NaN;
    }

    private double spread(long w, int percent) {
        List<Double> sample = new ArrayList<>();
        for (long s = t / SECOND * SECOND; s > t - w; s -= SECOND) {
            NaiveBook book = bookAt(s);
            if (book.defined()) {
                sample.add((book.asks().firstKey() - book.bids().firstKey()) / book.mid());
            }
        }
        if (sample.isEmpty()) {
            return Double.NaN;
        }
        sample.sort(null);
        return sample.get((int) Math.ceil(sample.size() * percent / 100.0) - 1);
    }

    private NaiveTicker tickerAt(long time) {
        return tickers.stream().filter(x -> x.time() < time).reduce((a, b) -> b).orElseThrow();
    }

    private double told(long time, TickerField field) {
        NaiveTicker ticker = tickerAt(time);
        return ticker.tickerTime() >= time - CARRY ? ticker.toldOf(field) : Double.NaN;
    }

    private double openInterestChange(long w) {
        return told(t, TickerField.OPEN_INTEREST) / told(t - w, TickerField.OPEN_INTEREST) - 1;
    }

    private double fundingChange(long w) {
        return tickerAt(t).toldFundingTime() == tickerAt(t - w).toldFundingTime()
                ? told(t, TickerField.FUNDING_RATE) - told(t - w, TickerField.FUNDING_RATE)
                : Double.NaN;
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

    /** ln(now / before), from the difference, which is exact where the prices are near. */
    private static double log(double now, double before) {
        return Math.log1p((now - before) / before);
    }

    private List<Trade> window(long from, long to) {
        return trades.stream()
                .filter(x -> x.eventTimeMicros() >= from && x.eventTimeMicros() < to)
                .toList();
    }

    /** Whole seconds in (T - w, T]. */
    private List<Long> seconds(long w) {
        List<Long> seconds = new ArrayList<>();
        for (long s = t / SECOND * SECOND; s > t - w; s -= SECOND) {
            seconds.add(0, s);
        }
        return seconds;
    }

    private double realisedVariance(long w) {
        List<Double> squares = new ArrayList<>();
        for (long s : seconds(w)) {
            double r = log(price(s), price(s - SECOND));
            if (!Double.isNaN(r)) {
                squares.add(r * r);
            }
        }
        return squares.size() < 2 ? Double.NaN : squares.stream().mapToDouble(x -> x).sum();
    }

    private double bipowerVariation(long w) {
        List<Double> products = new ArrayList<>();
        for (long s : seconds(w)) {
            double product =
                    Math.abs(log(price(s), price(s - SECOND)))
                            * Math.abs(log(price(s - SECOND), price(s - 2 * SECOND)));
            if (s - SECOND > t - w && !Double.isNaN(product)) {
                products.add(product);
            }
        }
        return products.isEmpty()
                ? Double.NaN
                : Math.PI / 2 * products.stream().mapToDouble(x -> x).sum();
    }

    private static double sign(Trade trade) {
        return trade.takerSide() == Trade.Side.BUY ? 1 : -1;
    }

    private double signAutocorrelation(long w) {
        double[] s = window(t - w, t).stream().mapToDouble(NaiveFlows::sign).toArray();
        double mean = 0;
        for (double sign : s) {
            mean += sign / s.length;
        }
        double over = 0;
        double under = 0;
        for (int i = 0; i < s.length; i++) {
            over += i == 0 ? 0 : (s[i] - mean) * (s[i - 1] - mean);
            under += (s[i] - mean) * (s[i] - mean);
        }
        return s.length < 2 || under < 1e-9 ? Double.NaN : over / under;
    }

    /** Bucket k is the volume from k V to (k + 1) V; what lies in it of each second is a share. */
    private double vpin(long w, int buckets) {
        List<double[]> seconds = new ArrayList<>();
        double volume = 0;
        for (long s : seconds(w)) {
            List<Trade> traded = window(s - SECOND, s);
            double size = traded.stream().mapToDouble(Trade::size).sum();
            double signed = traded.stream().mapToDouble(x -> sign(x) * x.size()).sum();
            seconds.add(new double[] {volume, volume + size, signed});
            volume += size;
        }
        if (volume == 0) {
            return Double.NaN;
        }
        double sum = 0;
        for (int k = 0; k < buckets; k++) {
            double from = volume * k / buckets;
            double to = volume * (k + 1) / buckets;
            double imbalance = 0;
            for (double[] second : seconds) {
                double overlap = Math.min(to, second[1]) - Math.max(from, second[0]);
                if (overlap > 0) {
                    imbalance += second[2] * overlap / (second[1] - second[0]);
                }
            }
            sum += Math.abs(imbalance);
        }
        return sum / volume;
    }

    private double kyleLambda(long w) {
        List<double[]> points = new ArrayList<>();
        for (long s : seconds(w)) {
            double change = price(s) - price(s - SECOND);
            if (!Double.isNaN(change)) {
                double flow =
                        window(s - SECOND, s).stream().mapToDouble(x -> sign(x) * x.size()).sum();
                points.add(new double[] {flow, change});
            }
        }
        double slope = regression(points);
        return points.size() < 3 || Double.isInfinite(slope) ? Double.NaN : slope;
    }

    private double amihud(long w) {
        List<Double> ratios = new ArrayList<>();
        for (long s : seconds(w)) {
            double notional =
                    window(s - SECOND, s).stream().mapToDouble(x -> x.price() * x.size()).sum();
            double change = Math.abs(price(s) / price(s - SECOND) - 1);
            if (notional > 0 && !Double.isNaN(change)) {
                ratios.add(change / notional * 1e6);
            }
        }
        return ratios.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
    }

    private double largeShare(long w, double least) {
        double[] notionals =
                window(t - w, t).stream().mapToDouble(x -> x.price() * x.size()).toArray();
        double large = 0;
        double all = 0;
        for (double notional : notionals) {
            large += notional >= least ? notional : 0;
            all += notional;
        }
        return all == 0 ? Double.NaN : large / all;
    }

    private List<Double> gaps(long w) {
        List<Double> gaps = new ArrayList<>();
        List<Trade> traded = window(t - w, t);
        for (int i = 1; i < traded.size(); i++) {
            gaps.add((traded.get(i).eventTimeMicros() - traded.get(i - 1).eventTimeMicros()) / 1e6);
        }
        return gaps;
    }

    private double gapVariation(long w) {
        List<Double> gaps = gaps(w);
        double mean = gaps.stream().mapToDouble(g -> g).average().orElse(0);
        double variance =
                gaps.stream().mapToDouble(g -> (g - mean) * (g - mean)).average().orElse(0);
        return gaps.size() < 2 || mean == 0 ? Double.NaN : Math.sqrt(variance) / mean;
    }

    /** The ticker merged up to a message; what a funding message says is no ticker's word. */
    private record NaiveTicker(
            long time,
            long tickerTime,
            double[] values,
            long fundingTime,
            double[] told,
            long toldFundingTime) {
        static final NaiveTicker NONE = none();

        private static NaiveTicker none() {
            double[] unknown = new double[TickerField.values().length];
            Arrays.fill(unknown, Double.NaN);
            return new NaiveTicker(
                    Long.MIN_VALUE,
                    EventHeader.UNKNOWN_TIME,
                    unknown,
                    EventHeader.UNKNOWN_TIME,
                    unknown,
                    EventHeader.UNKNOWN_TIME);
        }

        double of(TickerField field) {
            return values[field.ordinal()];
        }

        double toldOf(TickerField field) {
            return told[field.ordinal()];
        }

        NaiveTicker after(Ticker message) {
            double[] merged = values.clone();
            for (TickerField field : TickerField.values()) {
                double news = message.value(field);
                merged[field.ordinal()] = Double.isNaN(news) ? of(field) : news;
            }
            long payment = payment(message.nextFundingTimeMicros());
            long now = message.eventTimeMicros();
            return new NaiveTicker(now, now, merged, payment, merged, payment);
        }

        NaiveTicker after(Funding message) {
            double[] merged = values.clone();
            merged[TickerField.FUNDING_RATE.ordinal()] = message.fundingRate();
            return new NaiveTicker(
                    message.eventTimeMicros(),
                    tickerTime,
                    merged,
                    payment(message.nextFundingTimeMicros()),
                    told,
                    toldFundingTime);
        }

        private long payment(long news) {
            return news == EventHeader.UNKNOWN_TIME ? fundingTime : news;
        }
    }
}
