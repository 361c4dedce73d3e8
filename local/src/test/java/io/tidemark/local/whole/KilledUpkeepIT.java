package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.local.cli.Tidemark;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/tidemark upkeep} and {@code restore}, processes of their own, killed at seeded moments
 * while it is read all the time: nothing is lost, doubled or left. The moments are spread over the
 * time the same work takes undisturbed, from the first change it makes to its end.
 */
@Tag("kills")
class KilledUpkeepIT {
    private static final long SEED = Long.getLong("tidemark.kills.seed", 20261122);
    private static final int KILLS = 12;
    private static final int MAX_RUNS = 80;
    private static final int HOURS = 2;
    private static final int SECONDS = 6;
    private static final List<EventType> TYPES =
            List.of(EventType.TRADE, EventType.ORDERBOOK, EventType.TICKER);

    private final Instant recent = Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(18_000);
    private final Instant old = recent.minus(Duration.ofDays(100));
    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir Path root;
    @TempDir Path movedTo;
    @TempDir Path screens;
    private SmallFiles files;

    /** By command. */
    private final Map<String, Long> busyNanos = new HashMap<>();

    private boolean afresh = true;
    private int runs;
    private int kills;

    @BeforeEach
    void write() throws IOException {
        files = new SmallFiles(root, TYPES);
        add();
    }

    /** A batch of small files into every hour, as the stream brings them. */
    private void add() throws IOException {
        for (int hour = 0; hour < HOURS; hour++) {
            int second = 30 * runs;
            files.add(recent.plus(Duration.ofHours(hour)).plusSeconds(second), SECONDS);
            files.add(old.plus(Duration.ofHours(hour)).plusSeconds(second), SECONDS);
        }
        settle();
    }

    @Test
    void compactionLosesNothingAndReadersSeeEachRowOnce() throws Exception {
        while (kills < KILLS) {
            List<String> whole = rows();
            for (boolean done = false; !done; ) {
                done =
                        killed(
                                "upkeep",
                                List.of("--set", "upkeep.keep=0s"),
                                List.of(
                                        () ->
                                                assertThat(digests(root, old, Instant.now()))
                                                        .isEqualTo(expected(old)),
                                        () -> assertAllIsSeenOrNothing(whole)));
                assertThat(digests(root, old, Instant.now())).isEqualTo(expected(old));
            }
            assertThat(rows()).isEqualTo(whole);
            assertCompacted();
            add();
        }
    }

    /** Any reader that knows nothing of upkeep sees every row once, or fails. */
    private void assertAllIsSeenOrNothing(List<String> whole) {
        List<String> seen;
        try {
            seen = rows();
        } catch (SQLException switching) {
            return;
        }
        assertThat(seen).isEqualTo(whole);
    }

    /** Whole files only, and in no folder more than one that is not sorted. */
    private void assertCompacted() throws IOException {
        List<String> left = left(root);
        assertThat(left)
                .isNotEmpty()
                .allMatch(name -> name.matches("raw/[^.]*/part-[^/]*\\.parquet"));
        assertThat(left.stream().filter(name -> !name.contains("/part-sorted-")))
                .extracting(name -> name.substring(0, name.lastIndexOf('/')))
                .doesNotHaveDuplicates();
    }

    @Test
    void retentionTakesWhatIsOldAndRestoringBringsItBack() throws Exception {
        Instant border = recent.minus(Duration.ofDays(1));
        List<String> keep =
                List.of(
                        "--set",
                        "upkeep.keep=90d",
                        "--set",
                        "upkeep.move-to=" + movedTo,
                        "--set",
                        "upkeep.keep-restored=1d");
        List<String> back = new ArrayList<>(keep);
        back.addAll(List.of("--from", "2000-01-01T00:00:00", "--to", "2100-01-01T00:00:00"));
        List<String> whole = rows();
        while (kills < KILLS) {
            untilDone("upkeep", keep, border);
            assertThat(digests(root, old, Instant.now())).isEqualTo(expected(recent));
            assertThat(digests(movedTo, old, border)).isEqualTo(expected(old, border));
            assertThat(left(movedTo))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("raw/.*\\.parquet"));
            assertCompacted();
            assertThat(root.resolve(".upkeep/move")).doesNotExist();

            untilDone("restore", back, border);
            assertThat(digests(root, old, Instant.now())).isEqualTo(expected(old));
            assertThat(left(movedTo)).isEmpty();
            assertThat(left(root)).allMatch(name -> name.matches("raw/[^.]*/part-[^/]*\\.parquet"));
            assertThat(rows()).isEqualTo(whole);
            settle();
        }
    }

    /** Runs it until it ends by itself, reading meanwhile. */
    private void untilDone(String command, List<String> options, Instant border) throws Exception {
        List<Readers.Look> looks = new ArrayList<>();
        looks.add(
                () -> assertThat(digests(root, border, Instant.now())).isEqualTo(expected(recent)));
        looks.add(
                () -> {
                    for (EventType type : TYPES) {
                        assertHourIsThereOrNot(type);
                    }
                });
        for (boolean done = false; !done; ) {
            done = killed(command, options, looks);
            // As long as nobody writes there, a folder looks old again.
            settle();
        }
    }

    /** An hour of one type is one folder: all of it is read, or none, or the reader is told. */
    private void assertHourIsThereOrNot(EventType type) {
        Instant end = old.plus(Duration.ofHours(1));
        String seen;
        try {
            seen = digest(root, type, old, end);
        } catch (IOException goneWhileRead) {
            return;
        }
        assertThat(seen).isIn(digest(List.of()), digest(files.events(type, old, end)));
    }

    /**
     * Starts it and kills it at a moment of its work, which begins with the first thing it changes
     * and takes as long as the shortest time all of it took; the first time of a command it is left
     * alone. Meanwhile others look.
     *
     * @return whether it had come to its end, with success
     */
    private boolean killed(String command, List<String> options, List<Readers.Look> looks)
            throws Exception {
        Set<String> before = names();
        Process process = run(command, options);
        Readers readers = new Readers();
        try {
            while (process.isAlive() && names().equals(before)) {
                Thread.sleep(5);
            }
            long begun = System.nanoTime();
            looks.forEach(readers::start);
            long most = busyNanos.getOrDefault(command, Long.MAX_VALUE);
            long atMost = most == Long.MAX_VALUE ? most : random.nextLong(most);
            if (process.waitFor(atMost, TimeUnit.NANOSECONDS) && afresh) {
                busyNanos.put(command, Math.min(most, System.nanoTime() - begun));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        readers.stop();
        int status = process.exitValue();
        assertThat(status).as(said()).isIn(0, 128 + 9);
        afresh = status == 0;
        kills += afresh ? 0 : 1;
        assertThat(runs).as("runs for %d kills", kills).isLessThan(MAX_RUNS);
        return status == 0;
    }

    private Process run(String command, List<String> options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(List.of(Tidemark.class.getName(), command));
        line.addAll(List.of("--set", "archive.root=" + root));
        line.addAll(
                List.of("--set", "upkeep.compact-files=2", "--set", "upkeep.switch-grace=20ms"));
        line.addAll(List.of("--set", "upkeep.keep-free-mib=0"));
        line.addAll(options);
        runs++;
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(screens.resolve(runs + ".txt").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(screens.resolve(runs + ".txt"));
    }

    /** All rows of the archive as any reader of Hive-style Parquet finds them, in all columns. */
    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (EventType type : TYPES) {
            rows.add(
                    new Archive(root)
                            .query(
                                    "SELECT count(*), sum(hash(t)) FROM {raw/type=%s} t"
                                            .formatted(type.wireName()))
                            .toString());
        }
        return rows;
    }

    private List<String> expected(Instant from) {
        return expected(from, Instant.now());
    }

    private List<String> expected(Instant from, Instant to) {
        return TYPES.stream().map(type -> digest(files.events(type, from, to))).toList();
    }

    /** As replay reads them. */
    private static List<String> digests(Path root, Instant from, Instant to) throws IOException {
        List<String> digests = new ArrayList<>();
        for (EventType type : TYPES) {
            digests.add(digest(root, type, from, to));
        }
        return digests;
    }

    private static String digest(Path root, EventType type, Instant from, Instant to)
            throws IOException {
        List<MarketEvent> read = new ArrayList<>();
        RawEvents.in(
                        new org.apache.flink.core.fs.Path(root.toUri()),
                        SymbolChoice.ALL,
                        RawView.FINAL,
                        Set.of(type))
                .read(SmallFiles.micros(from), SmallFiles.micros(to), read::add);
        return digest(read);
    }

    private static String digest(List<MarketEvent> events) {
        long sum = 0;
        for (MarketEvent event : events) {
            sum = 31 * sum + event.toString().hashCode();
        }
        return events.size() + " events, " + sum;
    }

    /** Every file there is, locks and notes of what was restored aside. */
    private static List<String> left(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.endsWith("/.upkeep.lock"))
                    .filter(name -> !name.contains("/.restored-"))
                    .toList();
        }
    }

    /** All names there are, while they change. */
    private Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path folder : List.of(root, movedTo)) {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes any) {
                            names.add(file.toString());
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        return names;
    }

    /** Makes everything look as if nobody had written there for a week. */
    private void settle() throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(root)) {
            all = below.toList();
        }
        for (Path one : all) {
            Files.setLastModifiedTime(one, FileTime.from(Instant.now().minus(Duration.ofDays(6))));
        }
    }
}
