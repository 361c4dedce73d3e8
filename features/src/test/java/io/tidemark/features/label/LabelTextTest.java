package io.tidemark.features.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTextTest {
    @ParameterizedTest
    @CsvSource({
        "returns:60s, returns:60s",
        "regression:1m, returns:60s",
        "classification:1m, classification:60s:threshold=0.001",
        "classification:60s:threshold=1e-4, classification:60s:threshold=1.0E-4",
        "log_returns:250ms:costs=0.0002, log_returns:250ms:costs=2.0E-4",
        "risk_adjusted:1h:volatility=5m, risk_adjusted:3600s:volatility=300s",
        "triple_barrier:5m:threshold=2:volatility=1m, triple_barrier:300s:threshold=2.0:volatility=60s",
    })
    void oneDefinitionHasOneText(String given, String text) {
        assertThat(LabelText.of(LabelText.parse(given))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void readsWhatItWrote(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            LabelType type = LabelType.values()[random.nextInt(LabelType.values().length)];
            boolean barriers = type == LabelType.TRIPLE_BARRIER;
            boolean threshold = barriers || type == LabelType.CLASSIFICATION;
            LabelDefinition label =
                    new LabelDefinition(
                            type,
                            random.nextLong(1, 1_000_000_000),
                            threshold ? random.nextDouble() : 0,
                            type == LabelType.RISK_ADJUSTED || barriers
                                    ? random.nextLong(1, 1_000_000_000)
                                    : 0,
                            random.nextDouble());
            assertThat(LabelText.parse(LabelText.of(label))).isEqualTo(label);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "returns",
                "returns:60",
                "returns:0s",
                "profit:60s",
                "returns:60s:threshold=1",
                "classification:60s:volatility=5m",
                "classification:60s:threshold=x",
                "classification:60s:threshold=1:threshold=2",
                "classification:60s:0.1",
                "risk_adjusted:60s",
                "returns:60s:costs=2"
            })
    void refusesWhatIsNoLabel(String text) {
        assertThatThrownBy(() -> LabelText.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatATypeHasNoUseForMakesNoOtherLabel() {
        assertThat(LabelText.of(LabelDefinition.of(LabelType.RETURNS, 60_000_000, 0.5)))
                .isEqualTo("returns:60s");
    }
}
