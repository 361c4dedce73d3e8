package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine against {@link NaiveFeatures}. */
class EngineOracleTest {
    private static final FeatureSet SET = FeatureSet.builtIn("1.0.0");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void equalsTheDefinitionsOnARandomMarket(long seed) {
        List<MarketEvent> events =
                RandomMarket.events(seed, 1_700_000_000_123_000L, 1_500, seed % 2 * 0.01);
        List<FeatureRow> rows = Rows.at(SET, events, Rows.grid(SET, events, 7 * SECOND));

        int defined = 0;
        for (FeatureRow row : rows) {
            if (row.maxEventTimeMicros() == EventHeader.UNKNOWN_TIME) {
                // Nothing came for a lookback: all is forgotten, the market too.
                assertThat(row.completeness()).isZero();
                continue;
            }
            List<MarketEvent> known = sinceLastIdle(events, row.gridTimeMicros());
            NaiveFeatures naive = new NaiveFeatures(known, row.gridTimeMicros());
            Map<String, Double> wanted = naive.values();
            assertThat(wanted.keySet()).containsExactlyElementsOf(SET.names());
            int i = 0;
            for (Map.Entry<String, Double> entry : wanted.entrySet()) {
                double value = row.values()[i++];
                defined += Double.isNaN(value) ? 0 : 1;
                assertThat(close(value, entry.getValue()))
                        .as(
                                "%s at %d: wanted %s, got %s",
                                entry.getKey(), row.gridTimeMicros(), entry.getValue(), value)
                        .isTrue();
            }
            assertThat(row.completeness()).isEqualTo(naive.completeness());
            assertThat(row.eventCount()).isEqualTo(naive.eventCount());
            assertThat(row.maxEventTimeMicros()).isEqualTo(naive.maxEventTime());
        }
        assertThat(defined).isGreaterThan(rows.size() * 5);
    }

    /** What came after the last silence of more than a lookback that held a grid time. */
    private static List<MarketEvent> sinceLastIdle(List<MarketEvent> events, long t) {
        int from = 0;
        for (int i = 1; i < events.size() && events.get(i).eventTimeMicros() < t; i++) {
            long last = events.get(i - 1).eventTimeMicros() + SET.lookbackMicros();
            if ((last / SECOND + 1) * SECOND <= events.get(i).eventTimeMicros()) {
                from = i;
            }
        }
        return events.subList(from, events.size());
    }

    /** 1e-12 relative; sums of either sign may cancel, their scale is the sizes'. */
    private static boolean close(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b);
        }
        return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(b), 1);
    }
}
