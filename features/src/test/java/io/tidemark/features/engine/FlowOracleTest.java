package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.recorded.RecordedMarket;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on the order of things in a window, against {@link NaiveFlows}. */
class FlowOracleTest {
    /** Features of either sign, whose terms cancel: the scale of those. All others: their value. */
    private static final Map<String, Double> SCALES =
            Map.ofEntries(
                    Map.entry("ofi_top1_10s", 1.0),
                    Map.entry("ofi_top5_10s", 1.0),
                    Map.entry("ofi_top5_1m", 1.0),
                    Map.entry("signs_10s", 1.0),
                    Map.entry("signs_1m", 1.0),
                    Map.entry("kyle_1m", 0.1),
                    Map.entry("microprice_deviation", 1.0),
                    Map.entry("convexity_bid", 1.0),
                    Map.entry("convexity_ask", 1.0),
                    Map.entry("basis", 1.0),
                    Map.entry("premium", 1.0),
                    Map.entry("oi_1m", 1.0),
                    Map.entry("oi_5m", 1.0),
                    Map.entry("gap_cv_1m", 1.0),
                    Map.entry("gap_cv_3m", 1.0),
                    Map.entry("vpin_1m", 1.0),
                    Map.entry("vpin_5m", 1.0));

    @ParameterizedTest
    @CsvSource({"1, 1s", "2, 1s", "3, 1s", "5, 500ms", "8, 2s", "13, 1s", "21, 300ms", "34, 1s"})
    void equalsTheDefinitionsOnARandomMarket(long seed, String cadence) {
        FeatureSet set = FlowRegistry.set(cadence);
        List<MarketEvent> events =
                FlowMarket.events(seed, 1_700_000_000_123_000L, 1_200, seed % 2 * 0.005);
        assertThat(compared(set, events, 12 * set.cadenceMicros()))
                .allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
    }

    @ParameterizedTest
    @CsvSource({"1s", "500ms"})
    void equalsTheDefinitionsOnRecordedMarkets(String cadence) throws IOException {
        FeatureSet set = FlowRegistry.set(cadence);
        Map<String, Integer> defined = new TreeMap<>();
        for (String symbol : List.of("BTCUSDT", "SOLUSDT")) {
            compared(set, RecordedMarket.bybit(symbol), 6 * SECOND)
                    .forEach((name, count) -> defined.merge(name, count, Integer::sum));
        }
        compared(set, RecordedMarket.binanceTrades(), 67 * SECOND)
                .forEach((name, count) -> defined.merge(name, count, Integer::sum));
        // The recordings of book and ticker are shorter than these windows.
        List.of("ofi_top5_1m", "churn_1m", "oi_1m", "oi_5m", "funding_1m").forEach(defined::remove);
        assertThat(defined).allSatisfy((name, count) -> assertThat(count).as(name).isPositive());
    }

    /** Compares the rows so far apart; how many values of each feature were defined. */
    private static Map<String, Integer> compared(
            FeatureSet set, List<MarketEvent> events, long apart) {
        List<FeatureRow> rows = Rows.at(set, events, Rows.grid(set, events, apart));
        Map<String, Integer> defined = new TreeMap<>();
        for (FeatureRow row : rows) {
            if (row.maxEventTimeMicros() == EventHeader.UNKNOWN_TIME) {
                continue;
            }
            Map<String, Double> wanted =
                    new NaiveFlows(sinceLastIdle(set, events, row), row.gridTimeMicros()).values();
            assertThat(wanted.keySet()).containsExactlyElementsOf(set.names());
            int i = 0;
            for (Map.Entry<String, Double> entry : wanted.entrySet()) {
                double value = row.values()[i++];
                defined.merge(entry.getKey(), Double.isNaN(value) ? 0 : 1, Integer::sum);
                assertThat(close(entry.getKey(), value, entry.getValue()))
                        .as(
                                "%s at %d: wanted %s, got %s",
                                entry.getKey(), row.gridTimeMicros(), entry.getValue(), value)
                        .isTrue();
            }
        }
        return defined;
    }

    /** What came after the last silence of more than a lookback that held a grid time. */
    private static List<MarketEvent> sinceLastIdle(
            FeatureSet set, List<MarketEvent> events, FeatureRow row) {
        int from = 0;
        long cadence = set.cadenceMicros();
        for (int i = 1;
                i < events.size() && events.get(i).eventTimeMicros() < row.gridTimeMicros();
                i++) {
            long last = events.get(i - 1).eventTimeMicros() + set.lookbackMicros();
            if ((last / cadence + 1) * cadence <= events.get(i).eventTimeMicros()) {
                from = i;
            }
        }
        return events.subList(from, events.size());
    }

    private static boolean close(String name, double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b);
        }
        return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(b), SCALES.getOrDefault(name, 0.0));
    }
}
