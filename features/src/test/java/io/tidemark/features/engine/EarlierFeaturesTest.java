package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MINUTE;
import static io.tidemark.features.engine.Events.SECOND;
import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.RegistryDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Features computed on earlier features, and features coarser than the rows. */
class EarlierFeaturesTest {
    private static final long T = 1_700_000_040 * SECOND;

    @Test
    void computesOnTheEarlierValuesOfAFeature() {
        FeatureSet set =
                set(
                        "1s",
                        "{name: mid_price, input_sources: [orderbook], lookback_window: 0s}",
                        "{name: m, function: rolling_mean, inputs: [mid_price], lookback_window: 4s}",
                        "{name: s, function: rolling_std, inputs: [mid_price], lookback_window: 4s}",
                        "{name: z, function: rolling_zscore, inputs: [mid_price], lookback_window: 4s}",
                        "{name: lo, function: rolling_min, inputs: [mid_price], lookback_window: 4s}",
                        "{name: hi, function: rolling_max, inputs: [mid_price], lookback_window: 4s}",
                        "{name: l, function: lag, inputs: [mid_price], lookback_window: 4s}",
                        "{name: d, function: delta, inputs: [mid_price], lookback_window: 1s}",
                        "{name: dd, function: delta, inputs: [d], lookback_window: 2s}");
        List<MarketEvent> events = new ArrayList<>();
        double[] mids = {100, 104, 101, 99, 110, 103};
        for (int i = 0; i < mids.length; i++) {
            events.add(
                    Events.snapshot(
                            T + i * SECOND - 1,
                            50,
                            i + 1,
                            levels(mids[i] - 1, 1),
                            levels(mids[i] + 1, 1)));
        }
        // Asked for only once: the values in between were computed all the same.
        double[] row = Rows.at(set, events, T + 5 * SECOND).values();
        assertThat(row[0]).isEqualTo(103);
        assertThat(row[1]).isEqualTo((101 + 99 + 110 + 103) / 4.0);
        double std = Math.sqrt((2.25 * 2.25 + 4.25 * 4.25 + 6.75 * 6.75 + 0.25 * 0.25) / 3);
        assertThat(row[2]).isCloseTo(std, within(1e-12));
        assertThat(row[3]).isCloseTo(-0.25 / std, within(1e-12));
        assertThat(row[4]).isEqualTo(99);
        assertThat(row[5]).isEqualTo(110);
        assertThat(row[6]).isEqualTo(104);
        assertThat(row[7]).isEqualTo(-7);
        assertThat(row[8]).isEqualTo(-7 - (99 - 101));
    }

    @Test
    void leavesOutUndefinedValues() {
        FeatureSet set =
                set(
                        "1s",
                        "{name: mid_price, input_sources: [orderbook], lookback_window: 0s}",
                        "{name: m, function: rolling_mean, inputs: [mid_price], lookback_window: 4s}",
                        "{name: s, function: rolling_std, inputs: [mid_price], lookback_window: 4s}",
                        "{name: z, function: rolling_zscore, inputs: [mid_price], lookback_window: 4s}");
        SymbolEngine engine = SymbolEngine.create(set, Events.SYMBOL);
        assertThat(engine.rowAt(T).values()).containsOnly(Double.NaN);
        engine.accept(Events.snapshot(T, 50, 1, levels(9, 1), levels(11, 1)));
        assertThat(engine.rowAt(T + SECOND).values())
                .containsExactly(10, 10, Double.NaN, Double.NaN);
        assertThat(engine.rowAt(T + 2 * SECOND).values()).containsExactly(10, 10, 0, Double.NaN);
    }

    @Test
    void holdsACoarserFeatureUntilItsNextGridTime() {
        FeatureSet set =
                set(
                        "1s",
                        "{name: volume_5s, input_sources: [trades], lookback_window: 5s, cadence: 5s}",
                        "{name: v, function: volume, input_sources: [trades], lookback_window: 5s}",
                        "{name: l, function: lag, inputs: [volume_5s], lookback_window: 5s}");
        List<MarketEvent> events =
                List.of(
                        Events.buy(T - 7 * SECOND, 100, 1),
                        Events.buy(T - 1 * SECOND, 100, 2),
                        Events.buy(T, 100, 4),
                        Events.buy(T + 4 * SECOND, 100, 8));
        List<Long> grid = List.of(T, T + SECOND, T + 4 * SECOND, T + 5 * SECOND, T + 6 * SECOND);
        assertThat(Rows.at(set, events, grid))
                .extracting(FeatureRow::values)
                .containsExactly(
                        new double[] {2, 2, 1},
                        new double[] {2, 6, 1},
                        new double[] {2, 6, 1},
                        new double[] {12, 12, 2},
                        new double[] {12, 8, 2});
        assertThat(set.lookbackMicros())
                .as("the window, the carry, the lag, the hold")
                .isEqualTo((5 + 300 + 5 + 5) * SECOND);
    }

    @Test
    void keepsCoarsePanesForLongWindowsOfCoarseFeatures() {
        FeatureSet set =
                set(
                        "100ms",
                        "{name: volume_1s, input_sources: [trades], lookback_window: 1s}",
                        "{name: volume_1d, input_sources: [trades], lookback_window: 1d, cadence: 1m}");
        assertThat(set.market().trades()).hasSize(2);
        assertThat(set.paneMicros()).isEqualTo(100_000);
        assertThat(set.market().trades().get(1).paneMicros()).isEqualTo(MINUTE);
        List<MarketEvent> events =
                List.of(
                        Events.buy(T - 1_439 * MINUTE, 100, 1),
                        Events.buy(T - 30 * SECOND, 100, 2),
                        Events.buy(T - 100_000, 100, 4));
        assertThat(Rows.at(set, events, List.of(T, T + 30 * SECOND, T + 2 * MINUTE)))
                .extracting(FeatureRow::values)
                .containsExactly(new double[] {4, 7}, new double[] {0, 7}, new double[] {0, 6});
    }

    @Test
    void theSilenceBeforeTheFirstEventHasValuesToo() {
        FeatureSet set =
                set(
                        "1s",
                        "{name: time_of_day_sin, input_sources: [], lookback_window: 0s, params: {resolution: second}}",
                        "{name: l, function: lag, inputs: [time_of_day_sin], lookback_window: 10m}",
                        "{name: time_of_day_cos, input_sources: [], lookback_window: 0s, cadence: 1h}");
        double[] row = SymbolEngine.create(set, Events.SYMBOL).rowAt(T).values();
        double[] before = SymbolEngine.create(set, Events.SYMBOL).rowAt(T - 10 * MINUTE).values();
        assertThat(row[1]).isEqualTo(before[0]);
        assertThat(row[2]).isBetween(-1.0, 1.0);
    }

    @Test
    void isWarmOnlyWhenTheKeptValuesWere() {
        FeatureSet set =
                set(
                        "1s",
                        "{name: volume_5s, input_sources: [trades], lookback_window: 5s}",
                        "{name: m, function: rolling_mean, inputs: [volume_5s], lookback_window: 20s}");
        SymbolEngine engine = SymbolEngine.create(set, Events.SYMBOL);
        engine.accept(Events.buy(T, 100, 1));
        assertThat(warm(engine, T + 24 * SECOND)).isFalse();
        // The oldest of the values looked at is that of T + 5 s, the first whose window is whole.
        assertThat(warm(engine, T + 25 * SECOND)).isTrue();

        FeatureSet other =
                set(
                        "1s",
                        "{name: volume_5s, input_sources: [trades], lookback_window: 5s}",
                        "{name: m, function: rolling_mean, inputs: [volume_5s], lookback_window: 30s}",
                        "{name: d, function: delta, inputs: [m], lookback_window: 1s}");
        SymbolEngine next = Rows.restored(other, Rows.saved(engine));
        assertThat(warm(next, T + 26 * SECOND)).isFalse();
        // The mean is whole at T + 35 s, the two that the delta looks at a second later.
        assertThat(warm(next, T + 35 * SECOND)).isFalse();
        assertThat(warm(next, T + 36 * SECOND)).isTrue();

        FeatureSet plain =
                set("1s", "{name: volume_5s, input_sources: [trades], lookback_window: 5s}");
        SymbolEngine older = SymbolEngine.create(plain, Events.SYMBOL);
        older.accept(Events.buy(T, 100, 1));
        assertThat(warm(older, T + 40 * SECOND)).isTrue();
        SymbolEngine added = Rows.restored(set, Rows.saved(older));
        assertThat(warm(added, T + 41 * SECOND)).isFalse();
        assertThat(warm(added, T + 60 * SECOND)).isFalse();
        assertThat(warm(added, T + 61 * SECOND)).isTrue();
    }

    private static boolean warm(SymbolEngine engine, long t) {
        return (engine.rowAt(t).completeness() & Completeness.WARM) != 0;
    }

    private static FeatureSet set(String cadence, String... entries) {
        StringBuilder yaml = new StringBuilder("version: 9.0.0\ncadence: " + cadence);
        yaml.append("\nfeatures:\n");
        for (String entry : entries) {
            String sources = entry.contains("input_sources") ? "" : ", input_sources: []";
            yaml.append("  - ")
                    .append(entry, 0, entry.length() - 1)
                    .append(sources)
                    .append(", lookahead_forbidden: true, max_lookback_days: 1}\n");
        }
        return FeatureSet.of(RegistryDocument.parse(yaml.toString()));
    }
}
