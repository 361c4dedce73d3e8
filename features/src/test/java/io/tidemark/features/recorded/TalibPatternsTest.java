package io.tidemark.features.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.pattern.CandlePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The candle patterns against what TA-Lib's C library and Lean say of the same bars. */
class TalibPatternsTest {
    private static final List<String> SERIES =
            List.of("bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d");

    @Test
    void areAsManyAsTalibHas() {
        assertThat(CandlePattern.values()).hasSize(61);
        assertThat(CandlePattern.values())
                .extracting(CandlePattern::talibName)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit_BTCUSDT_1h", "bybit_SOLUSDT_15m", "lean_SPY_1d"})
    void equalTalibOnEveryBar(String series) throws IOException {
        Table table = Table.of("6_indicators/talib040_computed/" + series + ".csv.gz");
        List<String> differences = new ArrayList<>();
        for (CandlePattern pattern : CandlePattern.values()) {
            double[] wanted = table.column(columnOf(pattern));
            double[] values = table.values(pattern)[0];
            for (int i = 0; i < wanted.length; i++) {
                // Where it has no value yet TA-Lib's table is empty, or 0.
                boolean same =
                        Double.isNaN(values[i])
                                ? Double.isNaN(wanted[i]) || wanted[i] == 0
                                : values[i] == wanted[i];
                if (!same) {
                    differences.add(
                            "%s at %d: wanted %s, got %s"
                                    .formatted(pattern, i, wanted[i], values[i]));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void mostOccurInTheSeries() throws IOException {
        Set<CandlePattern> seen = new HashSet<>();
        for (String series : SERIES) {
            Table table = Table.of("6_indicators/talib040_computed/" + series + ".csv.gz");
            for (CandlePattern pattern : CandlePattern.values()) {
                for (double value : table.column(columnOf(pattern))) {
                    if (value != 0 && !Double.isNaN(value)) {
                        seen.add(pattern);
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(40);
    }

    private static String columnOf(CandlePattern pattern) {
        String parameters =
                switch (pattern) {
                    case ABANDONED_BABY,
                            MORNING_STAR,
                            MORNING_DOJI_STAR,
                            EVENING_STAR,
                            EVENING_DOJI_STAR ->
                            "0.3";
                    case DARK_CLOUD_COVER, MAT_HOLD -> "0.5";
                    default -> "";
                };
        return pattern.talibName() + "(" + parameters + ").outInteger";
    }
}
