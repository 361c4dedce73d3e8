package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;

import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.registry.FeatureEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Sums, prices and returns over windows of trades. */
final class NaiveTrades implements NaiveFamily {
    @Override
    public OptionalDouble value(FeatureEntry feature, NaiveMarket market) {
        long w = feature.lookbackMicros();
        double buys = size(market, w, x -> x.takerSide() == Trade.Side.BUY);
        double sells = size(market, w, x -> x.takerSide() == Trade.Side.SELL);
        double all = size(market, w, x -> true);
        String function = feature.function() == null ? "" : feature.function();
        return switch (function) {
            case "returns" ->
                    OptionalDouble.of(market.price(market.t) / market.price(market.t - w) - 1);
            case "vwap" -> OptionalDouble.of(nanIfZero(notional(market, w), all));
            case "volume" -> OptionalDouble.of(live(market, all));
            case "signed_volume" -> OptionalDouble.of(live(market, buys - sells));
            case "trade_count" -> OptionalDouble.of(live(market, market.window(w).size()));
            case "buy_sell_volume_ratio" -> OptionalDouble.of(nanIfZero(buys, sells));
            case "net_aggressor_pressure" ->
                    OptionalDouble.of(nanIfZero(buys - sells, buys + sells));
            case "volatility" -> OptionalDouble.of(volatility(market, w));
            default -> OptionalDouble.empty();
        };
    }

    private static double size(NaiveMarket market, long w, Predicate<Trade> which) {
        return market.window(w).stream().filter(which).mapToDouble(Trade::size).sum();
    }

    private static double notional(NaiveMarket market, long w) {
        return market.window(w).stream().mapToDouble(x -> x.price() * x.size()).sum();
    }

    private static double live(NaiveMarket market, double value) {
        return market.live(e -> e instanceof Trade) ? value : Double.NaN;
    }

    private static double nanIfZero(double over, double under) {
        return under == 0 ? Double.NaN : over / under;
    }

    /** At the whole seconds in (T - w, T]. */
    private static double volatility(NaiveMarket market, long w) {
        List<Double> returns = new ArrayList<>();
        for (long s = market.t / SECOND * SECOND; s > market.t - w; s -= SECOND) {
            double value = market.price(s) / market.price(s - SECOND) - 1;
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
}
