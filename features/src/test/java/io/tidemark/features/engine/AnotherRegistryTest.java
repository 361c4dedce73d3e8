package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine that goes on under another registry says {@link Completeness#WARM} only of rows that an
 * engine of that registry gives which had seen everything, bit for bit.
 */
class AnotherRegistryTest {
    private static final long START = 1_700_000_040 * SECOND;
    private static final String[] SETS = {
        "1.0.0@1s", "1.0.0@500ms", "2.0.0@1s", "mixed@1s", "mixed@5s", "flow@1s", "flow@3s"
    };

    static Stream<Arguments> changes() {
        List<Arguments> all = new ArrayList<>();
        for (String from : SETS) {
            for (String to : SETS) {
                for (long seed : List.of(1L, 2L, 3L)) {
                    all.add(Arguments.of(from, to, seed));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} to {1}, {2}")
    @MethodSource("changes")
    void aWarmRowAfterTheChangeIsTheRowOfAnEngineThatWasAlwaysThere(
            String from, String to, long seed) {
        FeatureSet next = set(to);
        List<MarketEvent> events = FlowMarket.events(seed, START, 6_000, 0.0002);
        long change = changeTime(next, events, new SplittableRandom(seed));
        SymbolEngine always = SymbolEngine.create(next, Events.SYMBOL);
        SymbolEngine changed = SymbolEngine.create(set(from), Events.SYMBOL);
        int taken = 0;
        while (events.get(taken).eventTimeMicros() < change) {
            always.accept(events.get(taken));
            changed.accept(events.get(taken++));
        }
        always.advanceTo(change);
        changed.advanceTo(change);
        changed = Rows.restored(next, Rows.saved(changed));

        List<MarketEvent> rest = events.subList(taken, events.size());
        List<Long> grid = new ArrayList<>();
        long cadence = next.cadenceMicros();
        long end = events.get(events.size() - 1).eventTimeMicros();
        for (long t = change + cadence; t <= end; t += cadence) {
            grid.add(t);
        }
        List<FeatureRow> wanted = Rows.at(always, rest, grid);
        List<FeatureRow> given = Rows.at(changed, rest, grid);
        for (int i = 0; i < grid.size(); i++) {
            if ((given.get(i).completeness() & Completeness.WARM) != 0) {
                assertThat(given.get(i)).as("row %d", i).isEqualTo(wanted.get(i));
            }
        }
    }

    /** Otherwise the test above would be about nothing. */
    @Test
    void whatBothKeepIsWarmAtOnceAndTheRestWhenItIsFilled() {
        assertThat(warmAfter("1.0.0@1s", "1.0.0@1s")).isEqualTo(1);
        assertThat(warmAfter("flow@1s", "1.0.0@1s")).isEqualTo(1);
        assertThat(warmAfter("1.0.0@1s", "flow@1s")).isBetween(300L, 700L);
        assertThat(warmAfter("1.0.0@1s", "1.0.0@500ms")).isBetween(300L, 700L);
    }

    /** Seconds from the change to the first warm row. */
    private static long warmAfter(String from, String to) {
        FeatureSet next = set(to);
        List<MarketEvent> events = FlowMarket.events(7, START, 8_000, 0);
        long change = START + 900 * SECOND;
        SymbolEngine engine = SymbolEngine.create(set(from), Events.SYMBOL);
        int taken = 0;
        while (events.get(taken).eventTimeMicros() < change) {
            engine.accept(events.get(taken++));
        }
        engine.advanceTo(change);
        engine = Rows.restored(next, Rows.saved(engine));
        for (long t = change + SECOND; ; t += SECOND) {
            while (events.get(taken).eventTimeMicros() < t) {
                engine.accept(events.get(taken++));
            }
            if ((engine.rowAt(t).completeness() & Completeness.WARM) != 0) {
                return (t - change) / SECOND;
            }
        }
    }

    private static FeatureSet set(String name) {
        return name.startsWith("flow@")
                ? FlowRegistry.set(name.substring("flow@".length()))
                : Sets.of(name);
    }

    /** A grid time of the next registry in the first half. */
    private static long changeTime(
            FeatureSet next, List<MarketEvent> events, SplittableRandom random) {
        long span = events.get(events.size() - 1).eventTimeMicros() - START;
        long time = START + random.nextLong(span / 4, span / 2);
        return time / next.cadenceMicros() * next.cadenceMicros();
    }
}
