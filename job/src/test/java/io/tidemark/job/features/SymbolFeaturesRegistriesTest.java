package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.EventRows;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The operator over each registry and cadence: its rows are the engine's, whatever the order of
 * arrival, and through a checkpoint.
 */
class SymbolFeaturesRegistriesTest {
    @ParameterizedTest
    @CsvSource({
        "1.0.0, 100000",
        "1.0.0, 1000000",
        "2.0.0, 100000",
        "2.0.0, 700000",
        "2.0.0, 1000000",
        "2.0.0, 60000000"
    })
    void givesTheRowsOfTheEngine(String version, long cadenceMicros) throws Exception {
        List<MarketEvent> events = Events.market(3, 2, 130);
        Registry registry = FeaturesHarness.registry(version, cadenceMicros);
        FeatureSet features = registry.compile();
        List<MarketEvent> arriving = FeaturesHarness.jittered(events, new SplittableRandom(3));
        List<FeatureRow> wanted = rows(features, events, "SYM0");
        wanted.addAll(rows(features, events, "SYM1"));
        assertThat(wanted).hasSizeGreaterThan(2);

        FeaturesHarness.Setup setup = FeaturesHarness.Setup.DEFAULT.with(registry);
        int cut = arriving.size() / 2;
        FeaturesHarness before = setup.open();
        before.feed(arriving.subList(0, cut));
        OperatorSubtaskState snapshot = before.snapshot();
        FeaturesHarness after = setup.restore(snapshot);
        after.feed(arriving.subList(cut, arriving.size()));
        FeatureRow last = wanted.get(wanted.size() - 1);
        after.watermark(Grid.watermarkClosing(last.gridTimeMicros()));

        List<FeatureRow> rows = new ArrayList<>(before.rows());
        rows.addAll(after.rows());
        rows.sort(FeaturesHarness.BY_SYMBOL_AND_TIME);
        assertThat(rows).isEqualTo(wanted);
        before.close();
        after.close();
    }

    private static List<FeatureRow> rows(
            FeatureSet features, List<MarketEvent> events, String symbol) {
        List<MarketEvent> own =
                events.stream().filter(event -> event.symbol().equals(symbol)).toList();
        return new ArrayList<>(EventRows.of(features, own, 10_000).rows());
    }
}
