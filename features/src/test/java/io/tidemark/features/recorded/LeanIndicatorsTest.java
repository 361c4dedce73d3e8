package io.tidemark.features.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.indicator.Atr;
import io.tidemark.features.indicator.Bollinger;
import io.tidemark.features.indicator.Cci;
import io.tidemark.features.indicator.Mfi;
import io.tidemark.features.indicator.Stochastic;
import io.tidemark.features.pattern.CandlePattern;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The indicators against the tables Lean tests its own with: other parameters than TA-Lib's
 * defaults, from other programs, printed to a few digits.
 */
class LeanIndicatorsTest {
    private static final int WHOLE_SERIES = 600;

    @Test
    void patternsEqualOnEveryBar() throws IOException {
        Table table = Table.of("6_indicators/lean/spy_candle_patterns.txt");
        for (CandlePattern pattern : CandlePattern.values()) {
            double[] wanted = table.column(pattern.talibName());
            double[] values = table.values(pattern)[0];
            int compared = 0;
            for (int i = 0; i < wanted.length; i++) {
                if (!Double.isNaN(wanted[i])) {
                    assertThat(values[i]).as("%s at %d", pattern, i).isEqualTo(wanted[i]);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(450);
        }
    }

    @Test
    void indicatorsAgreeToTheDigitsPrinted() throws IOException {
        agree("spy_bollinger_bands", new Bollinger(20, 2), Bollinger.PERCENT_B, "%B", 1e-4, 1);
        agree("spy_bollinger_bands", new Bollinger(20, 2), Bollinger.WIDTH, "BandWidth", 2e-4, 100);
        agree("spy_mfi", new Mfi(20), 0, "Money Flow Index 20", 1e-4, 1);
        agree("spy_with_cci", new Cci(14), 0, "Commodity Channel Index (CCI) 14", 2e-2, 1);
        Stochastic stochastic = new Stochastic(12, 3, 5);
        agree("spy_with_stoch12k3", stochastic, Stochastic.K, "Stochastics 12 %K 3", 1e-3, 1);
        agree("spy_with_stoch12k3", stochastic, Stochastic.D, "%D 5", 1e-3, 1);
        Atr atr = new Atr(14, WHOLE_SERIES);
        agree("spy_atr_wilder", atr, 0, "Average True Range 14", 1e-3, 1);
    }

    private static void agree(
            String file,
            BarFunction function,
            int output,
            String column,
            double tolerance,
            double scale)
            throws IOException {
        Table table = Table.of("6_indicators/lean/" + file + ".txt");
        double[] wanted = table.column(column);
        double[] values = table.values(function)[output];
        int compared = 0;
        for (int i = 0; i < wanted.length; i++) {
            // Their first bars are missing, so their first values know more than ours.
            if (!Double.isNaN(wanted[i]) && i > 120) {
                assertThat(!(Math.abs(scale * values[i] - wanted[i]) <= tolerance))
                        .as("%s %s at %d: wanted %s, got %s", file, column, i, wanted[i], values[i])
                        .isFalse();
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(200);
    }
}
