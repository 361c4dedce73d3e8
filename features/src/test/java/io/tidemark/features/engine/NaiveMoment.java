package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.registry.FeatureEntry;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Features of the moment in registry 1.0.0: the book's best levels, funding, time of day. */
final class NaiveMoment implements NaiveFamily {
    @Override
    public OptionalDouble value(FeatureEntry feature, NaiveMarket market) {
        String function = feature.function() == null ? "" : feature.function();
        double b = market.bid();
        double a = market.ask();
        double hour = Math.floorMod(market.t / (3_600 * SECOND), 24L);
        return switch (function) {
            case "mid_price" -> OptionalDouble.of((b + a) / 2);
            case "spread_abs" -> OptionalDouble.of(a - b);
            case "spread_rel" -> OptionalDouble.of((a - b) / ((b + a) / 2));
            case "depth_bid" -> OptionalDouble.of(top(market, market.bids, feature));
            case "depth_ask" -> OptionalDouble.of(top(market, market.asks, feature));
            case "depth_imbalance" -> {
                double bid = top(market, market.bids, feature);
                double ask = top(market, market.asks, feature);
                yield OptionalDouble.of((bid - ask) / (bid + ask));
            }
            case "funding_rate" -> OptionalDouble.of(market.fundingRate);
            case "time_to_funding" ->
                    OptionalDouble.of(
                            market.nextFunding == EventHeader.UNKNOWN_TIME
                                    ? Double.NaN
                                    : Math.max(0, market.nextFunding - market.t) / 1e6);
            case "time_of_day_sin" -> OptionalDouble.of(Math.sin(2 * Math.PI * hour / 24));
            case "time_of_day_cos" -> OptionalDouble.of(Math.cos(2 * Math.PI * hour / 24));
            default -> OptionalDouble.empty();
        };
    }

    private static double top(NaiveMarket market, Map<Double, Double> side, FeatureEntry feature) {
        int levels =
                Integer.parseInt(Objects.requireNonNull(feature.params().get("levels")).text());
        return market.bookDefined()
                ? side.values().stream().limit(levels).mapToDouble(x -> x).sum()
                : Double.NaN;
    }
}
