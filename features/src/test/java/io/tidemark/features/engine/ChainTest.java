package io.tidemark.features.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.MarketEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What replay in slices rests on: the chain at T - lookback and the events since give the row. */
class ChainTest {
    private static final long START = 1_700_000_000_000_000L;

    static Stream<Arguments> sets() {
        return Stream.of("1.0.0@1s", "2.0.0@1s", "2.0.0@1m", "mixed@1s", "mixed@100ms")
                .flatMap(set -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(set, seed)));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aLookbackOnTopOfTheChainGivesTheSameRow(String name, long seed) throws IOException {
        FeatureSet set = Sets.of(name);
        int seconds = (int) Math.min(40_000, 3 * set.lookbackMicros() / 1_000_000);
        List<MarketEvent> events = RandomMarket.events(seed, START, seconds, 0.002);
        List<FeatureRow> rows = Rows.at(set, events, Rows.grid(set, events, set.cadenceMicros()));
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 12; i++) {
            FeatureRow row = rows.get(random.nextInt(rows.size() / 4, rows.size()));
            long begin = beginFor(set, row.gridTimeMicros());
            SymbolEngine engine = afterTheChain(set, events, begin);
            for (MarketEvent event : events) {
                if (event.eventTimeMicros() >= begin
                        && event.eventTimeMicros() < row.gridTimeMicros()) {
                    engine.accept(event);
                }
            }
            assertThat(engine.rowAt(row.gridTimeMicros())).isEqualTo(row);
        }
    }

    private static long beginFor(FeatureSet set, long gridTimeMicros) {
        long cadence = set.cadenceMicros();
        return Math.floorDiv(gridTimeMicros - set.lookbackMicros(), cadence) * cadence;
    }

    private static SymbolEngine afterTheChain(FeatureSet set, List<MarketEvent> events, long begin)
            throws IOException {
        SymbolEngine chain = SymbolEngine.create(set.chain(), Events.SYMBOL);
        for (MarketEvent event : events) {
            if (event.eventTimeMicros() < begin) {
                chain.accept(event);
            }
        }
        chain.advanceTo(begin);
        if (chain.idleAt(begin)) {
            return SymbolEngine.create(set, Events.SYMBOL);
        }
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        chain.save(new DataOutputStream(saved));
        return SymbolEngine.restore(
                set,
                Events.SYMBOL,
                new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
    }
}
