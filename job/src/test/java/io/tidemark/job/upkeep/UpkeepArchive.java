package io.tidemark.job.upkeep;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.job.features.Events;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** An archive of a simulated market with many small files, and the ways to look at it. */
final class UpkeepArchive {
    /** Noon, 2026-08-09. */
    static final Instant NOON = Instant.ofEpochMilli(Events.NOON);

    final Path root;
    final List<MarketEvent> events;

    private UpkeepArchive(Path root, List<MarketEvent> events) {
        this.root = root;
        this.events = events;
    }

    /** What {@link #read} answers when every event is there once. */
    String whole() {
        return digest(events.stream().sorted(CanonicalOrder.INSTANCE).toList());
    }

    /** So many seconds from noon on, in files of so many events, shuffled as a checkpoint's are. */
    static UpkeepArchive of(Path root, int symbols, int seconds, int eventsAFile)
            throws IOException {
        List<MarketEvent> events = Events.market(11, symbols, seconds);
        WrittenArchive files = new WrittenArchive(root);
        for (int i = 0; i < events.size(); i += eventsAFile) {
            List<MarketEvent> part =
                    new ArrayList<>(events.subList(i, Math.min(i + eventsAFile, events.size())));
            Collections.shuffle(part, new Random(i));
            files.add(part, Verdict.ACCEPTED);
        }
        UpkeepArchive archive = new UpkeepArchive(root, events);
        archive.settle();
        return archive;
    }

    /** Settings without a wait, with small files, and everything old enough. */
    static UpkeepSettings settings(Path root, Duration keep, Optional<Path> moveTo) {
        return new UpkeepSettings(
                root,
                Duration.ofHours(1),
                2,
                500,
                keep,
                moveTo,
                Duration.ofDays(7),
                Duration.ofDays(7),
                0,
                Duration.ZERO);
    }

    /** Makes everything look as if nobody had written there for long. */
    void settle() throws IOException {
        touch(path -> true);
    }

    /** The folders only. */
    void settleFolders() throws IOException {
        touch(Files::isDirectory);
    }

    /** One folder, and not its files. */
    void settleFolder(String relative) throws IOException {
        Files.setLastModifiedTime(root.resolve(relative), FileTime.from(NOON));
    }

    private void touch(Predicate<Path> which) throws IOException {
        List<Path> all;
        try (Stream<Path> below = Files.walk(root)) {
            all = below.filter(which).toList();
        }
        for (Path one : all) {
            Files.setLastModifiedTime(one, FileTime.from(NOON));
        }
    }

    /** The notes of what was restored. */
    List<Path> notes() throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            return below.filter(file -> file.getFileName().toString().startsWith(".restored-"))
                    .toList();
        }
    }

    /** How many events there are as replay reads them, and a digest of them in their order. */
    static String read(Path root) throws IOException {
        List<MarketEvent> read = new ArrayList<>();
        RawEvents.in(
                        new org.apache.flink.core.fs.Path(root.toUri()),
                        SymbolChoice.ALL,
                        RawView.FINAL)
                .read(0, Long.MAX_VALUE / 2, read::add);
        return digest(read);
    }

    static String digest(List<MarketEvent> events) {
        CRC32 crc = new CRC32();
        for (MarketEvent event : events) {
            crc.update(event.toString().getBytes(StandardCharsets.UTF_8));
        }
        return events.size() + " events, " + crc.getValue();
    }

    /** As any reader of Hive-style Parquet does; empty when it fails. */
    static Optional<String> glob(Path root) throws SQLException {
        if (!Files.isDirectory(root.resolve("raw"))) {
            return Optional.of("0|0|0");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                """
                                SELECT concat_ws('|', count(*), count(DISTINCT concat(symbol, type, id, event_time)),
                                       coalesce(sum(hash(symbol, type, id, event_time)), 0))
                                FROM read_parquet('%s/raw/**/*.parquet', hive_partitioning = true, union_by_name = true)
                                """
                                        .formatted(root))) {
            result.next();
            return Optional.of(result.getString(1));
        } catch (SQLException e) {
            if (e.getMessage() != null && e.getMessage().contains("No files found")) {
                return Optional.of("0|0|0");
            }
            return Optional.empty();
        }
    }

    /** Every file there is, hidden ones too, locks and restored notes aside. */
    static List<String> files(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> below = Files.walk(root)) {
            return below.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.endsWith(FolderLock.NAME))
                    .filter(name -> !name.contains("/.restored-"))
                    .sorted()
                    .toList();
        }
    }
}
