package io.tidemark.job.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.archive.ArchivedFolder;
import io.tidemark.job.archive.FolderSwitch;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.job.features.Events;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionTest {
    private static final Instant EVENING = UpkeepArchive.NOON.plus(Duration.ofHours(6));

    @TempDir Path root;
    private UpkeepArchive archive;
    private String before;

    /** The work ended here, as by a kill: nothing that runs after it is upkeep's. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void write() throws Exception {
        archive = UpkeepArchive.of(root, 3, 60, 300);
        before = UpkeepArchive.glob(root).orElseThrow();
    }

    @Test
    void leavesFewSortedFilesWithTheSameRows() throws Exception {
        int filesBefore = UpkeepArchive.files(root).size();
        UpkeepReport report = run(change -> {});
        assertThat(report.failures()).isEmpty();
        assertThat(report.rows()).isEqualTo(archive.events.size());
        assertThat(report.filesBefore()).isEqualTo(filesBefore);
        assertThat(report.filesAfter()).isEqualTo(UpkeepArchive.files(root).size());
        assertThat(report.filesAfter()).isLessThan(filesBefore / 2);
        assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
        assertThat(UpkeepArchive.glob(root)).contains(before);
        assertThat(
                        query(
                                "SELECT count(*) FROM (SELECT symbol, event_time, lag(symbol) OVER"
                                        + " w AS s, lag(event_time) OVER w AS t FROM"
                                        + " read_parquet('%s/raw/type=trade/**/*.parquet', filename ="
                                        + " true, file_row_number = true) WINDOW w AS (PARTITION BY"
                                        + " filename ORDER BY file_row_number)) WHERE s > symbol OR (s"
                                        + " = symbol AND t > event_time)"))
                .isEqualTo("0");
    }

    @Test
    void doesNothingTheSecondTime() throws Exception {
        run(change -> {});
        List<String> files = UpkeepArchive.files(root);
        assertThat(run(change -> {})).isEqualTo(UpkeepReport.NOTHING);
        assertThat(UpkeepArchive.files(root)).isEqualTo(files);
    }

    @Test
    void leavesAnHourThatIsNotOver() throws Exception {
        List<String> files = UpkeepArchive.files(root);
        UpkeepReport report =
                new Upkeep(UpkeepArchive.settings(root, Duration.ZERO, Optional.empty()))
                        .run(UpkeepArchive.NOON.plusSeconds(3_700), (done, all, sofar) -> true);
        assertThat(report).isEqualTo(UpkeepReport.NOTHING);
        assertThat(UpkeepArchive.files(root)).isEqualTo(files);
    }

    /**
     * Whatever the moment, a reader that knows switches sees all, and any other all or an error.
     */
    @Test
    void readersSeeEachRowOnceAtEveryStep() throws Exception {
        List<String> wrong = new ArrayList<>();
        int[] failed = {0};
        int[] steps = {0};
        run(
                change -> {
                    steps[0]++;
                    if (!UpkeepArchive.read(root).equals(archive.whole())) {
                        wrong.add("replay before: " + change);
                    }
                    try {
                        Optional<String> seen = UpkeepArchive.glob(root);
                        failed[0] += seen.isEmpty() ? 1 : 0;
                        if (seen.isPresent() && !seen.get().equals(before)) {
                            wrong.add("glob before: " + change);
                        }
                    } catch (SQLException e) {
                        throw new IOException(e);
                    }
                });
        assertThat(wrong).isEmpty();
        assertThat(steps[0]).isGreaterThan(50);
        assertThat(failed[0]).isPositive();
    }

    /**
     * Such a reader lists, reads one file after the other, and may come to the last when all is
     * done: what it has listed beside old files must never turn into a new one.
     */
    @Test
    void nothingListedBesideOldFilesBecomesANewOne() throws Exception {
        Set<String> old = new TreeSet<>(UpkeepArchive.files(root));
        Set<String> beside = new TreeSet<>();
        run(
                change -> {
                    for (ArchivedFolder folder :
                            ArchivedFolder.in(new org.apache.flink.core.fs.Path(root.toUri()))) {
                        List<String> listed =
                                Disk.names(root.resolve(folder.relative())).stream()
                                        .filter(FolderSwitch::isVisible)
                                        .map(name -> folder.relative() + "/" + name)
                                        .toList();
                        if (listed.stream().anyMatch(old::contains)) {
                            beside.addAll(listed);
                        }
                    }
                });
        assertThat(beside).as("a barrier was among them").hasSizeGreaterThan(old.size());
        assertThat(UpkeepArchive.files(root)).doesNotContainAnyElementsOf(beside);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5})
    void nothingIsLostOrDoubledOrLeftWhenItIsKilled(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int kills = 0;
        for (boolean done = false; !done && kills < 100; ) {
            // Ever further, so that it gets to its end.
            int[] left = {1 + random.nextInt(10 + 2 * kills)};
            try {
                run(
                        change -> {
                            if (--left[0] == 0) {
                                throw new Killed();
                            }
                        });
                done = true;
            } catch (Killed e) {
                kills++;
                assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
            }
        }
        assertThat(kills).isBetween(3, 99);
        run(change -> {});
        assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
        assertThat(UpkeepArchive.glob(root)).contains(before);
        assertThat(UpkeepArchive.files(root)).allMatch(name -> name.contains("/part-sorted-"));
    }

    /** The stream puts a file of late events into the folder at some moment of the compaction. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesWhatTheStreamWritesMeanwhile(long seed) throws Exception {
        int at = 1 + new SplittableRandom(seed).nextInt(40);
        List<MarketEvent> late =
                Events.market(99, 1, 5).stream()
                        .filter(event -> event.eventTimeMicros() % 3 != 0)
                        .toList();
        String all = archive.events.size() + late.size() + " events";
        WrittenArchive files = new WrittenArchive(root, "late");
        int[] step = {0};
        run(
                change -> {
                    if (++step[0] == at) {
                        files.add(late, Verdict.LATE);
                    }
                });
        assertThat(step[0]).isGreaterThan(at);
        assertThat(UpkeepArchive.read(root)).startsWith(all);
        run(change -> {});
        assertThat(UpkeepArchive.read(root)).startsWith(all);
        assertThat(new TreeSet<>(UpkeepArchive.files(root)))
                .noneMatch(name -> name.endsWith(".switching"));
    }

    /** A reader in the middle of an hour goes on though its files are switched under it. */
    @Test
    void aReaderGoesOnOverASwitch() throws Exception {
        List<MarketEvent> read = new ArrayList<>();
        RawEvents.in(
                        new org.apache.flink.core.fs.Path(root.toUri()),
                        SymbolChoice.ALL,
                        RawView.FINAL)
                .read(
                        0,
                        Long.MAX_VALUE / 2,
                        event -> {
                            read.add(event);
                            if (read.size() == archive.events.size() / 3) {
                                try {
                                    run(change -> {});
                                } catch (InterruptedException e) {
                                    throw new IOException(e);
                                }
                            }
                        });
        assertThat(UpkeepArchive.digest(read)).isEqualTo(archive.whole());
    }

    @Test
    void aBrokenFileLeavesItsFolderAsItIs() throws Exception {
        String broken = "raw/type=trade/date=2026-08-09/hour=12/part-broken.parquet";
        Files.writeString(root.resolve(broken), "no Parquet");
        UpkeepReport report = run(change -> {});
        assertThat(report.failures()).singleElement().asString().contains("type=trade");
        assertThat(UpkeepArchive.files(root))
                .contains(broken)
                .filteredOn(name -> name.contains("type=trade"))
                .noneMatch(name -> name.contains("sorted"));
        assertThat(UpkeepArchive.files(root)).anyMatch(name -> name.contains("part-sorted-"));
    }

    @Test
    void doesNotFillTheDisk() throws Exception {
        List<String> files = UpkeepArchive.files(root);
        UpkeepReport report =
                new Upkeep(settings(), new Disk(), (folder, bytes) -> bytes < 1_000)
                        .run(EVENING, (done, all, sofar) -> true);
        assertThat(report.noRoom()).isPositive();
        assertThat(report.complete()).isFalse();
        assertThat(UpkeepArchive.files(root)).isEqualTo(files);
    }

    @Test
    void aFolderThatAnotherHasIsLeft() throws Exception {
        Path folder = root.resolve("raw/type=trade/date=2026-08-09/hour=12");
        FolderLock held = FolderLock.take(folder).orElseThrow();
        assertThat(run(change -> {}).busy()).isEqualTo(1);
        held.close();
        assertThat(run(change -> {}).compacted()).isEqualTo(1);
    }

    private UpkeepReport run(Disk.Step step) throws IOException, InterruptedException {
        return new Upkeep(settings(), new Disk(step), (folder, bytes) -> true)
                .run(EVENING, (done, all, sofar) -> true);
    }

    private UpkeepSettings settings() {
        return UpkeepArchive.settings(root, Duration.ZERO, Optional.empty());
    }

    private String query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.formatted(root))) {
            result.next();
            return result.getString(1);
        }
    }
}
