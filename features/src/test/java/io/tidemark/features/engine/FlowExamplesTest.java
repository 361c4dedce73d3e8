package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MS;
import static io.tidemark.features.engine.Events.SECOND;
import static io.tidemark.features.engine.Events.buy;
import static io.tidemark.features.engine.Events.delta;
import static io.tidemark.features.engine.Events.levels;
import static io.tidemark.features.engine.Events.sell;
import static io.tidemark.features.engine.Events.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values worked out by hand, and what is undefined. */
class FlowExamplesTest {
    /** Tuesday, 14 November 2023, 22:13:20 UTC. */
    private static final long T = 1_700_000_000L * SECOND;

    private static final Offset<Double> EXACT = within(1e-12);

    private static double value(String feature, MarketEvent... events) {
        return value(T, feature, events);
    }

    private static double value(long time, String feature, MarketEvent... events) {
        FeatureSet set = FlowRegistry.of("1s", "x, " + feature);
        return Rows.at(set, List.of(events), time).values()[0];
    }

    private static Ticker ticker(long time, TickerField field, double value) {
        return ticker(time, field, value, EventHeader.UNKNOWN_TIME);
    }

    private static Ticker ticker(long time, TickerField field, double value, long payment) {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        values[field.ordinal()] = value;
        return new Ticker(
                Events.header(time, 0, "t" + time + field), false, values, payment, null, null);
    }

    @Test
    void logReturnAndVariances() {
        MarketEvent[] trades = {
            buy(T - 4_500 * MS, 100, 1),
            buy(T - 3_500 * MS, 110, 1),
            buy(T - 2_500 * MS, 121, 1),
            buy(T - 500 * MS, 60.5, 1),
        };
        double up = Math.log(1.1);
        double down = Math.log(0.5);
        assertThat(value("log_returns, trades, 3s, {}", trades))
                .isCloseTo(Math.log(60.5 / 110), EXACT);
        assertThat(value("realised_variance, trades, 4s, {}", trades))
                .isCloseTo(2 * up * up + down * down, EXACT);
        assertThat(value("bipower_variation, trades, 4s, {}", trades))
                .isCloseTo(Math.PI / 2 * up * up, EXACT);
        assertThat(value("realised_variance, trades, 2s, {}", trades[3])).isNaN();
        assertThat(value("bipower_variation, trades, 2s, {}", trades[3])).isNaN();
    }

    @Test
    void signsThatAlternateAndThatDoNot() {
        String signs = "trade_sign_autocorrelation, trades, 10s, {}";
        MarketEvent[] alternating = {
            buy(T - 4 * SECOND, 1, 1),
            sell(T - 3 * SECOND, 1, 1),
            buy(T - 3 * SECOND + 1, 1, 1),
            sell(T - SECOND, 1, 1),
        };
        assertThat(value(signs, alternating)).isEqualTo(-0.75);
        assertThat(value(signs, buy(T - 2, 1, 1), buy(T - 1, 1, 1))).as("one sign").isNaN();
        assertThat(value(signs, buy(T - 2, 1, 1))).as("one trade").isNaN();
    }

    @Test
    void vpinOfBucketsOfOneKindAndOfBoth() {
        MarketEvent[] trades = {buy(T - 3 * SECOND, 1, 10), sell(T - SECOND, 1, 10)};
        assertThat(value("vpin, trades, 10s, {buckets: 2}", trades)).isEqualTo(1);
        assertThat(value("vpin, trades, 10s, {buckets: 1}", trades)).isZero();
        assertThat(value("vpin, trades, 10s, {buckets: 4}", trades)).isEqualTo(1);
        MarketEvent[] mixed = {buy(T - SECOND, 1, 3), sell(T - SECOND, 1, 1)};
        assertThat(value("vpin, trades, 10s, {buckets: 5}", mixed)).isCloseTo(0.5, EXACT);
        assertThat(value("vpin, trades, 10s, {buckets: 5}", buy(T - 20 * SECOND, 1, 1))).isNaN();
    }

    @Test
    void kyleLambdaIsTheSlopeOfALine() {
        MarketEvent[] trades = {
            buy(T - 4_500 * MS, 100, 1),
            buy(T - 3_500 * MS, 101, 2),
            sell(T - 2_500 * MS, 99, 4),
            buy(T - 1_500 * MS, 102, 6),
        };
        assertThat(value("kyle_lambda, trades, 4s, {}", trades)).isCloseTo(0.5, EXACT);
        MarketEvent[] even = {
            buy(T - 3_500 * MS, 100, 0.1),
            buy(T - 2_500 * MS, 101, 0.1),
            buy(T - 1_500 * MS, 99, 0.1),
            buy(T - 500 * MS, 103, 0.1),
        };
        assertThat(value("kyle_lambda, trades, 3s, {}", even)).as("flow does not vary").isNaN();
    }

    @Test
    void amihudAndLargeTrades() {
        MarketEvent[] trades = {
            buy(T - 2_500 * MS, 100, 5), buy(T - 1_500 * MS, 110, 2), sell(T - 500 * MS, 99, 10)
        };
        assertThat(value("amihud_illiquidity, trades, 3s, {}", trades))
                .isCloseTo(1e6 * (0.1 / 220 + 0.1 / 990) / 2, within(1e-9));
        assertThat(value("large_trade_share, trades, 3s, {min_notional: 500}", trades))
                .isCloseTo((500 + 990.0) / 1710, EXACT);
        assertThat(value("large_trade_share, trades, 3s, {min_notional: 991}", trades)).isZero();
        assertThat(
                        value(
                                "large_trade_share, trades, 3s, {min_notional: 1}",
                                buy(T - 4 * SECOND, 1, 1)))
                .isNaN();
    }

    @Test
    void gapsBetweenTrades() {
        MarketEvent[] trades = {
            buy(T - 9 * SECOND, 1, 1),
            buy(T - 5 * SECOND, 1, 1),
            sell(T - 4 * SECOND, 1, 1),
            buy(T - 2 * SECOND, 1, 1),
        };
        assertThat(value("inter_arrival_mean, trades, 5s, {}", trades)).isEqualTo(1.5);
        assertThat(value("inter_arrival_cv, trades, 5s, {}", trades)).isCloseTo(1.0 / 3, EXACT);
        assertThat(value("inter_arrival_mean, trades, 2s, {}", trades)).as("one trade").isNaN();
        assertThat(value("inter_arrival_cv, trades, 4s, {}", trades)).as("one gap").isNaN();
    }

    @Test
    void micropriceLeansToTheSmallerSide() {
        MarketEvent book = snapshot(T - 1, 50, 1, levels(99, 3), levels(101, 1));
        assertThat(value("microprice, orderbook, 0s, {}", book)).isEqualTo(100.5);
        assertThat(value("microprice_deviation, orderbook, 0s, {}", book)).isEqualTo(0.005);
    }

    @Test
    void slopeAndConvexityOfASide() {
        MarketEvent line =
                snapshot(
                        T - 1,
                        50,
                        1,
                        levels(9_999, 2, 9_998, 2, 9_997, 2),
                        levels(10_001, 1, 10_002, 1, 10_003, 5));
        assertThat(value("book_slope_bid, orderbook, 0s, {levels: 3}", line)).isCloseTo(2, EXACT);
        assertThat(value("book_convexity_bid, orderbook, 0s, {levels: 3}", line)).isZero();
        assertThat(value("book_slope_ask, orderbook, 0s, {levels: 3}", line)).isCloseTo(3, EXACT);
        assertThat(value("book_convexity_ask, orderbook, 0s, {levels: 3}", line))
                .as("line 6, curve 0.5 + 3.5 above the first level's, triangle 6")
                .isCloseTo((6 - 4.0) / 6, EXACT);
        MarketEvent thin = snapshot(T - 1, 50, 1, levels(99, 1), levels(101, 1, 102, 1));
        assertThat(value("book_slope_bid, orderbook, 0s, {levels: 3}", thin)).isNaN();
        assertThat(value("book_convexity_ask, orderbook, 0s, {levels: 3}", thin)).isNaN();
        MarketEvent shallow = snapshot(T - 1, 1, 1, levels(99, 1), levels(101, 1));
        assertThat(value("book_slope_bid, orderbook, 0s, {levels: 3}", shallow)).isNaN();
    }

    @Test
    void depthWithinADistanceOfTheMid() {
        double[] bids = levels(9_999, 2, 9_995, 3, 9_990, 4);
        MarketEvent book = snapshot(T - 1, 3, 1, bids, levels(10_001, 1));
        assertThat(value("depth_bid_within, orderbook, 0s, {bp: 1}", book)).isEqualTo(2);
        assertThat(value("depth_bid_within, orderbook, 0s, {bp: 5}", book)).isEqualTo(5);
        assertThat(value("depth_bid_within, orderbook, 0s, {bp: 10}", book))
                .as("the feed's last level is within")
                .isNaN();
        assertThat(value("depth_ask_within, orderbook, 0s, {bp: 10}", book))
                .as("the side has fewer levels than the feed could tell")
                .isEqualTo(1);
        MarketEvent wide = snapshot(T - 1, 3, 1, levels(90, 1), levels(110, 1));
        assertThat(value("depth_bid_within, orderbook, 0s, {bp: 1}", wide)).isZero();
    }

    @Test
    void orderFlowOfTheFourKindsOfChange() {
        MarketEvent[] events = {
            snapshot(T - 20 * SECOND, 50, 10, levels(99, 5, 98, 1), levels(101, 5, 102, 1)),
            delta(T - 4 * SECOND, 50, 11, levels(99, 7), levels()),
            delta(T - 3 * SECOND, 50, 12, levels(), levels(101, 2)),
            delta(T - 2 * SECOND, 50, 13, levels(100, 4), levels()),
            delta(T - 1 * SECOND, 50, 14, levels(), levels(101, 0)),
        };
        String best = "order_flow_imbalance, orderbook, 10s, {levels: 1}";
        // +2 at the bid, -3 taken off the ask, a better bid of 4, the best ask of 2 gone.
        assertThat(value(best, events)).isEqualTo(2 + 3 + 4 + 2);
        // At level 2: the bid of 99 with 7 where 98 was; the ask of 102 gone.
        assertThat(value("order_flow_imbalance, orderbook, 10s, {levels: 2}", events))
                .isEqualTo(11 + 7 + 1);
        assertThat(value("churn_rate, orderbook, 10s, {}", events))
                .isCloseTo((2 + 3 + 4 + 2) / 10.0, EXACT);
        assertThat(value("order_flow_imbalance, orderbook, 30s, {levels: 1}", events))
                .as("no book at T - w")
                .isNaN();
        assertThat(value("order_flow_imbalance, orderbook, 10s, {levels: 50}", events[1])).isNaN();
    }

    @Test
    void theWayAcrossAGapIsInNoSum() {
        MarketEvent[] events = {
            snapshot(T - 20 * SECOND, 50, 10, levels(99, 5), levels(101, 5)),
            delta(T - 4 * SECOND, 50, 11, levels(99, 7), levels()),
            delta(T - 3 * SECOND, 50, 13, levels(99, 9), levels()),
            snapshot(T - 2 * SECOND, 50, 14, levels(99, 20), levels(101, 20)),
            delta(T - 1 * SECOND, 50, 15, levels(99, 21), levels()),
        };
        assertThat(value("order_flow_imbalance, orderbook, 10s, {levels: 1}", events))
                .isEqualTo(2 + 1);
        assertThat(value("churn_rate, orderbook, 10s, {}", events)).isCloseTo(0.3, EXACT);
        assertThat(value("order_flow_imbalance, orderbook, 3s, {levels: 1}", events))
                .as("the book was defined before T - 3 s")
                .isEqualTo(1);
        assertThat(value("order_flow_imbalance, orderbook, 2s, {levels: 1}", events))
                .as("invalid just before T - 2 s")
                .isNaN();
    }

    @Test
    void anotherFeedOfTheBookIsNoChangeOfIt() {
        MarketEvent[] events = {
            snapshot(T - 20 * SECOND, 1, 10, levels(99, 5), levels(101, 5)),
            snapshot(T - 4 * SECOND, 50, 700, levels(99, 8, 98, 1), levels(101, 5)),
            delta(T - 3 * SECOND, 50, 701, levels(99, 9), levels()),
            snapshot(T - 2 * SECOND, 1, 11, levels(99, 1), levels(101, 1)),
        };
        assertThat(value("order_flow_imbalance, orderbook, 10s, {levels: 1}", events)).isOne();
        assertThat(value("churn_rate, orderbook, 10s, {}", events)).isCloseTo(0.1, EXACT);
    }

    @Test
    void aSilentFeedHasNoFlow() {
        MarketEvent book = snapshot(T - 301 * SECOND, 50, 10, levels(99, 5), levels(101, 5));
        assertThat(value("churn_rate, orderbook, 10s, {}", book)).isNaN();
        assertThat(value(T - SECOND, "churn_rate, orderbook, 10s, {}", book)).isZero();
    }

    @Test
    void percentilesOfTheSpread() {
        MarketEvent[] events = {
            snapshot(T - 20 * SECOND, 50, 10, levels(99, 5), levels(101, 5)),
            delta(T - 3 * SECOND, 50, 11, levels(), levels(101, 0, 103, 1)),
            delta(T - 2 * SECOND, 50, 12, levels(), levels(103, 0, 105, 1)),
            delta(T - SECOND + 1, 50, 13, levels(), levels(105, 0, 99.5, 1)),
        };
        // The book before T - 3 s, T - 2 s, T - 1 s, T.
        String spread = "spread_percentile, orderbook, 4s, {percentile: %d}";
        assertThat(value(spread.formatted(25), events)).isEqualTo(0.5 / 99.25);
        assertThat(value(spread.formatted(50), events)).isEqualTo(2 / 100.0);
        assertThat(value(spread.formatted(51), events)).isEqualTo(4 / 101.0);
        assertThat(value(spread.formatted(100), events)).isEqualTo(6 / 102.0);
        assertThat(value(spread.formatted(50), buy(T - 1, 1, 1))).isNaN();
    }

    @Test
    void perpetual() {
        MarketEvent mark = ticker(T - 90 * SECOND, TickerField.MARK_PRICE, 101);
        MarketEvent index = ticker(T - 80 * SECOND, TickerField.INDEX_PRICE, 100);
        assertThat(value("basis, ticker, 0s, {}", mark, index)).isCloseTo(0.01, EXACT);
        assertThat(value("basis, ticker, 0s, {}", mark)).isNaN();
        assertThat(value("mark_trade_premium, ticker, 0s, {}", mark, buy(T - 1, 202, 1)))
                .isEqualTo(-0.5);
        assertThat(value("mark_trade_premium, ticker, 0s, {}", mark)).isNaN();
    }

    @Test
    void openInterestThen() {
        String change = "open_interest_change, ticker, 1m, {}";
        MarketEvent[] events = {
            ticker(T - 90 * SECOND, TickerField.OPEN_INTEREST, 1_000),
            ticker(T - 60 * SECOND, TickerField.OPEN_INTEREST, 5_000),
            ticker(T - 2 * SECOND, TickerField.OPEN_INTEREST, 1_100),
            ticker(T - SECOND, TickerField.MARK_PRICE, 7),
        };
        assertThat(value(change, events)).isCloseTo(0.1, EXACT);
        assertThat(value(change, events[2])).as("none at T - w").isNaN();
        assertThat(value(T + 300 * SECOND, change, events)).as("silent for the carry").isNaN();
        assertThat(value(T + 299 * SECOND, change, events)).isZero();
    }

    @Test
    void predictedFundingThen() {
        String change = "funding_rate_change, ticker, 1m, {}";
        MarketEvent before = ticker(T - 90 * SECOND, TickerField.FUNDING_RATE, 1e-4, T + SECOND);
        MarketEvent now = ticker(T - SECOND, TickerField.FUNDING_RATE, 3e-4, T + SECOND);
        MarketEvent next = ticker(T - 1, TickerField.FUNDING_RATE, 9e-4, T + 99 * SECOND);
        assertThat(value(change, before, now)).isCloseTo(2e-4, within(1e-16));
        assertThat(value(change, before, now, next)).as("of another payment").isNaN();
    }

    @Test
    void calendar() {
        assertThat(value("day_of_week, , 0s, {}", buy(T - 1, 1, 1))).isEqualTo(2);
        assertThat(value("session_us, , 0s, {}", buy(T - 1, 1, 1))).isZero();
        long nine = T / (86_400 * SECOND) * 86_400 * SECOND + 9 * 3_600 * SECOND;
        assertThat(value(nine, "session_asia, , 0s, {}", buy(nine - 1, 1, 1))).isZero();
        assertThat(value(nine - SECOND, "session_asia, , 0s, {}", buy(nine - 2 * SECOND, 1, 1)))
                .isOne();
        assertThat(value(nine, "session_europe, , 0s, {}", buy(nine - 1, 1, 1))).isOne();
        assertThat(value(nine + 4 * 3_600 * SECOND, "session_us, , 0s, {}", buy(nine, 1, 1)))
                .isOne();
    }
}
