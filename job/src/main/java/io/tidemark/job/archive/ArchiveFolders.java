package io.tidemark.job.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What lies under a folder that is partitioned {@code date=YYYY-MM-DD/hour=HH}. A folder of another
 * form and a file that is hidden or no Parquet are not there: that is how unfinished files stay out
 * of sight.
 */
final class ArchiveFolders {
    static final long HOUR = 3_600_000_000L;

    private static final FileStatus[] NOTHING = {};

    private ArchiveFolders() {}

    /** The beginnings of the hours there are, microseconds, with their folders. */
    static NavigableMap<Long, Path> hours(Path folder) throws IOException {
        NavigableMap<Long, Path> found = new TreeMap<>();
        for (Map.Entry<Long, Path> day : days(folder).entrySet()) {
            for (FileStatus hour : list(day.getValue())) {
                value(hour, "hour=")
                        .filter(text -> text.matches("[01][0-9]|2[0-3]"))
                        .ifPresent(
                                text ->
                                        found.put(
                                                day.getKey() + Integer.parseInt(text) * HOUR,
                                                hour.getPath()));
            }
        }
        return found;
    }

    /** The midnights of the days there are, microseconds, with their folders. */
    static NavigableMap<Long, Path> days(Path folder) throws IOException {
        NavigableMap<Long, Path> found = new TreeMap<>();
        for (FileStatus date : list(folder)) {
            value(date, "date=")
                    .flatMap(ArchiveFolders::day)
                    .ifPresent(day -> found.put(midnight(day), date.getPath()));
        }
        return found;
    }

    private static long midnight(LocalDate day) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static Optional<LocalDate> day(String text) {
        return text.matches("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
                ? Optional.of(LocalDate.parse(text))
                : Optional.empty();
    }

    private static Optional<String> value(FileStatus folder, String key) {
        String name = folder.getPath().getName();
        return folder.isDir() && name.startsWith(key)
                ? Optional.of(name.substring(key.length()))
                : Optional.empty();
    }

    /**
     * The Parquet files of a folder that have its rows, each row once, by name: as they are when a
     * {@link FolderSwitch} puts others in their place, and before and after it. A file may be gone
     * when it is opened, having been switched since; its rows are then in others.
     *
     * @throws FileNotFoundException when the folder is gone
     */
    static List<Path> files(Path folder) throws IOException {
        Set<String> listed = names(folder);
        while (true) {
            // A listing is not of one moment; two that tell the same are of the one between them.
            Set<String> again = names(folder);
            if (FolderSwitch.telling(listed).equals(FolderSwitch.telling(again))) {
                Optional<Set<String>> readable = readable(folder, again);
                if (readable.isPresent()) {
                    return readable.get().stream().map(name -> new Path(folder, name)).toList();
                }
            }
            listed = again;
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!folder.getFileSystem().exists(folder)) {
            throw new FileNotFoundException(
                    "the archive has no folder %s any more".formatted(folder));
        }
        Set<String> names = new TreeSet<>();
        for (FileStatus file : list(folder)) {
            if (!file.isDir()) {
                names.add(file.getPath().getName());
            }
        }
        return names;
    }

    /** Empty when a switch has ended meanwhile. */
    private static Optional<Set<String>> readable(Path folder, Set<String> listed)
            throws IOException {
        Set<String> readable = new TreeSet<>();
        listed.stream().filter(FolderSwitch::isVisible).forEach(readable::add);
        for (String name : listed) {
            if (FolderSwitch.isPending(name)) {
                Path file = new Path(folder, name);
                try (InputStream in = file.getFileSystem().open(file)) {
                    FolderSwitch.read(name, in.readAllBytes()).apply(readable, listed);
                } catch (FileNotFoundException ended) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(readable);
    }

    private static FileStatus[] list(Path folder) throws IOException {
        FileSystem files = folder.getFileSystem();
        if (!files.exists(folder)) {
            return NOTHING;
        }
        FileStatus[] found = files.listStatus(folder);
        return found == null ? NOTHING : found;
    }
}
