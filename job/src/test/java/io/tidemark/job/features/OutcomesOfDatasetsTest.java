package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.job.dataset.BuildWatch;
import io.tidemark.job.dataset.DatasetBuild;
import io.tidemark.job.dataset.DatasetMade;
import io.tidemark.job.dataset.DatasetSettings;
import io.tidemark.job.dataset.DatasetSpec;
import io.tidemark.job.outcome.Outcome;
import io.tidemark.job.outcome.OutcomeSettings;
import io.tidemark.job.outcome.OutcomesPerSymbol;
import io.tidemark.job.outcome.PricedRow;
import io.tidemark.job.replay.Replay;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The outcomes the stream makes of events out of order, some of them late, are the labels of a
 * dataset built from what the stream archived.
 */
class OutcomesOfDatasetsTest {
    private static final String LABELS =
            "returns:60s,classification:60s:threshold=1e-4,risk_adjusted:30s:volatility=60s,"
                    + "triple_barrier:60s:threshold=2:volatility=30s,next_candle_direction:30s,"
                    + "log_returns:10s:costs=1e-5";
    private static final long SILENCE_FROM = Events.NOON + 1_500_000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir static Path archive;
    private static List<PricedRow> priced;
    @TempDir Path datasets;

    /** 50 minutes of a market, silent for longer than a price is carried on. */
    @BeforeAll
    static void stream() throws Exception {
        List<MarketEvent> events =
                Events.market(21, 1, 3_000).stream()
                        .filter(event -> !isInSilence(event.eventTimeMicros() / 1_000))
                        .toList();
        List<MarketEvent> arrived = FeaturesHarness.jittered(events, new SplittableRandom(21));
        try (FeaturesHarness features = FeaturesHarness.Setup.DEFAULT.open()) {
            for (int i = 0; i < arrived.size(); i++) {
                // Watermarks too early, now and then: what comes after them is late.
                if (i % 500 == 499) {
                    features.watermark(arrived.get(i).eventTimeMicros() / 1_000 + 300);
                }
                features.feed(List.of(arrived.get(i)));
            }
            features.watermark(Long.MAX_VALUE);
            priced = features.side(FeatureOutputs.PRICED);
            WrittenArchive files = new WrittenArchive(archive);
            for (Verdict verdict : List.of(Verdict.ACCEPTED, Verdict.LATE)) {
                List<MarketEvent> with =
                        features.archivedInOrder().stream()
                                .filter(one -> one.verdict() == verdict)
                                .map(ArchivedEvent::event)
                                .toList();
                assertThat(with).as(verdict.name()).hasSizeGreaterThan(20);
                files.add(with, verdict);
            }
        }
    }

    private static boolean isInSilence(long millis) {
        return millis >= SILENCE_FROM && millis < SILENCE_FROM + 400_000;
    }

    @ParameterizedTest
    @CsvSource({
        "returns,60s,0.001,0s,0,returns:60s",
        "classification,60s,1e-4,0s,0,classification:60s:threshold=1.0E-4",
        "risk_adjusted,30s,0.001,60s,0,risk_adjusted:30s:volatility=60s",
        "triple_barrier,60s,2,30s,0,triple_barrier:60s:threshold=2.0:volatility=30s",
        "next_candle_direction,30s,0.001,0s,0,next_candle_direction:30s",
        "log_returns,10s,0.001,0s,1e-5,log_returns:10s:costs=1.0E-5",
    })
    void areTheLabelsOfADataset(
            String target,
            String horizon,
            String threshold,
            String volatility,
            String costs,
            String label)
            throws Exception {
        Map<String, String> request = new HashMap<>();
        request.put("dataset.id", "labels");
        request.put("dataset.symbol", "SYM0");
        request.put("dataset.view", "as-served");
        request.put("dataset.span", "2026-08-09T12:10:00/2026-08-09T12:48:00");
        request.put("dataset.target", target);
        request.put("dataset.embargo", "30s");
        request.put("dataset.horizon", horizon);
        request.put("dataset.threshold", threshold);
        request.put("dataset.volatility-window", volatility);
        request.put("dataset.costs", costs);
        Map<Long, Long> labels = labels(request);
        Map<Long, Long> outcomes = outcomes(label);
        assertThat(labels).hasSizeGreaterThan(300);
        Map<Long, Long> both = new TreeMap<>(outcomes);
        both.keySet().retainAll(labels.keySet());
        assertThat(both).isEqualTo(labels);
        // Nothing was made up for the silence.
        long silent = (SILENCE_FROM + 310_000) * 1_000;
        assertThat(new TreeMap<>(outcomes).subMap(silent, silent + 80_000_000)).isEmpty();
    }

    /** By T, the bits. */
    private static Map<Long, Long> outcomes(String label) throws Exception {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder().flag("outcomes.labels", LABELS).build());
        OutcomeSettings settings = OutcomeSettings.from(reader, 1_000_000);
        reader.throwIfInvalid();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        Map<Long, Long> outcomes = new TreeMap<>();
        for (Outcome one :
                OutcomesPerSymbol.of(
                                environment.fromData(priced, Types.POJO(PricedRow.class)), settings)
                        .executeAndCollect(1_000_000)) {
            if (one.label().equals(label)) {
                outcomes.put(one.gridTimeMicros(), Double.doubleToRawLongBits(one.value()));
            }
        }
        return outcomes;
    }

    private Map<Long, Long> labels(Map<String, String> request) throws Exception {
        DatasetSpec spec =
                DatasetSettings.of(
                        request, FeaturesHarness.registry("1.0.0", 1_000_000), archive.toString());
        DatasetMade made;
        try (DatasetBuild build = DatasetBuild.begin(spec, datasets, InstantSource.system())) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment();
            Replay replay = Replay.of(build.replay(), 1);
            replay.define(environment);
            made =
                    build.finish(
                            replay.counts(environment.execute().getAllAccumulatorResults()),
                            BuildWatch.NONE);
        }
        Map<Long, Long> labels = new TreeMap<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement();
                ResultSet rows =
                        sql.executeQuery(
                                "SELECT epoch_us(grid_time), label FROM read_parquet('%s/*/*/*.parquet')"
                                        .formatted(made.folder()))) {
            while (rows.next()) {
                labels.put(rows.getLong(1), Double.doubleToRawLongBits(rows.getDouble(2)));
            }
        }
        return labels;
    }
}
