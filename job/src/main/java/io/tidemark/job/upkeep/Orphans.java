package io.tidemark.job.upkeep;

import io.tidemark.job.archive.ArchivedFolder;
import io.tidemark.job.archive.FolderSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * Hidden files of attempts of the job that were killed. One that a checkpoint holds gets its name
 * when the job is restored, so only those go that have not been touched for long, and only when the
 * job has finished files since: it is then past the checkpoint that could have known them.
 */
final class Orphans {
    private final UpkeepSettings settings;
    private final Disk disk;
    private final List<ArchivedFolder> folders;
    private final Instant now;

    /**
     * @param folders all of the archive, by time
     */
    Orphans(UpkeepSettings settings, Disk disk, List<ArchivedFolder> folders, Instant now) {
        this.settings = settings;
        this.disk = disk;
        this.folders = folders;
        this.now = now;
    }

    /** Unfinished files of the stream's sink in a folder, whether of a live attempt or not. */
    static List<String> unfinished(Path folder) throws IOException {
        return Disk.names(folder).stream()
                .filter(name -> name.startsWith(".part-") && name.contains(".inprogress"))
                .toList();
    }

    /** Whether a folder has any that is old enough. */
    boolean areIn(Path folder) throws IOException {
        for (String name : unfinished(folder)) {
            if (isOld(touched(folder.resolve(name)))) {
                return true;
            }
        }
        return false;
    }

    /** Removes them; answers how many. */
    long remove(Path folder) throws IOException {
        long removed = 0;
        for (String name : unfinished(folder)) {
            Path file = folder.resolve(name);
            FileTime touched = touched(file);
            if (isOld(touched) && anyFinishedSince(touched)) {
                disk.delete(file);
                removed++;
            }
        }
        return removed;
    }

    private boolean isOld(FileTime touched) {
        return touched.toInstant().isBefore(now.minus(settings.orphansAfter()));
    }

    /** Looks from the latest folder on, where it most likely finds one at once. */
    private boolean anyFinishedSince(FileTime touched) throws IOException {
        for (int i = folders.size() - 1; i >= 0; i--) {
            Path folder = settings.root().resolve(folders.get(i).relative());
            for (String name : Disk.names(folder)) {
                if (FolderSwitch.isVisible(name)
                        && !name.startsWith(Compaction.SORTED)
                        && touched(folder.resolve(name)).compareTo(touched) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** For ever when the file is gone: it has got its name. */
    private static FileTime touched(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException gone) {
            return FileTime.fromMillis(Long.MAX_VALUE);
        }
    }
}
