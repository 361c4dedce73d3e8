package io.tidemark.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.drift.DriftAlarm;
import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.drift.DriftRule;
import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.features.drift.RollingDrift;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A simulated market of two symbols, its rows by the engine, a baseline of the first hours, then a
 * change of what one symbol sends: the alarms it raises are of what it reaches, of that symbol, and
 * no others. Windows of 300 rows; the train split is 9000 rows, 30 windows.
 *
 * <p>At the standard rule, which the job has, some windows of nothing are called drift: that is
 * what its levels mean (of such windows of this market one in thirteen has a call among its 29
 * features, ADR 18), and each call opens an alarm. So the alarms of the changed market are held to
 * those of the same market unchanged: beside what the change reaches they are the same, to the
 * window. That there are none at all holds at a rule at which chance is no matter.
 */
final class PlantedDriftTest {
    private static final long SECOND = 1_000_000;
    private static final long START = 1_765_112_400 * SECOND;
    private static final int TRAIN = 9_000;
    private static final int AFTER = 1_200;
    private static final int WINDOW = 300;
    private static final DriftRule HARDLY_BY_CHANCE = new DriftRule(1e-4, 0.1, 50, 1e-3);
    private static final String PLANTED = "ETHUSDT";
    private static final String OTHER = "BTCUSDT";
    private static final List<String> SYMBOLS = List.of(OTHER, PLANTED);
    private static final FeatureSet FEATURES = FeatureSet.builtIn("1.0.0");
    private static final long ONSET = START + TRAIN * SECOND;

    private static final Set<String> OF_PRICES =
            Set.of(
                    "returns_1s",
                    "returns_3s",
                    "returns_1m",
                    "volatility_1m",
                    "volatility_5m",
                    "vwap_3s",
                    "vwap_15s",
                    "vwap_1m");

    private static final Set<String> OF_TRADES =
            Set.of(
                    "volume_3s",
                    "volume_15s",
                    "volume_1m",
                    "signed_volume_3s",
                    "signed_volume_15s",
                    "signed_volume_1m",
                    "buy_sell_volume_ratio",
                    "trade_count_3s",
                    "net_aggressor_pressure");

    private static final Set<String> OF_THE_BOOK =
            Set.of(
                    "mid_price",
                    "spread_abs",
                    "spread_rel",
                    "depth_bid_top5",
                    "depth_bid_top10",
                    "depth_ask_top5",
                    "depth_ask_top10",
                    "depth_imbalance_top5");

    /** What is done to the planted symbol's events from the onset on. */
    enum Plant {
        /** Nothing is to be found. */
        NONE,
        /** Asks move up by 40 ticks. */
        SPREAD,
        /** Trades are thrice as far from the price at the onset. */
        VARIANCE,
        /** No trade comes any more; the book goes on. */
        FROZEN,
        /** A message of the book is lost: it is undefined until the next full one; none comes. */
        MISSING;

        /** Features that must be called drifted; of those that wander it cannot be told. */
        Set<String> found() {
            return switch (this) {
                case NONE -> Set.of();
                case SPREAD -> Set.of("spread_abs");
                case VARIANCE -> Set.of("returns_1s");
                case FROZEN -> Set.of("returns_1s", "volume_3s", "trade_count_3s");
                case MISSING -> Set.of("spread_abs", "depth_bid_top5");
            };
        }

        /** Features that may be. */
        Set<String> reached() {
            return switch (this) {
                case NONE -> Set.of();
                case SPREAD -> Set.of("spread_abs", "spread_rel", "mid_price");
                case VARIANCE -> OF_PRICES;
                case FROZEN ->
                        Stream.concat(OF_PRICES.stream(), OF_TRADES.stream())
                                .collect(Collectors.toSet());
                case MISSING -> OF_THE_BOOK;
            };
        }
    }

    /** The planted symbol's events as they come with the plant. */
    private static final class Planting {
        private static final double SHIFT = 40 * 0.01;
        private final Plant plant;
        private final Map<Double, Double> bids = new TreeMap<>();
        private final Map<Double, Double> asks = new TreeMap<>();
        private double priceAtOnset = Double.NaN;
        private boolean begun;

        Planting(Plant plant) {
            this.plant = plant;
        }

        /** Null: it does not come. */
        @Nullable MarketEvent of(MarketEvent event) {
            boolean after = event.eventTimeMicros() >= ONSET;
            if (event instanceof BookUpdate book) {
                apply(book.bids(), bids);
                apply(book.asks(), asks);
                boolean first = after && !begun;
                begun |= after;
                if (plant == Plant.MISSING && first) {
                    return null;
                }
                return plant == Plant.SPREAD && after ? shifted(book, first) : event;
            }
            if (event instanceof Trade trade) {
                if (!after) {
                    priceAtOnset = trade.price();
                    return event;
                }
                if (plant == Plant.FROZEN) {
                    return null;
                }
                return plant == Plant.VARIANCE ? wilder(trade) : event;
            }
            return event;
        }

        private static void apply(double[] levels, Map<Double, Double> side) {
            for (int at = 0; at < levels.length; at += 2) {
                if (levels[at + 1] == 0) {
                    side.remove(levels[at]);
                } else {
                    side.put(levels[at], levels[at + 1]);
                }
            }
        }

        /** The first is a full book, so that no level is left where it was. */
        private BookUpdate shifted(BookUpdate book, boolean whole) {
            double[] moved = whole ? levels(asks) : book.asks().clone();
            for (int at = 0; at < moved.length; at += 2) {
                moved[at] = Math.round((moved[at] + SHIFT) * 100) / 100.0;
            }
            return new BookUpdate(
                    book.header(),
                    whole ? BookUpdate.Kind.SNAPSHOT : book.kind(),
                    book.depth(),
                    book.updateId(),
                    whole ? levels(bids) : book.bids(),
                    moved);
        }

        private static double[] levels(Map<Double, Double> side) {
            double[] levels = new double[2 * side.size()];
            int at = 0;
            for (Map.Entry<Double, Double> level : side.entrySet()) {
                levels[at++] = level.getKey();
                levels[at++] = level.getValue();
            }
            return levels;
        }

        private Trade wilder(Trade trade) {
            return new Trade(
                    trade.header(),
                    priceAtOnset + 3 * (trade.price() - priceAtOnset),
                    trade.size(),
                    trade.takerSide(),
                    trade.tickDirection(),
                    trade.blockTrade(),
                    trade.rpi());
        }
    }

    private static Map<String, List<FeatureRow>> rows(Plant plant) {
        MarketSimulator market = new MarketSimulator(new SimulatorSettings(SYMBOLS, 40, 7), START);
        Planting planting = new Planting(plant);
        Map<String, SymbolEngine> engines = new HashMap<>();
        for (String symbol : SYMBOLS) {
            engines.put(symbol, SymbolEngine.create(FEATURES, symbol));
        }
        Map<String, List<FeatureRow>> rows = new HashMap<>();
        long next = START + SECOND;
        while (next <= ONSET + AFTER * SECOND) {
            MarketEvent event = market.next();
            while (event.eventTimeMicros() >= next) {
                for (Map.Entry<String, SymbolEngine> engine : engines.entrySet()) {
                    rows.computeIfAbsent(engine.getKey(), symbol -> new ArrayList<>())
                            .add(engine.getValue().rowAt(next));
                }
                next += SECOND;
            }
            MarketEvent sent = event.symbol().equals(PLANTED) ? planting.of(event) : event;
            if (sent != null) {
                Objects.requireNonNull(engines.get(event.symbol())).accept(sent);
            }
        }
        return rows;
    }

    /** An alarm by when it opened. */
    private record Opened(String feature, long micros) {}

    /** The alarms that opened from the onset on, by symbol. */
    private static Map<String, Set<Opened>> alarms(
            Map<String, List<FeatureRow>> rows, DriftRule rule) {
        Map<String, Set<Opened>> alarms = new TreeMap<>();
        int[] readings = {0, 0};
        rows.forEach(
                (symbol, own) -> {
                    Set<Opened> opened = new HashSet<>();
                    alarms.put(symbol, opened);
                    RollingDrift rolling = rolling(own.subList(300, TRAIN), rule);
                    for (FeatureRow row : own.subList(TRAIN - WINDOW - 100, own.size())) {
                        rolling.take(
                                row.gridTimeMicros(),
                                row.values(),
                                (start, end, features) -> {
                                    if (end > ONSET) {
                                        note(features, opened);
                                        for (FeatureDrift one : features) {
                                            readings[one.reading().isTellable() ? 0 : 1]++;
                                        }
                                    }
                                });
                    }
                });
        assertThat(readings[0]).as("readings that say something").isGreaterThan(readings[1] / 4);
        return alarms;
    }

    private static void note(List<FeatureDrift> features, Set<Opened> opened) {
        for (int at = 0; at < features.size(); at++) {
            DriftAlarm alarm = features.get(at).alarm();
            if (alarm.isOpen() && alarm.openedMicros() > ONSET) {
                opened.add(new Opened(FEATURES.names().get(at), alarm.openedMicros()));
            }
        }
    }

    private static Set<String> features(Set<Opened> alarms) {
        return alarms.stream().map(Opened::feature).collect(Collectors.toSet());
    }

    private static Set<Opened> beside(Set<String> reached, Set<Opened> alarms) {
        return alarms.stream()
                .filter(alarm -> !reached.contains(alarm.feature()))
                .collect(Collectors.toSet());
    }

    @Test
    void aChangeRaisesTheAlarmsOfWhatItReachesAndNoOther() {
        Map<String, List<FeatureRow>> unchanged = rows(Plant.NONE);
        Map<String, Set<Opened>> byChance = alarms(unchanged, DriftRule.STANDARD);
        alarms(unchanged, HARDLY_BY_CHANCE)
                .forEach((symbol, alarms) -> assertThat(alarms).as(symbol).isEmpty());
        for (Plant plant : EnumSet.complementOf(EnumSet.of(Plant.NONE))) {
            Map<String, List<FeatureRow>> changed = rows(plant);
            Map<String, Set<Opened>> standard = alarms(changed, DriftRule.STANDARD);
            Set<Opened> planted = of(PLANTED, standard);
            assertThat(features(planted)).as(plant + ": found").containsAll(plant.found());
            assertThat(beside(plant.reached(), planted))
                    .as(plant + ": beside what it reaches")
                    .isEqualTo(beside(plant.reached(), of(PLANTED, byChance)));
            assertThat(of(OTHER, standard))
                    .as(plant + ": the other symbol")
                    .isEqualTo(of(OTHER, byChance));

            Map<String, Set<Opened>> strict = alarms(changed, HARDLY_BY_CHANCE);
            assertThat(features(of(PLANTED, strict)))
                    .as(plant + ": beyond chance")
                    .containsAll(plant.found())
                    .isSubsetOf(plant.reached());
            assertThat(of(OTHER, strict)).as(plant + ": of the other symbol").isEmpty();
        }
    }

    private static Set<Opened> of(String symbol, Map<String, Set<Opened>> alarms) {
        return Objects.requireNonNull(alarms.get(symbol));
    }

    private static RollingDrift rolling(List<FeatureRow> train, DriftRule rule) {
        List<DriftBaseline> baselines = new ArrayList<>();
        int[] columns = new int[FEATURES.names().size()];
        for (int column = 0; column < columns.length; column++) {
            int at = column;
            columns[column] = column;
            baselines.add(
                    DriftBaseline.of(
                            train.stream().mapToDouble(row -> row.values()[at]).toArray(), WINDOW));
        }
        return new RollingDrift(baselines, columns, WINDOW * SECOND, rule, Integer.MAX_VALUE);
    }
}
