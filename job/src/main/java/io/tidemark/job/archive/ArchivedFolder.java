package io.tidemark.job.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A folder of the archive that has files: an hour of one type or registry, or a day of rejected
 * messages.
 *
 * @param relative its place under the archive's root, {@code
 *     raw/type=trade/date=2026-08-09/hour=12}
 * @param beginMicros of its time, microseconds since the epoch, UTC
 * @param endMicros of its time, itself not in it
 * @param sortable whether its rows have a symbol and a time to be sorted by
 */
public record ArchivedFolder(String relative, long beginMicros, long endMicros, boolean sortable) {

    /** All there are under a root, by time; an archive of its own or one things were moved to. */
    public static List<ArchivedFolder> in(Path root) throws IOException {
        List<ArchivedFolder> found = new ArrayList<>();
        for (String tree : List.of("raw", "duplicates", "features")) {
            for (Path kind : folders(new Path(root, tree))) {
                String above = tree + "/" + kind.getName() + "/";
                for (Map.Entry<Long, Path> hour : ArchiveFolders.hours(kind).entrySet()) {
                    long begin = hour.getKey();
                    found.add(
                            new ArchivedFolder(
                                    above + ArchivePartition.dateAndHour(begin),
                                    begin,
                                    begin + ArchiveFolders.HOUR,
                                    true));
                }
            }
        }
        for (Map.Entry<Long, Path> day :
                ArchiveFolders.days(new Path(root, "rejected")).entrySet()) {
            long begin = day.getKey();
            found.add(
                    new ArchivedFolder(
                            "rejected/" + ArchivePartition.date(begin),
                            begin,
                            begin + 24 * ArchiveFolders.HOUR,
                            false));
        }
        found.sort(
                Comparator.comparingLong(ArchivedFolder::beginMicros)
                        .thenComparing(ArchivedFolder::relative));
        return found;
    }

    private static List<Path> folders(Path above) throws IOException {
        FileSystem files = above.getFileSystem();
        List<Path> found = new ArrayList<>();
        if (files.exists(above)) {
            for (FileStatus one : files.listStatus(above)) {
                if (one.isDir() && !one.getPath().getName().startsWith(".")) {
                    found.add(one.getPath());
                }
            }
        }
        return found;
    }
}
