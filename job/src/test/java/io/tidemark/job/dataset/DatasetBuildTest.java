package io.tidemark.job.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.job.features.Events;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.job.replay.ReplayRequest;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From the archive to a certified dataset, by the replay that a cluster runs. */
class DatasetBuildTest {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir static Path archive;
    @TempDir Path datasets;
    @TempDir Path work;

    /** An hour and more of two symbols; one event in 100 came late. */
    @BeforeAll
    static void write() throws IOException {
        List<MarketEvent> events = Events.market(11, 2, 4_500);
        WrittenArchive files = new WrittenArchive(archive);
        for (int i = 0; i < 100; i++) {
            int part = i;
            files.add(
                    IntStream.range(0, events.size())
                            .filter(at -> at % 100 == part)
                            .mapToObj(events::get)
                            .toList(),
                    i == 7 ? Verdict.LATE : Verdict.ACCEPTED);
        }
    }

    @Test
    void fromTheArchiveToACertifiedDataset() throws Exception {
        DatasetMade made = build(spec("first", Map.of("dataset.scale", "z_score")));
        assertThat(made.certificate().failed()).isEmpty();
        assertThat(made.folder()).isEqualTo(datasets.resolve("first"));
        assertThat(names(datasets)).containsExactly("first");
        assertThat(certifiedAgain(made.folder()).failed()).isEmpty();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute(
                    "CREATE VIEW r AS SELECT * FROM read_parquet('%s/*/*/*.parquet', hive_partitioning = true)"
                            .formatted(made.folder()));
            sql.execute(
                    "CREATE VIEW m AS SELECT * FROM read_json('%s/manifest.json')"
                            .formatted(made.folder()));
            for (String split : List.of("train", "validation", "test")) {
                assertThat(
                                number(
                                        sql,
                                        "SELECT count(*) FROM r WHERE split = '%s'"
                                                .formatted(split)))
                        .isEqualTo(number(sql, "SELECT folds[1].rows.%s FROM m".formatted(split)))
                        .isEqualTo(made.rows().get(split))
                        .isPositive();
            }
            assertThat(number(sql, "SELECT count(*) - count(DISTINCT grid_time) FROM r")).isZero();
            assertThat(number(sql, "SELECT count(*) FROM r WHERE max_event_time >= grid_time"))
                    .isZero();
            // A label of a minute: no row of a split in the minute before the next one begins.
            assertThat(
                            number(
                                    sql,
                                    """
                                    SELECT count(*) FROM r a JOIN r b
                                    ON b.grid_time BETWEEN a.grid_time AND a.grid_time + INTERVAL 1 MINUTE
                                    WHERE a.split <> b.split
                                    """))
                    .isZero();
            assertThat(
                            number(
                                    sql,
                                    "SELECT round(1e6 * abs(avg(mid_price))) FROM r WHERE split = 'train'"))
                    .isZero();
        }
    }

    @Test
    void aDatasetChangedAfterwardsIsNotCertifiedAgain() throws Exception {
        DatasetMade made = build(spec("changed", Map.of("dataset.format", "csv")));
        Path file = made.folder().resolve("fold=0/split=test/rows.csv");
        List<String> lines = Files.readAllLines(file);
        String last = lines.get(lines.size() - 1);
        lines.set(lines.size() - 1, last.substring(0, last.lastIndexOf(',')) + ",0.5");
        Files.write(file, lines);
        assertThat(certifiedAgain(made.folder()).failed())
                .extracting(Certificate.Check::name)
                .containsExactly(
                        "files of the manifest",
                        "fold=0/split=test/rows.csv: labels of the archive");
    }

    @Test
    void aBuildThatEndsLeavesNothing() throws Exception {
        DatasetSpec spec = spec("ended", Map.of());
        try (DatasetBuild build = begin(spec)) {
            ReplayCounts counts = replay(build.replay());
            assertThatThrownBy(
                            () ->
                                    build.finish(
                                            counts,
                                            fraction -> {
                                                if (fraction > 0.5) {
                                                    throw new IOException("enough");
                                                }
                                            }))
                    .hasMessage("enough");
            assertThat(names(datasets)).doesNotContain("ended");
        }
        assertThat(names(datasets)).isEmpty();
    }

    @Test
    void whatAKilledBuildLeftIsRemovedByTheNext() throws Exception {
        Files.createDirectories(datasets.resolve(".killed.building/fold=0"));
        Files.createFile(datasets.resolve(".killed.lock"));
        try (DatasetBuild build = begin(spec("next", Map.of()))) {
            assertThat(names(datasets)).containsExactly(".next.building", ".next.lock");
            assertThatThrownBy(() -> begin(spec("next", Map.of())))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("is being built");
            assertThat(build.replay().symbols()).containsExactly("SYM0");
        }
    }

    @Test
    void anIdIsTakenOnce() throws Exception {
        build(spec("taken", Map.of()));
        assertThatThrownBy(() -> begin(spec("taken", Map.of())))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("already");
        DatasetFolder.delete(datasets, "taken");
        assertThat(names(datasets)).isEmpty();
        assertThatThrownBy(() -> DatasetFolder.delete(datasets, "taken"))
                .hasMessage("there is no dataset taken");
    }

    /**
     * Of the newest seconds half the files are still to appear, as those of a checkpoint do one
     * after the other.
     */
    @Test
    void aDatasetOfAnArchiveThatIsBeingWrittenHoldsWhenMoreOfItIsThere(@TempDir Path live)
            throws Exception {
        List<MarketEvent> events = Events.market(12, 1, 1_500);
        long last = events.get(events.size() - 1).eventTimeMicros();
        List<MarketEvent> visible = new ArrayList<>();
        List<MarketEvent> hidden = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            boolean settling = events.get(i).eventTimeMicros() > last - 20_000_000;
            (settling && i % 2 == 0 && i < events.size() - 1 ? hidden : visible).add(events.get(i));
        }
        WrittenArchive files = new WrittenArchive(live);
        files.add(visible, Verdict.ACCEPTED);
        Map<String, String> request =
                Map.of(
                        "dataset.id",
                        "live",
                        "dataset.symbol",
                        "SYM0",
                        "dataset.embargo",
                        "0s",
                        "dataset.horizon",
                        "5s");
        DatasetMade made =
                build(
                        DatasetSettings.of(
                                ArchiveSpan.withSpan(
                                        request, live.toString(), InstantSource.system()),
                                Registry.of(BuiltInRegistries.yaml("1.0.0"), Optional.empty()),
                                live.toString()));
        files.add(hidden, Verdict.ACCEPTED);
        assertThat(certifiedAgain(made.folder(), live).failed()).isEmpty();
    }

    @Test
    void anArchiveAtRestIsUsedToItsLastEvent() throws IOException {
        ArchiveSpan live = ArchiveSpan.of(archive.toString(), InstantSource.system());
        ArchiveSpan atRest =
                ArchiveSpan.of(
                        archive.toString(),
                        InstantSource.fixed(Instant.now().plus(ArchiveSpan.AT_REST)));
        assertThat(atRest.through()).isEqualTo(live.through().plus(ArchiveSpan.UNSETTLED));
        assertThat(atRest.to()).isAfter(atRest.through()).isEqualTo(live.to().plusSeconds(30));
        assertThat(atRest.from()).isEqualTo(live.from());
    }

    @Test
    void missingHistorySaysWhichThereIs() {
        assertThatThrownBy(
                        () ->
                                begin(
                                        spec(
                                                "missing",
                                                Map.of(
                                                        "dataset.span",
                                                        "2026-08-09T10:00:00/2026-08-09T13:00:00"))))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("it has 2026-08-09T12:00:00Z to 2026-08-09T14:00:00Z");
    }

    private DatasetMade build(DatasetSpec spec) throws Exception {
        try (DatasetBuild build = begin(spec)) {
            return build.finish(replay(build.replay()), BuildWatch.NONE);
        }
    }

    private DatasetBuild begin(DatasetSpec spec) throws IOException {
        return DatasetBuild.begin(spec, datasets, InstantSource.system());
    }

    private Certificate certifiedAgain(Path dataset) throws Exception {
        return certifiedAgain(dataset, archive);
    }

    private Certificate certifiedAgain(Path dataset, Path from) throws Exception {
        Certification again = Certification.of(dataset, from.toString(), work.resolve("again"));
        replay(again.replay());
        return again.certify(BuildWatch.NONE);
    }

    private static ReplayCounts replay(ReplayRequest request) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        Replay replay = Replay.of(request, 2);
        replay.define(environment);
        return replay.counts(environment.execute().getAllAccumulatorResults());
    }

    private static DatasetSpec spec(String id, Map<String, String> more) {
        Map<String, String> request = new HashMap<>();
        request.put("dataset.id", id);
        request.put("dataset.symbol", "SYM0");
        request.put("dataset.span", "2026-08-09T12:10:00/2026-08-09T13:15:00");
        request.putAll(more);
        return DatasetSettings.of(
                request,
                Registry.of(BuiltInRegistries.yaml("1.0.0"), Optional.empty()),
                archive.toString());
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet result = sql.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
