package io.tidemark.job.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    private static final Instant LATER = UpkeepArchive.NOON.plus(Duration.ofDays(100));
    private static final String FOLDER = "raw/type=trade/date=2026-08-09/hour=12";
    private static final String UNFINISHED = ".part-lost-0.parquet.inprogress.1";

    @TempDir Path root;
    @TempDir Path movedTo;
    private UpkeepArchive archive;
    private String before;

    /** The work ended here, as by a kill: nothing that runs after it is upkeep's. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void write() throws Exception {
        archive = UpkeepArchive.of(root, 2, 20, 300);
        before = UpkeepArchive.glob(root).orElseThrow();
    }

    @Test
    void keepsWhatIsNotTooOld() throws Exception {
        new Upkeep(UpkeepArchive.settings(root, Duration.ofDays(101), Optional.empty()))
                .run(LATER, (done, all, sofar) -> true);
        assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
    }

    @Test
    void deletesWhatIs() throws Exception {
        UpkeepReport report = run(Optional.empty(), change -> {});
        assertThat(report.failures()).isEmpty();
        assertThat(report.deleted()).isPositive();
        assertThat(UpkeepArchive.files(root)).isEmpty();
        assertThat(root.resolve(".upkeep/delete")).doesNotExist();
    }

    @Test
    void movesItAndBringsItBack() throws Exception {
        run(Optional.of(movedTo), change -> {});
        assertThat(UpkeepArchive.files(root)).isEmpty();
        assertThat(UpkeepArchive.read(movedTo)).isEqualTo(archive.whole());
        assertThat(UpkeepArchive.glob(movedTo)).contains(before);
        UpkeepReport report = restore(change -> {});
        assertThat(report.failures()).isEmpty();
        assertThat(report.restored()).isPositive();
        assertThat(UpkeepArchive.files(movedTo)).isEmpty();
        assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
        assertThat(UpkeepArchive.glob(root)).contains(before);
    }

    @Test
    void whatWasRestoredStaysForAWhile() throws Exception {
        run(Optional.of(movedTo), change -> {});
        restore(change -> {});
        archive.settle();
        stamp(LATER.minus(Duration.ofDays(6)));
        run(Optional.of(movedTo), change -> {});
        assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
        archive.settle();
        stamp(LATER.minus(Duration.ofDays(8)));
        run(Optional.of(movedTo), change -> {});
        assertThat(UpkeepArchive.files(root)).isEmpty();
        assertThat(UpkeepArchive.read(movedTo)).isEqualTo(archive.whole());
    }

    /** Retention, restoring, compaction and retention again, each killed again and again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void nothingIsLostOrDoubledOrLeftWhenItIsKilled(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int kills = 0;
        for (int round = 0; round < 2; round++) {
            kills += untilDone(random, step -> run(Optional.of(movedTo), step));
            assertThat(UpkeepArchive.files(root)).isEmpty();
            assertThat(UpkeepArchive.files(movedTo)).allMatch(name -> name.endsWith(".parquet"));
            assertThat(UpkeepArchive.read(movedTo)).isEqualTo(archive.whole());
            kills += untilDone(random, this::restore);
            assertThat(UpkeepArchive.files(root)).allMatch(name -> name.endsWith(".parquet"));
            assertThat(UpkeepArchive.files(movedTo)).isEmpty();
            assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
            kills += untilDone(random, this::compact);
            assertThat(UpkeepArchive.read(root)).isEqualTo(archive.whole());
            assertThat(UpkeepArchive.glob(root)).contains(before);
            archive.settle();
        }
        assertThat(kills).isGreaterThan(10);
        untilDone(random, step -> run(Optional.empty(), step));
        assertThat(UpkeepArchive.files(root)).isEmpty();
    }

    @Test
    void aFolderInWhichTheStreamHasAFileOpenStays() throws Exception {
        Files.writeString(root.resolve(FOLDER).resolve(UNFINISHED), "rows");
        Files.setLastModifiedTime(root.resolve(FOLDER).resolve(UNFINISHED), FileTime.from(LATER));
        archive.settleFolder(FOLDER);
        assertThat(run(Optional.empty(), change -> {}).busy()).isEqualTo(1);
        assertThat(root.resolve(FOLDER).resolve(UNFINISHED)).exists();
        assertThat(UpkeepArchive.files(root)).allMatch(name -> name.startsWith(FOLDER));
    }

    /** The stream opens a file between the look and the removal: it finds it where it made it. */
    @Test
    void aFileTheStreamOpensMeanwhileStaysWhereItIs() throws Exception {
        Path file = root.resolve(FOLDER).resolve(UNFINISHED);
        run(
                Optional.empty(),
                change -> {
                    if (change.startsWith("move " + root.resolve(FOLDER) + " ")) {
                        Files.writeString(file, "rows");
                    }
                });
        assertThat(file).hasContent("rows");
        assertThat(UpkeepArchive.files(root)).containsExactly(FOLDER + "/" + UNFINISHED);
    }

    @Test
    void aFileOfALostAttemptGoesWhenTheJobHasGoneOn() throws Exception {
        Path lost = root.resolve(FOLDER).resolve(UNFINISHED);
        Files.writeString(lost, "rows");
        Files.setLastModifiedTime(lost, FileTime.from(UpkeepArchive.NOON.minusSeconds(60)));
        Instant now = UpkeepArchive.NOON.plus(Duration.ofDays(8));
        UpkeepSettings settings =
                UpkeepArchive.settings(root, Duration.ofDays(90), Optional.empty());
        assertThat(new Upkeep(settings).run(now, (done, all, sofar) -> true).orphans())
                .isEqualTo(1);
        assertThat(lost).doesNotExist();
    }

    @Test
    void aFileThatACheckpointMayStillNameStays() throws Exception {
        Path pending = root.resolve(FOLDER).resolve(UNFINISHED);
        Files.writeString(pending, "rows");
        // Nothing was finished since: the job is down, and will give it its name.
        Files.setLastModifiedTime(pending, FileTime.from(UpkeepArchive.NOON.plusSeconds(60)));
        Instant now = UpkeepArchive.NOON.plus(Duration.ofDays(80));
        UpkeepSettings settings =
                UpkeepArchive.settings(root, Duration.ofDays(90), Optional.empty());
        assertThat(new Upkeep(settings).run(now, (done, all, sofar) -> true).orphans()).isZero();
        assertThat(pending).exists();
    }

    private interface Run {
        UpkeepReport with(Disk.Step step) throws IOException, InterruptedException;
    }

    /** Answers how often it was killed. */
    private int untilDone(SplittableRandom random, Run run)
            throws IOException, InterruptedException {
        for (int kills = 0; kills < 200; kills++) {
            int[] left = {1 + random.nextInt(25)};
            try {
                UpkeepReport report =
                        run.with(
                                change -> {
                                    if (--left[0] == 0) {
                                        throw new Killed();
                                    }
                                });
                assertThat(report.failures()).isEmpty();
                return kills;
            } catch (Killed e) {
                // As long as nobody writes there, a folder looks old again.
                archive.settle();
            }
        }
        throw new AssertionError("it never came to its end");
    }

    private UpkeepReport run(Optional<Path> target, Disk.Step step)
            throws IOException, InterruptedException {
        return upkeep(Duration.ofDays(90), target, step).run(LATER, (done, all, sofar) -> true);
    }

    private UpkeepReport restore(Disk.Step step) throws IOException, InterruptedException {
        return upkeep(Duration.ofDays(90), Optional.of(movedTo), step)
                .restore(0, Long.MAX_VALUE / 2, (done, all, sofar) -> true);
    }

    private UpkeepReport compact(Disk.Step step) throws IOException, InterruptedException {
        return upkeep(Duration.ZERO, Optional.empty(), step).run(LATER, (done, all, sofar) -> true);
    }

    private Upkeep upkeep(Duration keep, Optional<Path> target, Disk.Step step) {
        return new Upkeep(
                UpkeepArchive.settings(root, keep, target),
                new Disk(step),
                (folder, bytes) -> true);
    }

    private void stamp(Instant restored) throws IOException {
        for (Path note : archive.notes()) {
            Files.setLastModifiedTime(note, FileTime.from(restored));
        }
        archive.settleFolders();
    }
}
