package io.tidemark.features.engine;

import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Bars and indicators straight from the definitions: each bar cut from the list of all trades, each
 * average over its list. Slow, and shares nothing with the kernels.
 */
final class NaiveBars {
    record Bar(double open, double high, double low, double close, double volume, boolean traded) {
        double typical() {
            return (high + low + close) / 3;
        }
    }

    /** Oldest first; the run of defined bars that ends at T. */
    private final List<Bar> bars;

    private NaiveBars(List<Bar> bars) {
        this.bars = bars;
    }

    /** The newest n bars closed by t, or those after the last undefined one. */
    static NaiveBars at(List<MarketEvent> events, long t, long length, long carry, int n) {
        List<Trade> trades =
                events.stream()
                        .filter(Trade.class::isInstance)
                        .map(Trade.class::cast)
                        .filter(trade -> trade.eventTimeMicros() < t)
                        .toList();
        List<Bar> run = new ArrayList<>();
        for (long end = Math.floorDiv(t, length) * length; run.size() < n; end -= length) {
            Bar bar = bar(trades, end - length, end, carry);
            if (bar == null) {
                break;
            }
            run.add(0, bar);
        }
        return new NaiveBars(run);
    }

    private static @Nullable Bar bar(List<Trade> trades, long begin, long end, long carry) {
        List<Trade> before = trades.stream().filter(k -> k.eventTimeMicros() < end).toList();
        List<Trade> in = before.stream().filter(k -> k.eventTimeMicros() >= begin).toList();
        if (in.isEmpty()) {
            Trade last = before.isEmpty() ? null : before.get(before.size() - 1);
            if (last == null || last.eventTimeMicros() < end - carry) {
                return null;
            }
            return new Bar(last.price(), last.price(), last.price(), last.price(), 0, false);
        }
        return new Bar(
                in.get(0).price(),
                in.stream().mapToDouble(Trade::price).max().orElseThrow(),
                in.stream().mapToDouble(Trade::price).min().orElseThrow(),
                in.get(in.size() - 1).price(),
                in.stream().mapToDouble(Trade::size).sum(),
                true);
    }

    /** The newest n of these. */
    NaiveBars newest(int n) {
        return new NaiveBars(bars.subList(Math.max(0, size() - n), size()));
    }

    int size() {
        return bars.size();
    }

    List<Bar> bars() {
        return bars;
    }

    /** The value of a kernel with those settings; NaN is undefined. */
    double value(String kernel, int period) {
        if (bars.isEmpty()) {
            return Double.NaN;
        }
        return switch (kernel) {
            case "sma" -> mean(newest(Math.min(period, size()), Bar::close));
            case "zscore" -> zscore(newest(Math.min(period, size()), Bar::close));
            case "missing_bar" -> newest().traded() ? 0 : 1;
            case "ema" -> when(period, () -> last(ema(all(Bar::close), period)));
            case "price_ema_ratio" ->
                    when(period, () -> newest().close() / last(ema(all(Bar::close), period)) - 1);
            case "rsi" -> when(period + 1, () -> rsi(period));
            case "atr" -> when(period + 1, () -> last(wilder(trueRanges(), period)));
            case "adx" -> when(2 * period, () -> last(wilder(directionalIndex(period), period)));
            case "plus_di" -> when(2 * period, () -> last(directional(period, 1)));
            case "minus_di" -> when(2 * period, () -> last(directional(period, -1)));
            case "macd_line" -> when(34, () -> last(macdLine()));
            case "macd_signal" -> when(34, () -> last(ema(macdLine(), 9)));
            case "macd_histogram" -> when(34, () -> last(macdLine()) - last(ema(macdLine(), 9)));
            case "bollinger_percent_b" -> when(period, () -> percentB(period));
            case "bollinger_width" ->
                    when(
                            period,
                            () -> {
                                List<Double> closes = newest(period, Bar::close);
                                return 4 * deviation(closes, 0) / mean(closes);
                            });
            case "stochastic_k" -> when(period + 4, () -> smoothK(period, size() - 1));
            case "stochastic_d" ->
                    when(period + 4, () -> mean(list(3, i -> smoothK(period, size() - 3 + i))));
            case "obv_slope" -> when(period + 1, () -> obvSlope(period));
            case "mfi" -> when(period + 1, () -> mfi(period));
            case "cci" -> when(period, () -> cci(newest(period, Bar::typical)));
            case "volume_ratio" ->
                    when(period, () -> newest().volume() / mean(newest(period, Bar::volume)));
            case "drawdown" ->
                    when(
                            period,
                            () ->
                                    newest().close()
                                                    / newest(period, Bar::close).stream()
                                                            .mapToDouble(v -> v)
                                                            .max()
                                                            .orElseThrow()
                                            - 1);
            case "parkinson" ->
                    when(
                            period,
                            () ->
                                    Math.sqrt(
                                            mean(newest(period, NaiveBars::squaredLogRange))
                                                    / (4 * Math.log(2))));
            case "garman_klass" ->
                    when(
                            period,
                            () ->
                                    Math.sqrt(
                                            mean(
                                                    newest(
                                                            period,
                                                            bar ->
                                                                    squaredLogRange(bar) / 2
                                                                            - (2 * Math.log(2) - 1)
                                                                                    * Math.pow(
                                                                                            Math
                                                                                                    .log(
                                                                                                            bar
                                                                                                                            .close()
                                                                                                                    / bar
                                                                                                                            .open()),
                                                                                            2)))));
            default -> throw new IllegalArgumentException("no naive " + kernel);
        };
    }

    private interface Value {
        double get();
    }

    private double when(int wanted, Value value) {
        return size() < wanted ? Double.NaN : value.get();
    }

    private Bar newest() {
        return bars.get(size() - 1);
    }

    private List<Double> all(ToDoubleFunction<Bar> part) {
        return newest(size(), part);
    }

    private List<Double> newest(int n, ToDoubleFunction<Bar> part) {
        return bars.subList(size() - n, size()).stream().map(part::applyAsDouble).toList();
    }

    private static List<Double> list(int n, IntToDoubleFunction value) {
        return IntStream.range(0, n).mapToDouble(value).boxed().toList();
    }

    private static double last(List<Double> values) {
        return values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(v -> v).sum();
    }

    private static double mean(List<Double> values) {
        return sum(values) / values.size();
    }

    private static double deviation(List<Double> values, int less) {
        double mean = mean(values);
        double squares = sum(values.stream().map(v -> (v - mean) * (v - mean)).toList());
        return Math.sqrt(squares / (values.size() - less));
    }

    private static boolean same(List<Double> values) {
        return values.stream().distinct().count() == 1;
    }

    private static double zscore(List<Double> closes) {
        return same(closes) ? 0 : (last(closes) - mean(closes)) / deviation(closes, 1);
    }

    private static List<Double> ema(List<Double> values, int period) {
        List<Double> result = new ArrayList<>();
        double weight = 2.0 / (period + 1);
        for (double value : values) {
            result.add(result.isEmpty() ? value : weight * value + (1 - weight) * last(result));
        }
        return result;
    }

    /** Wilder's average: begun as the mean of the first period. */
    private static List<Double> wilder(List<Double> values, int period) {
        List<Double> result = new ArrayList<>();
        for (int i = period; i <= values.size(); i++) {
            result.add(
                    i == period
                            ? mean(values.subList(0, period))
                            : (last(result) * (period - 1) + values.get(i - 1)) / period);
        }
        return result;
    }

    private double rsi(int period) {
        List<Double> moves = list(size() - 1, i -> close(i + 1) - close(i));
        double up = last(wilder(moves.stream().map(m -> Math.max(m, 0)).toList(), period));
        double down = last(wilder(moves.stream().map(m -> Math.max(-m, 0)).toList(), period));
        return up + down == 0 ? Double.NaN : 100 - 100 / (1 + up / down);
    }

    private double close(int i) {
        return bars.get(i).close();
    }

    private List<Double> trueRanges() {
        return list(
                size() - 1,
                i -> {
                    Bar bar = bars.get(i + 1);
                    return Math.max(
                            bar.high() - bar.low(),
                            Math.max(
                                    Math.abs(bar.high() - close(i)),
                                    Math.abs(bar.low() - close(i))));
                });
    }

    /** Wilder's sum: begun as the sum of the first period - 1, as TA-Lib does. */
    private static List<Double> wilderSum(List<Double> values, int period) {
        List<Double> result = new ArrayList<>();
        double sum = sum(values.subList(0, period - 1));
        for (double value : values.subList(period - 1, values.size())) {
            sum = sum - sum / period + value;
            result.add(sum);
        }
        return result;
    }

    private List<Double> directional(int period, int direction) {
        List<Double> moves =
                list(
                        size() - 1,
                        i -> {
                            double up = bars.get(i + 1).high() - bars.get(i).high();
                            double down = bars.get(i).low() - bars.get(i + 1).low();
                            double mine = direction > 0 ? up : down;
                            double other = direction > 0 ? down : up;
                            return mine > other && mine > 0 ? mine : 0;
                        });
        List<Double> ranges = wilderSum(trueRanges(), period);
        List<Double> sums = wilderSum(moves, period);
        return list(
                sums.size(),
                i -> ranges.get(i) > 0 ? 100 * sums.get(i) / ranges.get(i) : Double.NaN);
    }

    private List<Double> directionalIndex(int period) {
        List<Double> plus = directional(period, 1);
        List<Double> minus = directional(period, -1);
        return IntStream.range(0, plus.size())
                .filter(i -> plus.get(i) + minus.get(i) > 0)
                .mapToDouble(
                        i ->
                                100
                                        * Math.abs(plus.get(i) - minus.get(i))
                                        / (plus.get(i) + minus.get(i)))
                .boxed()
                .toList();
    }

    private List<Double> macdLine() {
        List<Double> fast = ema(all(Bar::close), 12);
        List<Double> slow = ema(all(Bar::close), 26);
        return list(size(), i -> fast.get(i) - slow.get(i));
    }

    private double percentB(int period) {
        List<Double> closes = newest(period, Bar::close);
        if (same(closes)) {
            return Double.NaN;
        }
        double lower = mean(closes) - 2 * deviation(closes, 0);
        double upper = mean(closes) + 2 * deviation(closes, 0);
        return (newest().close() - lower) / (upper - lower);
    }

    private double smoothK(int period, int at) {
        return mean(
                list(
                        3,
                        i -> {
                            List<Bar> seen = bars.subList(at - i - period + 1, at - i + 1);
                            double high = seen.stream().mapToDouble(Bar::high).max().orElseThrow();
                            double low = seen.stream().mapToDouble(Bar::low).min().orElseThrow();
                            return 100 * (close(at - i) - low) / (high - low);
                        }));
    }

    private double obvSlope(int period) {
        List<Double> obv = new ArrayList<>();
        for (int i = size() - period; i < size(); i++) {
            double before = obv.isEmpty() ? 0 : last(obv);
            obv.add(before + Math.signum(close(i) - close(i - 1)) * bars.get(i).volume());
        }
        List<Double> x = list(period, i -> i);
        double meanX = mean(x);
        double meanY = mean(obv);
        return sum(list(period, i -> (x.get(i) - meanX) * (obv.get(i) - meanY)))
                / sum(list(period, i -> (x.get(i) - meanX) * (x.get(i) - meanX)));
    }

    private double mfi(int period) {
        double up = 0;
        double down = 0;
        for (int i = size() - period; i < size(); i++) {
            double flow = bars.get(i).typical() * bars.get(i).volume();
            int way = Double.compare(bars.get(i).typical(), bars.get(i - 1).typical());
            up += way > 0 ? flow : 0;
            down += way < 0 ? flow : 0;
        }
        return up + down == 0 ? Double.NaN : 100 * up / (up + down);
    }

    private static double cci(List<Double> typical) {
        if (same(typical)) {
            return Double.NaN;
        }
        double mean = mean(typical);
        double deviation = mean(typical.stream().map(v -> Math.abs(v - mean)).toList());
        return (last(typical) - mean) / (0.015 * deviation);
    }

    private static double squaredLogRange(Bar bar) {
        return Math.pow(Math.log(bar.high() / bar.low()), 2);
    }
}
