package io.tidemark.job.archive;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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
        for (FileStatus date : list(folder)) {
            Optional<LocalDate> day = value(date, "date=").flatMap(ArchiveFolders::day);
            if (day.isEmpty()) {
                continue;
            }
            long midnight =
                    ChronoUnit.MICROS.between(
                            Instant.EPOCH, day.get().atStartOfDay(ZoneOffset.UTC).toInstant());
            for (FileStatus hour : list(date.getPath())) {
                value(hour, "hour=")
                        .filter(text -> text.matches("[01][0-9]|2[0-3]"))
                        .ifPresent(
                                text ->
                                        found.put(
                                                midnight + Integer.parseInt(text) * HOUR,
                                                hour.getPath()));
            }
        }
        return found;
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

    /** The finished Parquet files of a folder, by name. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (FileStatus file : list(folder)) {
            String name = file.getPath().getName();
            if (!file.isDir() && !name.startsWith(".") && name.endsWith(".parquet")) {
                found.add(file.getPath());
            }
        }
        found.sort(Comparator.comparing(Path::getName));
        return found;
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
