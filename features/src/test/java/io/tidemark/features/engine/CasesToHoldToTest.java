package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MS;
import static io.tidemark.features.engine.Events.SECOND;
import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values from independent systems, and the null rules of registry 1.0.0, one by one. */
class CasesToHoldToTest {
    private static final FeatureSet SET = FeatureSet.builtIn("1.0.0");
    private static final long T = 1_700_000_040 * SECOND;
    private static final double[] BIDS = levels(50000, 1.5, 49999, 2, 49998, 1, 49997, .5);
    private static final double[] ASKS = levels(50001, 1.2, 50002, 2.5, 50003, 1.8, 50004, .8);

    private static double value(String feature, MarketEvent... events) {
        return valueAt(T, feature, events);
    }

    private static double valueAt(long t, String feature, MarketEvent... events) {
        List<MarketEvent> sorted = new ArrayList<>(Arrays.asList(events));
        sorted.sort(CanonicalOrder.INSTANCE);
        return Rows.at(SET, sorted, t).values()[SET.names().indexOf(feature)];
    }

    @Test
    void ofABookOfFourLevels() {
        MarketEvent book = Events.snapshot(T - 1, 50, 7, BIDS, ASKS);
        assertThat(value("mid_price", book)).isEqualTo(50000.5);
        assertThat(value("spread_abs", book)).isEqualTo(1.0);
        assertThat(value("spread_rel", book)).isEqualTo(1.999980000199998e-05);
        assertThat(value("depth_bid_top5", book)).isEqualTo(5.0);
        assertThat(value("depth_ask_top5", book)).isEqualTo(6.3);
        assertThat(value("depth_bid_top10", book)).isEqualTo(5.0);
        assertThat(value("depth_imbalance_top5", book))
                .isCloseTo(-0.11504424778761059, within(1e-15));
    }

    @Test
    void ofThreeTradesInAMinute() {
        MarketEvent[] trades = {
            Events.buy(T - 50 * SECOND, 49995, 5),
            Events.buy(T - 30 * SECOND, 49998, 3),
            Events.sell(T - MS, 50001, .15)
        };
        assertThat(value("vwap_1m", trades)).isCloseTo(49996.21472392638, within(1e-9));
        assertThat(value("volume_1m", trades)).isCloseTo(8.15, within(1e-9));
        assertThat(value("signed_volume_1m", trades)).isCloseTo(7.85, within(1e-9));
    }

    @Test
    void ofBuysAndASellInThreeSeconds() {
        MarketEvent[] trades = {
            Events.buy(T - 2_500 * MS, 50000, .5),
            Events.buy(T - 1_500 * MS, 50000, .3),
            Events.sell(T - 500 * MS, 50000, .15)
        };
        assertThat(value("buy_sell_volume_ratio", trades)).isEqualTo(5.333333333333334);
        assertThat(value("net_aggressor_pressure", trades)).isEqualTo(0.6842105263157895);
        assertThat(value("signed_volume_3s", trades)).isEqualTo(.65);
        assertThat(value("trade_count_3s", trades)).isEqualTo(3);
    }

    @Test
    void aTradeAtTheWindowsStartIsInAndOneAtItsEndIsOut() {
        assertThat(value("volume_3s", Events.buy(T - 3 * SECOND, 1, 2))).isEqualTo(2);
        assertThat(value("volume_3s", Events.buy(T - 3 * SECOND - 1, 1, 2))).isEqualTo(0);
        assertThat(value("volume_3s", Events.buy(T - 1, 1, 2))).isEqualTo(2);
        assertThat(value("volume_3s", Events.buy(T, 1, 2))).isNaN();
        assertThat(valueAt(T + SECOND, "volume_3s", Events.buy(T, 1, 2))).isEqualTo(2);
    }

    @Test
    void removingTheBestBidMovesTheBestBid() {
        assertThat(
                        value(
                                "mid_price",
                                Events.snapshot(T - 9, 50, 7, BIDS, ASKS),
                                Events.delta(T - 8, 50, 8, levels(50000, 0), levels())))
                .isEqualTo(50000);
    }

    @Test
    void allLevelsOfOneMessageApply() {
        MarketEvent[] events = {
            Events.snapshot(T - 9, 50, 7, BIDS, ASKS),
            Events.delta(T - 8, 50, 8, levels(50000, 0, 49999, 3), levels(50000.5, 1))
        };
        assertThat(value("mid_price", events)).isEqualTo(49999.75);
        assertThat(value("depth_bid_top5", events)).isEqualTo(4.5);
        assertThat(value("depth_ask_top5", events)).isEqualTo(7.3);
    }

    @Test
    void aJumpByTwoInvalidatesTheBookUntilASnapshot() {
        MarketEvent full = Events.snapshot(T - 9, 50, 7, BIDS, ASKS);
        MarketEvent jump = Events.delta(T - 8, 50, 9, levels(49990, 1), levels());
        MarketEvent next = Events.delta(T - 7, 50, 10, levels(49991, 1), levels());
        MarketEvent again = Events.snapshot(T - 6, 50, 20, BIDS, ASKS);
        for (String feature : List.of("mid_price", "spread_abs", "spread_rel", "depth_ask_top10")) {
            assertThat(value(feature, full, jump)).isNaN();
            assertThat(value(feature, full, jump, next)).isNaN();
            assertThat(value(feature, full, jump, next, again)).isEqualTo(value(feature, full));
        }
    }

    @Test
    void aCrossedOrOneSidedBookIsUndefinedAndRecovers() {
        MarketEvent full = Events.snapshot(T - 9, 50, 7, BIDS, ASKS);
        MarketEvent crossed = Events.delta(T - 8, 50, 8, levels(50001, 1), levels());
        MarketEvent uncrossed = Events.delta(T - 7, 50, 9, levels(50001, 0), levels());
        assertThat(value("mid_price", full, crossed)).isNaN();
        assertThat(value("depth_bid_top5", full, crossed)).isNaN();
        assertThat(value("mid_price", full, crossed, uncrossed)).isEqualTo(50000.5);
        assertThat(value("mid_price", Events.snapshot(T - 9, 50, 7, BIDS, levels()))).isNaN();
    }

    @Test
    void depthIsUndefinedOnAFeedTooShallowForIt() {
        MarketEvent shallow = Events.snapshot(T - 9, 1, 7, levels(50000, 1.5), levels(50001, 1.2));
        assertThat(value("mid_price", shallow)).isEqualTo(50000.5);
        assertThat(value("depth_bid_top5", shallow)).isNaN();
        assertThat(value("depth_imbalance_top5", shallow)).isNaN();
        MarketEvent five = Events.snapshot(T - 9, 5, 7, BIDS, ASKS);
        assertThat(value("depth_bid_top5", five)).isEqualTo(5);
        assertThat(value("depth_bid_top10", five)).isNaN();
        assertThat(value("depth_bid_top10", Events.snapshot(T - 9, 0, 7, BIDS, ASKS))).isEqualTo(5);
    }

    @Test
    void returnsCarryTheLastPriceForFiveMinutes() {
        MarketEvent last = Events.buy(T - 1, 110, 1);
        MarketEvent carried = Events.buy(T - 301 * SECOND, 100, 1);
        MarketEvent tooOld = Events.buy(T - 301 * SECOND - 1, 100, 1);
        assertThat(value("returns_1s", carried, last)).isEqualTo(110.0 / 100 - 1);
        assertThat(value("returns_1s", tooOld, last)).isNaN();
        assertThat(value("returns_1m", tooOld, last)).isEqualTo(110.0 / 100 - 1);
        assertThat(value("returns_1s", last)).isNaN();
        assertThat(value("returns_1s", Events.buy(T - 300 * SECOND, 100, 1))).isEqualTo(0.0);
        assertThat(value("returns_1s", Events.buy(T - 300 * SECOND - 1, 100, 1))).isNaN();
    }

    @Test
    void aQuietWindowIsATrueZeroWhileTheFeedLives() {
        MarketEvent old = Events.buy(T - 200 * SECOND, 100, 1);
        for (String sum :
                List.of("volume_3s", "volume_1m", "signed_volume_15s", "trade_count_3s")) {
            assertThat(value(sum, old)).isEqualTo(0.0);
            assertThat(value(sum, Events.buy(T - 301 * SECOND, 100, 1))).isNaN();
            assertThat(value(sum)).isNaN();
        }
        for (String ratio : List.of("vwap_3s", "buy_sell_volume_ratio", "net_aggressor_pressure")) {
            assertThat(value(ratio, old)).isNaN();
        }
        assertThat(value("buy_sell_volume_ratio", Events.buy(T - 1, 100, 1))).isNaN();
        assertThat(value("buy_sell_volume_ratio", Events.sell(T - 1, 100, 1))).isEqualTo(0.0);
        assertThat(value("net_aggressor_pressure", Events.sell(T - 1, 100, 1))).isEqualTo(-1.0);
    }

    @Test
    void volatilityIsThePopulationDeviationOfTheSecondReturns() {
        MarketEvent[] trades = {
            Events.buy(T - 2 * SECOND - 1, 100, 1),
            Events.buy(T - SECOND - 1, 110, 1),
            Events.buy(T - 1, 121, 1)
        };
        assertThat(value("volatility_1m", trades[0], trades[1])).isCloseTo(.05, within(1e-15));
        // Two returns of 0.1, but for rounding.
        assertThat(value("volatility_1m", trades)).isCloseTo(0, within(1e-15));
        assertThat(value("volatility_1m", trades[2])).isNaN();
        assertThat(value("volatility_5m", trades[1])).isNaN();
    }

    @Test
    void fundingIsTheLastKnownAndAnAbsentFieldIsUnchanged() {
        long next = T + 90 * SECOND;
        MarketEvent both = Events.ticker(T - 9, .0001, next);
        MarketEvent rateOnly = Events.ticker(T - 8, -.0002, EventHeader.UNKNOWN_TIME);
        MarketEvent timeOnly = Events.ticker(T - 7, Double.NaN, next + SECOND / 2);
        assertThat(value("funding_rate", both)).isEqualTo(.0001);
        assertThat(value("time_to_funding", both)).isEqualTo(90);
        assertThat(value("funding_rate", both, rateOnly, timeOnly)).isEqualTo(-.0002);
        assertThat(value("time_to_funding", both, rateOnly)).isEqualTo(90);
        assertThat(value("time_to_funding", both, rateOnly, timeOnly)).isEqualTo(90.5);
        assertThat(value("funding_rate", both, Events.funding(T - 3, .0003, next)))
                .isEqualTo(.0003);
        assertThat(valueAt(next, "time_to_funding", both)).isEqualTo(0.0);
        assertThat(valueAt(next + SECOND, "time_to_funding", both)).isEqualTo(0.0);
        assertThat(value("funding_rate", timeOnly)).isNaN();
        assertThat(value("time_to_funding", rateOnly)).isNaN();
    }

    @Test
    void timeOfDayIsTheHourOnTheCircle() {
        long day = 19_000L * 86_400 * SECOND;
        assertThat(valueAt(day, "time_of_day_sin")).isEqualTo(0.0);
        assertThat(valueAt(day, "time_of_day_cos")).isEqualTo(1.0);
        assertThat(valueAt(day + 3_600 * 6 * SECOND, "time_of_day_sin")).isEqualTo(1.0);
        assertThat(valueAt(day + 3_600 * 7 * SECOND - SECOND, "time_of_day_sin")).isEqualTo(1.0);
        assertThat(valueAt(day + 3_600 * 12 * SECOND, "time_of_day_cos")).isEqualTo(-1.0);
        assertThat(valueAt(day - SECOND, "time_of_day_cos"))
                .isCloseTo(Math.cos(2 * Math.PI * 23 / 24), within(1e-15));
        assertThat(valueAt(-SECOND, "time_of_day_cos"))
                .isCloseTo(Math.cos(2 * Math.PI * 23 / 24), within(1e-15));
    }
}
