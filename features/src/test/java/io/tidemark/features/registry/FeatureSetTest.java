package io.tidemark.features.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.registry.RegistryInvalidException;
import io.tidemark.schemas.registry.RegistryProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSetTest {
    private static final long SECOND = 1_000_000L;

    @Test
    void bindsTheBuiltInRegistry() {
        FeatureSet set = FeatureSet.builtIn("1.0.0");
        assertThat(set.version()).isEqualTo("1.0.0");
        assertThat(set.size()).isEqualTo(29);
        assertThat(set.names().get(0)).isEqualTo("mid_price");
        assertThat(set.cadenceMicros()).isEqualTo(SECOND);
        assertThat(set.paneMicros()).isEqualTo(SECOND);
        assertThat(set.stepMicros()).isEqualTo(SECOND);
        assertThat(set.carryMicros()).isEqualTo(300 * SECOND);
        assertThat(set.longestTradeWindowMicros()).isEqualTo(300 * SECOND);
        assertThat(set.lookbackMicros())
                .as("volatility_5m, the second before it, the carry")
                .isEqualTo(601 * SECOND);
    }

    @Test
    void saysWhichRegistriesAreBuiltIn() {
        assertThatThrownBy(() -> FeatureSet.builtIn("0.9.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0.0")
                .hasMessageContaining("0.9.0");
    }

    @ParameterizedTest
    @CsvSource({
        "1s, volume, 3s, 1s, 1s",
        "5s, volume, 15s, 5s, 5s",
        "5s, volatility, 15s, 1s, 1s",
        "1s, volume, 2500ms, 500ms, 1s",
        "300ms, volume, 1s, 100ms, 300ms",
        "300ms, volatility, 3s, 100ms, 300ms",
        "1500ms, volatility, 3s, 500ms, 500ms",
        "1m, returns, 1m, 1m, 1m",
        "1m, vwap, 90s, 30s, 30s",
    })
    void cutsTimeSoThatEveryWindowIsWholePanes(
            String cadence, String function, String window, String pane, String step) {
        FeatureSet set =
                FeatureSet.of(
                        document(
                                cadence,
                                "{name: x, function: %s, input_sources: [trades], lookback_window: %s, lookahead_forbidden: true, max_lookback_days: 1}"
                                        .formatted(function, window)));
        assertThat(set.paneMicros()).isEqualTo(micros(pane));
        assertThat(set.stepMicros()).isEqualTo(micros(step));
        assertThat(set.cadenceMicros() % set.stepMicros()).isZero();
        assertThat(set.stepMicros() % set.paneMicros()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "vwap_7s, trades, 7s",
        "returns_90s, trades, 90s",
        "mid_price, orderbook, 0s",
        "depth_bid_top20, orderbook, 1s",
        "depth_imbalance_top3, orderbook, 0s",
        "buy_sell_volume_ratio, trades, 3s",
        "time_of_day_cos, trades, 0s",
        "funding_rate, ticker, 0s",
    })
    void takesTheFunctionFromAWellKnownName(String name, String source, String window) {
        assertThat(FeatureSet.of(document("1s", entry(name, source, window, "{}"))).names())
                .containsExactly(name);
    }

    @Test
    void saysEverythingThatIsWrongWithLines() {
        RegistryInvalidException refused =
                catchThrowableOfType(
                        RegistryInvalidException.class,
                        () ->
                                FeatureSet.of(
                                        RegistryDocument.parse(
                                                """
                                                version: 3.0.0
                                                cadence: 1s
                                                features:
                                                  - name: a
                                                    function: vwpa
                                                    input_sources: [trades]
                                                    lookback_window: 3s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 1
                                                  - name: b
                                                    function: depth_bid
                                                    input_sources: [trades]
                                                    lookback_window: 0s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 1
                                                    params: {levls: 5}
                                                  - name: volume_3s
                                                    input_sources: [trades]
                                                    lookback_window: 5s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 1
                                                  - name: depth_ask_top5
                                                    input_sources: []
                                                    lookback_window: 0s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 1
                                                    params:
                                                      levels: 6
                                                  - name: volatility_1s
                                                    input_sources: [trades]
                                                    lookback_window: 1s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 1
                                                  - name: nothing_known
                                                    input_sources: [trades]
                                                    lookback_window: 1s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 1
                                                  - name: time_of_day_sin
                                                    input_sources: []
                                                    lookback_window: 0s
                                                    lookahead_forbidden: true
                                                    max_lookback_days: 0
                                                    params: {resolution: week}
                                                """)));
        assertThat(refused.problems())
                .extracting(RegistryProblem::line)
                .containsExactly(5, 12, 16, 16, 19, 23, 28, 31, 34, 44);
        List<String> messages = refused.problems().stream().map(RegistryProblem::message).toList();
        assertThat(messages.get(0)).contains("'vwpa'").contains("did you mean 'vwap'?");
        assertThat(messages.get(1)).contains("depth_bid reads [orderbook], got 'trades'");
        assertThat(messages.get(2)).contains("no parameter 'levls'").contains("'levels'?");
        assertThat(messages.get(3)).contains("wants the parameter 'levels'").contains("1 to");
        assertThat(messages.get(4)).contains("the name says 3s, got 5s");
        assertThat(messages.get(5)).contains("got none");
        assertThat(messages.get(6)).contains("the name says 5, got 6");
        assertThat(messages.get(7)).contains("at least 2s, got 1s");
        assertThat(messages.get(8)).contains("a name that says it");
        assertThat(messages.get(9)).contains("one of [hour, second], got 'week'");
        assertThat(refused).hasMessageContaining("line 44: feature 'time_of_day_sin'");
    }

    @Test
    void refusesAWindowThatTakesTooManyPanes() {
        assertThatThrownBy(
                        () ->
                                FeatureSet.of(
                                        document(
                                                "1s",
                                                entry("volume_90d", "trades", "90d", "{}")
                                                        .replace("days: 1", "days: 90"))))
                .isInstanceOf(RegistryInvalidException.class)
                .hasMessageContaining("7776000 panes");
    }

    private static long micros(String duration) {
        return RegistryDuration.micros(duration).orElseThrow();
    }

    private static String entry(String name, String source, String window, String params) {
        return "{name: %s, input_sources: [%s], lookback_window: %s, lookahead_forbidden: true, max_lookback_days: 1, params: %s}"
                .formatted(name, source, window, params);
    }

    private static RegistryDocument document(String cadence, String entry) {
        return RegistryDocument.parse(
                "version: 1.2.3\ncadence: " + cadence + "\nfeatures:\n  - " + entry + "\n");
    }
}
