package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MINUTE;
import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.pattern.CandlePattern;
import io.tidemark.features.recorded.RecordedMarket;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.FeatureParam;
import io.tidemark.schemas.registry.RegistryDocument;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.registry.RegistryInvalidException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The features on bars, through the engine: against {@link NaiveBars} and {@link NaivePatterns},
 * and invariant 1.
 */
class BarFeaturesTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final List<String> PERIODIC =
            List.of(
                    "sma 7 7",
                    "zscore 7 7",
                    "ema 5 60",
                    "price_ema_ratio 5 60",
                    "rsi 6 60",
                    "atr 6 60",
                    "adx 6 60",
                    "plus_di 6 60",
                    "minus_di 6 60",
                    "bollinger_percent_b 8 8",
                    "bollinger_width 8 8",
                    "stochastic_k 6 10",
                    "stochastic_d 6 10",
                    "obv_slope 7 8",
                    "mfi 6 7",
                    "cci 8 8",
                    "volume_ratio 8 8",
                    "drawdown 30 30",
                    "parkinson 8 8",
                    "garman_klass 8 8");

    /** All kernels on bars of 3 s and, the patterns and some, of 7 s; carry 20 s. */
    private static final FeatureSet SET = FeatureSet.of(RegistryDocument.parse(registry()));

    private static String registry() {
        List<String> entries = new ArrayList<>();
        for (String line : PERIODIC) {
            String[] parts = line.split(" ");
            String params = ", period: " + parts[1];
            entries.add(entry(parts[0], 3, Integer.parseInt(parts[2]), params));
        }
        for (String macd : List.of("macd_line", "macd_signal", "macd_histogram")) {
            entries.add(entry(macd, 3, 60, ""));
        }
        entries.add(entry("missing_bar", 3, 1, ""));
        entries.add(entry("ema", 7, 20, ", period: 4"));
        for (CandlePattern pattern : CandlePattern.values()) {
            entries.add(entry(pattern.functionName(), 3, pattern.lookback(), ""));
            entries.add(entry(pattern.functionName(), 7, pattern.lookback(), ""));
        }
        return "version: 1.0.2\ncadence: 1s\ncarry: 20s\nfeatures:\n"
                + String.join("\n", entries)
                + "\n";
    }

    private static String entry(String function, int seconds, int bars, String params) {
        return "  - {name: %s_%ds, function: %s, input_sources: [trades], lookback_window: %ds, lookahead_forbidden: true, max_lookback_days: 1, params: {bar: %ds%s}}"
                .formatted(function, seconds, function, bars * seconds, seconds, params);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void equalTheDefinitionsOnARandomMarket(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed, START, 1_500, 0.0005);
        check(events, 13 * SECOND);
    }

    @Test
    void equalTheDefinitionsOnRecordedTrades() throws IOException {
        check(RecordedMarket.binanceTrades(), 17 * SECOND);
    }

    private static void check(List<MarketEvent> events, long apart) {
        List<FeatureRow> rows = Rows.at(SET, events, Rows.grid(SET, events, apart));
        int defined = 0;
        for (FeatureRow row : rows) {
            Map<Long, NaiveBars> bars = new HashMap<>();
            for (long length : List.of(3 * SECOND, 7 * SECOND)) {
                long t = row.gridTimeMicros();
                bars.put(length, NaiveBars.at(events, t, length, 20 * SECOND, 60));
            }
            int i = 0;
            for (FeatureEntry entry : SET.document().features()) {
                double value = row.values()[i++];
                double wanted = naive(entry, bars);
                defined += Double.isNaN(value) ? 0 : 1;
                assertThat(close(entry.name(), value, wanted))
                        .as("%s at %s: %s, got %s", entry.name(), row, wanted, value)
                        .isTrue();
            }
        }
        assertThat(defined).isGreaterThan(rows.size() * SET.size() / 4);
    }

    private static double naive(FeatureEntry entry, Map<Long, NaiveBars> known) {
        String function = Objects.requireNonNull(entry.function());
        long length = RegistryDuration.micros(param(entry, "bar", "")).orElseThrow();
        NaiveBars bars =
                Objects.requireNonNull(known.get(length))
                        .newest((int) (entry.lookbackMicros() / length));
        if (function.startsWith("cdl_")) {
            CandlePattern pattern =
                    Arrays.stream(CandlePattern.values())
                            .filter(one -> one.functionName().equals(function))
                            .findFirst()
                            .orElseThrow();
            return NaivePatterns.value(pattern, bars.bars());
        }
        return bars.value(function, Integer.parseInt(param(entry, "period", "0")));
    }

    private static String param(FeatureEntry entry, String name, String otherwise) {
        FeatureParam given = entry.params().get(name);
        return given == null ? otherwise : given.text();
    }

    /** 1e-12 relative; a difference of prices or of sizes may cancel, its scale is theirs. */
    private static boolean close(String name, double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b);
        }
        return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(b), scale(name));
    }

    private static double scale(String name) {
        return switch (name.replaceFirst("_[37]s$", "")) {
            case "macd_line", "macd_signal", "macd_histogram" -> 50_000;
            case "obv_slope" -> 1_000;
            // Price less mean over a deviation that is as little as two millionths of the price
            // where a recorded market stands nearly still: of 16 digits that leaves 10.
            case "zscore", "bollinger_percent_b" -> 1_000;
            case "cci" -> 100_000;
            default -> 1;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void doNotDependOnWhenTheEngineBegan(long seed) {
        List<MarketEvent> trades =
                RandomMarket.events(seed, START, 3_000, 0.003).stream()
                        .filter(Trade.class::isInstance)
                        .toList();
        List<FeatureRow> rows = Rows.at(SET, trades, Rows.grid(SET, trades, SECOND));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            FeatureRow row = rows.get(random.nextInt(rows.size()));
            long begin =
                    row.gridTimeMicros()
                            - SET.lookbackMicros()
                            - (random.nextBoolean() ? 0 : random.nextLong(100 * SECOND));
            List<MarketEvent> known =
                    trades.stream().filter(e -> e.eventTimeMicros() >= begin).toList();
            assertThat(Rows.at(SET, known, row.gridTimeMicros())).isEqualTo(row);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5})
    void doNotDependOnBeingSavedOrOnRowsBeforeOrOnWhatComesLater(long seed) {
        List<MarketEvent> events = RandomMarket.events(seed, START, 900, 0.01);
        List<Long> grid = Rows.grid(SET, events, SECOND);
        List<FeatureRow> wanted = Rows.at(SET, events, grid);
        SymbolEngine engine = SymbolEngine.create(SET, Events.SYMBOL);
        SplittableRandom random = new SplittableRandom(seed);
        int next = 0;
        for (int i = 0; i < grid.size(); i++) {
            long t = grid.get(i);
            while (next < events.size() && events.get(next).eventTimeMicros() < t) {
                engine.accept(events.get(next++));
            }
            if (random.nextInt(5) == 0) {
                engine = Rows.savedAndRestored(engine);
            }
            if (random.nextInt(3) == 0) {
                assertThat(engine.rowAt(t)).isEqualTo(wanted.get(i));
                List<MarketEvent> past =
                        events.stream().filter(e -> e.eventTimeMicros() < t).toList();
                if (random.nextInt(50) == 0) {
                    assertThat(Rows.at(SET, past, grid.subList(0, i + 1)).get(i))
                            .isEqualTo(wanted.get(i));
                }
            }
        }
    }

    @Test
    void aStateWithoutBarsBeginsWithTheBarAfterTheOpenOne() {
        FeatureSet without = FeatureSet.builtIn("1.0.0");
        SymbolEngine engine = SymbolEngine.create(without, Events.SYMBOL);
        engine.accept(Events.buy(START, 100, 1));
        SymbolEngine restored = Rows.restored(SET, Rows.saved(engine));
        long open = Math.floorDiv(START, 3 * SECOND) * 3 * SECOND;
        restored.accept(Events.buy(open + 3 * SECOND - 1, 101, 1));
        int missing = SET.names().indexOf("missing_bar_3s");
        assertThat(restored.rowAt(second(open + 3 * SECOND)).values()[missing]).isNaN();
        restored.accept(Events.buy(open + 4 * SECOND, 102, 1));
        assertThat(restored.rowAt(second(open + 6 * SECOND)).values()[missing]).isZero();
    }

    private static long second(long micros) {
        return (micros + SECOND - 1) / SECOND * SECOND;
    }

    /** Ten hours with a trade every few seconds: the longest lookback of 2.0.0 is 6 h 46 min. */
    @Test
    void ofRegistryTwoDoNotDependOnWhenTheEngineBegan() {
        FeatureSet set = FeatureSet.builtIn("2.0.0");
        List<MarketEvent> trades = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        double price = 50_000;
        for (long time = START; time < START + 600 * MINUTE; time += random.nextLong(9 * SECOND)) {
            price += random.nextInt(-50, 51) / 10.0;
            trades.add(Events.buy(time, price, random.nextInt(1, 900) / 100.0));
        }
        List<Integer> onBars =
                set.document().features().stream()
                        .filter(entry -> entry.params().containsKey("bar"))
                        .map(entry -> set.names().indexOf(entry.name()))
                        .toList();
        assertThat(onBars).hasSizeGreaterThan(140);
        for (int i = 0; i < 6; i++) {
            long t = second(START + 450 * MINUTE + random.nextLong(149 * MINUTE));
            FeatureRow row = Rows.at(set, trades, t);
            List<MarketEvent> known =
                    trades.stream()
                            .filter(e -> e.eventTimeMicros() >= t - set.lookbackMicros())
                            .toList();
            assertThat(Rows.at(set, known, t)).isEqualTo(row);
            assertThat(onBars).allSatisfy(index -> assertThat(row.values()[index]).isNotNaN());
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        String bad =
                List.of(
                                entry("rsi", 3, 10, ""),
                                entry("macd_line", 3, 60, ", fast: 26, slow: 12"),
                                entry("ema", 7, 20, "").replace("bar: 7s", "bar: 0s"),
                                entry("cci", 7, 20, "").replace("140s", "141s"))
                        .stream()
                        .collect(
                                Collectors.joining(
                                        "\n", "version: 1.0.2\ncadence: 1s\nfeatures:\n", "\n"));
        Assertions.assertThatExceptionOfType(RegistryInvalidException.class)
                .isThrownBy(() -> FeatureSet.of(RegistryDocument.parse(bad)))
                .withMessageContaining(
                        "wanted a lookback of at least the warm-up of 15 bars, got 10")
                .withMessageContaining("wanted fast below slow, got 26 and 12")
                .withMessageContaining("bar: wanted a duration above 0, as 1m, got '0s'")
                .withMessageContaining("whole bars of 7s, got 141s");
    }
}
