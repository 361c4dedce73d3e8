package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.recorded.RecordedMarket;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.RegistryDocument;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of earlier features' values against {@link NaiveEarlier}. */
class EarlierOracleTest {
    private static final List<String> STATISTICS =
            List.of("rolling_mean", "rolling_std", "rolling_zscore", "rolling_min", "rolling_max");

    private static final FeatureSet SET = FeatureSet.of(RegistryDocument.parse(registry()));

    private static String registry() {
        StringBuilder yaml = new StringBuilder("version: 9.0.0\ncadence: 1s\nfeatures:\n");
        add(yaml, "mid, function: mid_price, input_sources: [orderbook], lookback_window: 0s");
        add(yaml, "vwap, function: vwap, input_sources: [trades], lookback_window: 3s");
        add(
                yaml,
                "volume, function: volume, input_sources: [trades], lookback_window: 7s, cadence: 5s");
        for (String input : List.of("mid", "vwap", "volume")) {
            for (String statistic : STATISTICS) {
                earlier(yaml, input + "_" + statistic, statistic, input, "10s");
            }
            earlier(yaml, input + "_lag", "lag", input, "5s");
            earlier(yaml, input + "_delta", "delta", input, "10s");
        }
        // Of such features again, and held between grid times of their own.
        earlier(yaml, "z_max", "rolling_max", "vwap_rolling_zscore", "8s, cadence: 4s");
        earlier(yaml, "z_max_lag", "lag", "z_max", "4s");
        earlier(yaml, "delta_std", "rolling_std", "mid_delta", "6s");
        return yaml.toString();
    }

    private static void earlier(
            StringBuilder yaml, String name, String function, String input, String window) {
        add(
                yaml,
                "%s, function: %s, inputs: [%s], input_sources: [], lookback_window: %s"
                        .formatted(name, function, input, window));
    }

    private static void add(StringBuilder yaml, String entry) {
        yaml.append("  - {name: ")
                .append(entry)
                .append(", lookahead_forbidden: true, max_lookback_days: 1}\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void equalsTheDefinitionsOnARandomMarket(long seed) {
        check(RandomMarket.events(seed, 1_700_000_000_123_000L, 1_500, 0.01), 7 * SECOND);
    }

    @Test
    void equalsTheDefinitionsOnRecordedMarkets() throws IOException {
        check(RecordedMarket.bybit("BTCUSDT"), 3 * SECOND);
        check(RecordedMarket.bybit("SOLUSDT"), 4 * SECOND);
        check(RecordedMarket.binanceTrades(), 61 * SECOND);
    }

    /** Rows asked for so far apart, against those of every grid time. */
    private static void check(List<MarketEvent> events, long apart) {
        List<FeatureRow> all = Rows.at(SET, events, Rows.grid(SET, events, SET.cadenceMicros()));
        NaiveEarlier naive = new NaiveEarlier(SET);
        int known = 0;
        int defined = 0;
        int compared = 0;
        for (FeatureRow row : Rows.at(SET, events, Rows.grid(SET, events, apart))) {
            while (known < all.size() && all.get(known).gridTimeMicros() <= row.gridTimeMicros()) {
                naive.take(all.get(known++));
            }
            if (row.maxEventTimeMicros() == EventHeader.UNKNOWN_TIME) {
                // Nothing came for a lookback: all is forgotten, and no such row is served.
                continue;
            }
            for (int i = 0; i < SET.size(); i++) {
                FeatureEntry feature = SET.document().features().get(i);
                if (feature.inputs().isEmpty()) {
                    continue;
                }
                double wanted = naive.value(feature, row.gridTimeMicros());
                double value = row.values()[i];
                compared++;
                defined += Double.isNaN(wanted) ? 0 : 1;
                assertThat(close(value, wanted))
                        .as(
                                "%s at %d: wanted %s, got %s",
                                feature.name(), row.gridTimeMicros(), wanted, value)
                        .isTrue();
            }
        }
        assertThat(defined).isGreaterThan(compared / 4);
    }

    /** 1e-12 relative; NaN is NaN. */
    private static boolean close(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b);
        }
        return Math.abs(a - b) <= 1e-12 * Math.abs(b);
    }
}
