package io.tidemark.job.upkeep;

import io.tidemark.job.archive.ArchivedFolder;
import io.tidemark.job.archive.FolderSwitch;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is too old leaves the archive: a folder goes out of every reader's sight in one step, out of
 * the trees they read, and is then deleted or moved at leisure. What a run began the next one ends.
 */
final class Retention {
    private static final String BEGUN = ".upkeep";
    private static final String MOVING = ".moving";

    private final UpkeepSettings settings;
    private final Disk disk;
    private final FreeSpace space;

    private enum Way {
        DELETE,
        MOVE
    }

    Retention(UpkeepSettings settings, Disk disk, FreeSpace space) {
        this.settings = settings;
        this.disk = disk;
        this.space = space;
    }

    /**
     * Takes a folder out of the archive; under its lock, with no switch pending.
     *
     * @return what was done; the folder is left alone while the stream has an unfinished file there
     */
    UpkeepReport remove(ArchivedFolder one) throws IOException {
        Path folder = settings.root().resolve(one.relative());
        if (!Orphans.unfinished(folder).isEmpty()) {
            return UpkeepReport.ofBusy();
        }
        Way way = settings.moveTo().isPresent() ? Way.MOVE : Way.DELETE;
        if (way == Way.MOVE && !space.has(settings.moveTo().orElseThrow(), bytes(folder))) {
            return UpkeepReport.ofNoRoom();
        }
        Path begun = begun(way).resolve(one.relative());
        disk.makeFolders(parent(begun));
        disk.move(folder, begun);
        // The stream may have begun one after the look above: it is the stream's to name.
        for (String late : Orphans.unfinished(begun)) {
            disk.makeFolders(folder);
            disk.move(begun.resolve(late), folder.resolve(late));
        }
        removeIfEmpty(parent(folder));
        return end(way, one.relative());
    }

    /** Ends what earlier runs began. */
    UpkeepReport finishBegun() throws IOException {
        UpkeepReport report = UpkeepReport.NOTHING;
        for (Way way : Way.values()) {
            org.apache.flink.core.fs.Path begun =
                    new org.apache.flink.core.fs.Path(begun(way).toUri());
            for (ArchivedFolder one : ArchivedFolder.in(begun)) {
                Optional<FolderLock> lock = FolderLock.take(begun(way).resolve(one.relative()));
                if (lock.isEmpty()) {
                    report = report.plus(UpkeepReport.ofBusy());
                    continue;
                }
                FolderLock held = lock.get();
                try {
                    report = report.plus(end(way, one.relative()));
                } finally {
                    held.close();
                }
            }
            removeEmptyBelow(begun(way));
        }
        return report;
    }

    private Path begun(Way way) {
        return settings.root().resolve(BEGUN).resolve(way == Way.MOVE ? "move" : "delete");
    }

    private UpkeepReport end(Way way, String relative) throws IOException {
        Path begun = begun(way).resolve(relative);
        List<Path> first = new ArrayList<>();
        if (way == Way.MOVE) {
            Path target =
                    settings.moveTo()
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "upkeep.move-to is not set, and %s waits to be moved there"
                                                            .formatted(begun)))
                            .resolve(relative);
            if (!space.has(target, bytes(begun))) {
                return UpkeepReport.ofNoRoom();
            }
            first.addAll(move(begun, target));
        }
        // Without its notes first, a half deleted folder would have what was moved deleted.
        disk.deleteAll(begun, first);
        for (Path above = parent(begun);
                !above.equals(settings.root()) && removeIfEmpty(above);
                above = parent(above)) {}
        return way == Way.MOVE ? UpkeepReport.ofMoved() : UpkeepReport.ofDeleted();
    }

    /** Answers with the notes that must go before the files. */
    private List<Path> move(Path begun, Path target) throws IOException {
        disk.makeFolders(target);
        List<Path> notes = Restoring.forgetRestored(begun, target, disk);
        for (String name : Disk.names(target)) {
            if (name.endsWith(MOVING)) {
                disk.delete(target.resolve(name));
            }
        }
        for (String name : Disk.names(begun)) {
            if (FolderSwitch.isVisible(name) && !Files.exists(target.resolve(name))) {
                Path unfinished = target.resolve("." + name + MOVING);
                disk.copy(begun.resolve(name), unfinished);
                disk.move(unfinished, target.resolve(name));
            }
        }
        disk.sync(target);
        return notes;
    }

    private boolean removeIfEmpty(Path folder) throws IOException {
        disk.changes("delete " + folder + " if empty");
        try {
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException | NoSuchFileException inUse) {
            return false;
        }
    }

    private void removeEmptyBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            removeIfEmpty(one);
        }
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (String name : Disk.names(folder)) {
            bytes += Files.size(folder.resolve(name));
        }
        return bytes;
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("wanted a path below another, got " + path);
        }
        return parent;
    }
}
