package io.tidemark.features.engine;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.RegistryDocument;

/** A registry of all that depends on the order of things in a window, and on the book's shape. */
final class FlowRegistry {
    private static final String[] FEATURES = {
        "log_returns_37s, log_returns, trades, 37s, {}",
        "rv_1m, realised_variance, trades, 1m, {}",
        "bv_1m, bipower_variation, trades, 1m, {}",
        "rv_5m, realised_variance, trades, 5m, {}",
        "bv_5m, bipower_variation, trades, 5m, {}",
        "ofi_top1_10s, order_flow_imbalance, orderbook, 10s, {levels: 1}",
        "ofi_top5_10s, order_flow_imbalance, orderbook, 10s, {levels: 5}",
        "ofi_top5_1m, order_flow_imbalance, orderbook, 1m, {levels: 5}",
        "signs_10s, trade_sign_autocorrelation, trades, 10s, {}",
        "signs_1m, trade_sign_autocorrelation, trades, 1m, {}",
        "vpin_1m, vpin, trades, 1m, {buckets: 7}",
        "vpin_5m, vpin, trades, 5m, {buckets: 50}",
        "kyle_1m, kyle_lambda, trades, 1m, {}",
        "amihud_1m, amihud_illiquidity, trades, 1m, {}",
        "large_1m, large_trade_share, trades, 1m, {min_notional: 2500000}",
        "larger_10s, large_trade_share, trades, 10s, {min_notional: 4000000}",
        "gap_mean_1m, inter_arrival_mean, trades, 1m, {}",
        "gap_cv_1m, inter_arrival_cv, trades, 1m, {}",
        "gap_cv_3m, inter_arrival_cv, trades, 3m, {}",
        "microprice, microprice, orderbook, 0s, {}",
        "microprice_deviation, microprice_deviation, orderbook, 0s, {}",
        "slope_bid, book_slope_bid, orderbook, 0s, {levels: 10}",
        "slope_ask, book_slope_ask, orderbook, 0s, {levels: 10}",
        "convexity_bid, book_convexity_bid, orderbook, 0s, {levels: 10}",
        "convexity_ask, book_convexity_ask, orderbook, 0s, {levels: 10}",
        "within_bid_1, depth_bid_within, orderbook, 0s, {bp: 1}",
        "within_ask_1, depth_ask_within, orderbook, 0s, {bp: 1}",
        "within_ask_5, depth_ask_within, orderbook, 0s, {bp: 5}",
        "churn_10s, churn_rate, orderbook, 10s, {}",
        "churn_1m, churn_rate, orderbook, 1m, {}",
        "spread_p50, spread_percentile, orderbook, 1m, {percentile: 50}",
        "spread_p90, spread_percentile, orderbook, 1m, {percentile: 90}",
        "spread_p99, spread_percentile, orderbook, 1m, {percentile: 99}",
        "spread_p50_7s, spread_percentile, orderbook, 7s, {percentile: 50}",
        "basis, basis, ticker, 0s, {}",
        "premium, mark_trade_premium, ticker, 0s, {}",
        "oi_1m, open_interest_change, ticker, 1m, {}",
        "oi_5m, open_interest_change, ticker, 5m, {}",
        "funding_1m, funding_rate_change, ticker, 1m, {}",
        "day_of_week, day_of_week, , 0s, {}",
        "asia, session_asia, , 0s, {}",
        "europe, session_europe, , 0s, {}",
        "us, session_us, , 0s, {}",
    };

    private FlowRegistry() {}

    /** All of it. */
    static FeatureSet set(String cadence) {
        return of(cadence, FEATURES);
    }

    /** Those features: name, function, source, window, parameters. */
    static FeatureSet of(String cadence, String... features) {
        StringBuilder yaml =
                new StringBuilder("version: 9.9.9\ncadence: " + cadence + "\nfeatures:\n");
        for (String feature : features) {
            String[] parts = feature.split(", ?", 5);
            yaml.append(
                    "  - {name: %s, function: %s, input_sources: [%s], lookback_window: %s, lookahead_forbidden: true, max_lookback_days: 1, params: %s}%n"
                            .formatted((Object[]) parts));
        }
        return FeatureSet.of(RegistryDocument.parse(yaml.toString()));
    }
}
