package io.tidemark.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryDocumentTest {
    private static final String GOOD =
            """
            version: "1.0.0"
            cadence: 1s
            features:
              - name: vwap_3s
                function: vwap
                input_sources: [trades]
                lookback_window: 3s
                lookahead_forbidden: true
                max_lookback_days: 1
                data_sources: [{source: trades, timestamp_required: true}]
                params: {a: 1, b: two}
                normalization: none
            """;

    private static RegistryInvalidException refused(String yaml) {
        return catchThrowableOfType(
                RegistryInvalidException.class, () -> RegistryDocument.parse(yaml));
    }

    private static void assertRefused(String from, String to, int line, String... messages) {
        assertThat(GOOD).contains(from);
        RegistryInvalidException refused = refused(GOOD.replace(from, to));
        assertThat(refused).isNotNull();
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.problems().get(0).line()).isEqualTo(line);
        assertThat(refused.problems().get(0).message()).contains(messages);
    }

    @Test
    void readsTheDocumentedForm() {
        RegistryDocument document = RegistryDocument.parse(GOOD.getBytes(StandardCharsets.UTF_8));
        assertThat(document.version()).isEqualTo("1.0.0");
        assertThat(document.cadenceMicros()).isEqualTo(1_000_000);
        assertThat(document.carryMicros()).isEqualTo(300_000_000);
        FeatureEntry entry = document.features().get(0);
        assertThat(entry.name()).isEqualTo("vwap_3s");
        assertThat(entry.function()).isEqualTo("vwap");
        assertThat(entry.inputSources()).containsExactly(InputSource.TRADES);
        assertThat(entry.lookbackMicros()).isEqualTo(3_000_000);
        assertThat(entry.maxLookbackDays()).isEqualTo(1);
        assertThat(entry.dataSources()).containsExactly(new DataSource(InputSource.TRADES, true));
        assertThat(entry.params())
                .containsEntry("a", new FeatureParam("1", 11))
                .containsEntry("b", new FeatureParam("two", 11));
        assertThat(entry.normalization()).isEqualTo(new Normalization.None());
        assertThat(entry.line()).isEqualTo(4);
        assertThat(entry.lineOf("lookback_window")).isEqualTo(7);
        assertThat(entry.lineOf("not written")).isEqualTo(4);
    }

    @Test
    void theBuiltInRegistryHasTheTwentyNineFeatures() {
        RegistryDocument document = BuiltInRegistries.read("1.0.0");
        assertThat(document.version()).isEqualTo("1.0.0");
        assertThat(document.features().stream().map(FeatureEntry::name))
                .containsExactly(
                        "mid_price",
                        "spread_abs",
                        "spread_rel",
                        "returns_1s",
                        "returns_3s",
                        "returns_1m",
                        "vwap_3s",
                        "vwap_15s",
                        "vwap_1m",
                        "volume_3s",
                        "volume_15s",
                        "volume_1m",
                        "volatility_1m",
                        "volatility_5m",
                        "signed_volume_3s",
                        "signed_volume_15s",
                        "signed_volume_1m",
                        "buy_sell_volume_ratio",
                        "trade_count_3s",
                        "net_aggressor_pressure",
                        "depth_bid_top5",
                        "depth_bid_top10",
                        "depth_ask_top5",
                        "depth_ask_top10",
                        "depth_imbalance_top5",
                        "funding_rate",
                        "time_to_funding",
                        "time_of_day_sin",
                        "time_of_day_cos");
    }

    @Test
    void saysWhichBuiltInRegistriesThereAre() {
        assertThatThrownBy(() -> BuiltInRegistries.yaml("../secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1.0.0, 2.0.0]");
    }

    @Test
    void refusesEachWrongFieldAtItsLine() {
        assertRefused("\"1.0.0\"", "one", 1, "version", "three numbers", "'one'");
        assertRefused("cadence: 1s", "cadence: 1 s", 2, "duration like", "'1 s'");
        assertRefused("cadence: 1s", "cadence: 2h", 2, "100ms to 1h", "2h");
        assertRefused("cadence: 1s", "cadence: 0s", 2, "100ms to 1h");
        assertRefused("cadence: 1s", "cadence: 1s\ncary: 1s", 3, "did you mean 'carry'?", "cary");
    }

    @Test
    void refusesEachWrongFieldOfAFeatureAtItsLine() {
        assertRefused("name: vwap_3s", "name: Vwap", 4, "beginning with a letter", "'Vwap'");
        assertRefused("function: vwap", "function: [x]", 5, "function", "a list");
        assertRefused("[trades]\n", "[quotes]\n", 6, "one of [trades, orderbook", "'quotes'");
        assertRefused("sources: [trades]", "sources: trades", 6, "wanted a list", "'trades'");
        assertRefused("[trades]\n", "[trades, trades]\n", 6, "stands twice");
        assertRefused("window: 3s", "window: 3", 7, "duration", "'3'");
        assertRefused("window: 3s", "window: 3 s", 7, "duration");
        assertRefused("window: 3s", "window: -3s", 7, "duration");
        assertRefused("window: 3s", "window: 1.5s", 7, "duration");
        assertRefused("window: 3s", "window: 91d", 7, "0s to 90d", "91d");
        assertRefused("window: 3s", "window: 999999999999d", 7, "duration");
        assertRefused("window: 3s", "window: 25h", 7, "at most max_lookback_days", "25h");
        assertRefused("forbidden: true", "forbidden: false", 8, "wanted true, got false");
        assertRefused("forbidden: true", "forbidden: \"true\"", 8, "wanted true or false");
        assertRefused("forbidden: true", "forbidden: yes", 8, "wanted true or false, got 'yes'");
        assertRefused("days: 1", "days: 91", 9, "0 to 90", "'91'");
        assertRefused("days: 1", "days: 1.5", 9, "whole number");
        assertRefused("days: 1", "days: '1'", 9, "whole number");
        assertRefused("{source: trades", "{source: kline", 10, "input_sources", "'kline'");
        assertRefused("{source: trades", "{sauce: 1, source: trades", 10, "'sauce'");
        assertRefused("required: true", "required: maybe", 10, "true or false");
        assertRefused("b: two", "b: [two]", 11, "b: wanted");
        assertRefused("b: two", "a: two", 11, "'a' stands twice");
        assertRefused("{a: 1, b: two}", "12", 11, "params: wanted a mapping");
        assertRefused("function: vwap", "name: x", 5, "'name' stands twice");
        assertRefused("function: vwap", "functoin: vwap", 5, "did you mean 'function'?");
        assertRefused("function: vwap", "<<: {a: b}", 5, "unknown field '<<'");
    }

    @Test
    void refusesWrongNormalizations() {
        assertRefused("normalization: none", "normalization: rank", 12, "z_score or min_max");
        assertRefused("n: none", "n: {z_score: {mean: 1}}", 12, "wanted the field 'std'");
        assertRefused("n: none", "n: {z_score: {mean: 1, std: 0}}", 12, "more than 0");
        assertRefused("n: none", "n: {z_score: {mean: .nan, std: 1}}", 12, "a number");
        assertRefused("n: none", "n: {z_score: {mean: 1e999, std: 1}}", 12, "finite");
        assertRefused("n: none", "n: {min_max: {min: 2, max: 2}}", 12, "more than min");
        assertRefused("n: none", "n: {}", 12, "one of z_score and min_max");
    }

    @Test
    void readsNormalizations() {
        Normalization z = normalization("{z_score: {mean: -1.5, std: 2}}");
        assertThat(z).isEqualTo(new Normalization.ZScore(-1.5, 2));
        assertThat(z.apply(2.5)).isEqualTo(2);
        Normalization m = normalization("{min_max: {min: 1e1, max: 20}}");
        assertThat(m).isEqualTo(new Normalization.MinMax(10, 20));
        assertThat(m.apply(12.5)).isEqualTo(.25);
        assertThat(m.apply(Double.NaN)).isNaN();
    }

    private static Normalization normalization(String yaml) {
        return RegistryDocument.parse(GOOD.replace("n: none", "n: " + yaml))
                .features()
                .get(0)
                .normalization();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: vwap_3s",
                "input_sources: [trades]",
                "lookback_window: 3s",
                "lookahead_forbidden: true",
                "max_lookback_days: 1"
            })
    void refusesAFeatureWithoutARequiredField(String field) {
        String name = field.substring(0, field.indexOf(':'));
        String without =
                name.equals("name")
                        ? GOOD.replace("- name: vwap_3s\n    function", "- function")
                        : GOOD.replace("    " + field + "\n", "");
        assertThat(refused(without).problems())
                .anySatisfy(
                        problem -> {
                            assertThat(problem.line()).isEqualTo(4);
                            assertThat(problem.message())
                                    .contains("wanted the field '" + name + "'");
                        });
    }

    @Test
    void saysAllProblemsAtOnceByLine() {
        RegistryInvalidException refused =
                refused(
                        """
                        cadence: 1x
                        features:
                          - name: a
                            input_sources: [trades]
                            lookback_window: 1s
                            lookahead_forbidden: false
                            max_lookback_days: 1
                          - name: a
                            input_sources: [nothing]
                            lookback_window: 1s
                            lookahead_forbidden: true
                            max_lookback_days: 1
                          - 12
                        extra: 1
                        """);
        assertThat(refused.problems())
                .extracting(RegistryProblem::line)
                .containsExactly(1, 1, 6, 8, 9, 13, 14);
        assertThat(refused).hasMessageContaining("line 8: feature 'a': the name stands at line 3");
    }

    @Test
    void refusesWhatIsMoreThanPlainYaml() {
        assertRefused("window: 3s", "window: !!str 3s", 7, "tags are not allowed");
        assertRefused("params: {a", "params: !!java.net.URL {a", 11, "tags are not allowed");
        RegistryInvalidException alias =
                refused(
                        GOOD.replace("vwap_3s", "&x vwap_3s")
                                .replace("tion: vwap\n", "tion: *x\n"));
        assertThat(alias.problems()).extracting(RegistryProblem::line).containsExactly(4, 5);
        assertThat(alias).hasMessageContaining("aliases");
        RegistryInvalidException two = refused(GOOD + "---\n" + GOOD);
        assertThat(two.problems()).extracting(RegistryProblem::line).containsExactly(13);
        assertThat(two).hasMessageContaining("got a second");
        assertRefused("params: {a: 1", "params: {a: " + "[".repeat(5_000), 11, "nesting");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertRefused("cadence: 1s", "cadence: [1s", 3, "not YAML");
        assertRefused("cadence: 1s", "\tcadence: 1s", 2, "not YAML");
        assertRefused("cadence: 1s", "cadence: 1s\u0001", 2, "U+0001");
        assertThat(refused("").problems().get(0).message()).contains("empty");
        assertThat(refused("# only\n").problems().get(0).message()).contains("empty");
        assertThat(refused("just text").problems().get(0).message()).contains("a plain value");
        assertThat(refused("[1, 2]").problems().get(0).message()).contains("a list");
        assertThatThrownBy(() -> RegistryDocument.parse(new byte[] {'a', (byte) 0xff}))
                .isInstanceOf(RegistryInvalidException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void refusesMoreThanAMebibyte() {
        String comment = "# " + "x".repeat(RegistryDocument.MAX_BYTES);
        assertThat(refused(GOOD + comment)).hasMessageContaining("at most 1048576 bytes");
        assertThatThrownBy(
                        () ->
                                RegistryDocument.parse(
                                        (GOOD + comment).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RegistryInvalidException.class);
        String fits = GOOD + "#" + "x".repeat(RegistryDocument.MAX_BYTES - GOOD.length() - 1);
        assertThat(RegistryDocument.parse(fits).features()).hasSize(1);
    }

    @Test
    void refusesNoFeaturesAndTooMany() {
        assertThat(refused("version: 1.0.0\ncadence: 1s\nfeatures: []\n").problems())
                .containsExactly(
                        new RegistryProblem(
                                3, "registry: features: wanted 1 to 1000 of them, got 0"));
        List<RegistryProblem> many =
                refused("version: 1.0.0\ncadence: 1s\nfeatures:\n" + " - 1\n".repeat(1_001))
                        .problems();
        assertThat(many).hasSize(1);
        assertThat(many.get(0).message()).contains("got 1001");
    }

    @Test
    void durationsGoBothWays() {
        for (String text : new String[] {"1ms", "999ms", "3s", "90s", "1m", "5h", "7d", "0s"}) {
            assertThat(RegistryDuration.text(RegistryDuration.micros(text).orElseThrow()))
                    .isEqualTo(text);
        }
        assertThat(RegistryDuration.text(60_000_000)).isEqualTo("1m");
        assertThat(RegistryDuration.micros("1 s")).isEmpty();
        assertThat(RegistryDuration.micros("s")).isEmpty();
        assertThat(RegistryDuration.micros("999999999999d")).isEmpty();
    }
}
