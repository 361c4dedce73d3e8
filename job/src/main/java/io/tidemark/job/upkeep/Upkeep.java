package io.tidemark.job.upkeep;

import io.tidemark.job.archive.ArchivedFolder;
import io.tidemark.job.archive.FolderSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Upkeep of an archive, beside a stream that writes it and readers that read it: hours that are
 * over are compacted, what is too old is deleted or moved, files of lost attempts go. May be ended
 * at any moment, by a kill too; the next run goes on. Several may run at once: each folder is one's
 * only.
 */
public final class Upkeep {
    /**
     * A folder written to so lately is not taken away: a job that starts over from a checkpoint
     * looks for the folders of its files.
     */
    private static final Duration SETTLED = Duration.ofDays(1);

    private final UpkeepSettings settings;
    private final Disk disk;
    private final FreeSpace space;
    private final Switching switching;
    private final Retention retention;

    /** Who is told how far it is, and may end it. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Called before each folder.
         *
         * @param done folders that are done
         * @param all folders there are
         * @return whether to go on
         */
        boolean goOn(int done, int all, UpkeepReport sofar);
    }

    public Upkeep(UpkeepSettings settings) {
        this(settings, new Disk(), FreeSpace.keeping(settings.keepFreeBytes()));
    }

    Upkeep(UpkeepSettings settings, Disk disk, FreeSpace space) {
        this.settings = settings;
        this.disk = disk;
        this.space = space;
        this.switching = new Switching(disk, settings.grace());
        this.retention = new Retention(settings, disk, space);
    }

    /**
     * One run over all folders, the oldest first.
     *
     * @param now what ages are measured from
     * @throws IOException when the archive cannot be listed; what concerns one folder is in the
     *     report
     */
    public UpkeepReport run(Instant now, Watcher watcher) throws IOException, InterruptedException {
        UpkeepReport report = retention.finishBegun();
        List<ArchivedFolder> folders = ArchivedFolder.in(flink(settings.root()));
        Orphans orphans = new Orphans(settings, disk, folders, now);
        Compaction compaction = new Compaction(settings, disk, switching, space);
        int done = 0;
        for (ArchivedFolder one : folders) {
            if (!watcher.goOn(done++, folders.size(), report)) {
                return report;
            }
            try {
                report = report.plus(visit(one, now, orphans, compaction));
            } catch (IOException | RuntimeException e) {
                report = report.plus(UpkeepReport.failure(one.relative() + ": " + e));
            }
        }
        watcher.goOn(done, folders.size(), report);
        return report;
    }

    /**
     * Brings back what was moved away of [from, to).
     *
     * @throws IOException when nothing is ever moved, or a list cannot be read
     */
    public UpkeepReport restore(long fromMicros, long toMicros, Watcher watcher)
            throws IOException, InterruptedException {
        Path movedTo =
                settings.moveTo()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "upkeep.move-to must say where things were moved"
                                                        + " to"));
        UpkeepReport report = retention.finishBegun();
        Restoring restoring = new Restoring(settings, disk, switching, space);
        List<ArchivedFolder> folders =
                ArchivedFolder.in(flink(movedTo)).stream()
                        .filter(one -> one.beginMicros() < toMicros && one.endMicros() > fromMicros)
                        .toList();
        int done = 0;
        for (ArchivedFolder one : folders) {
            if (!watcher.goOn(done++, folders.size(), report)) {
                return report;
            }
            try {
                report = report.plus(restoring.restore(one, movedTo));
            } catch (IOException | RuntimeException e) {
                report = report.plus(UpkeepReport.failure(one.relative() + ": " + e));
            }
        }
        watcher.goOn(done, folders.size(), report);
        return report;
    }

    private UpkeepReport visit(
            ArchivedFolder one, Instant now, Orphans orphans, Compaction compaction)
            throws IOException, InterruptedException {
        Path folder = settings.root().resolve(one.relative());
        boolean expired = expired(one, folder, now);
        boolean over =
                one.sortable()
                        && instant(one.endMicros()).isBefore(now.minus(settings.compactAfter()));
        if (!expired
                && !switchLeft(folder)
                && !orphans.areIn(folder)
                && !(over && compaction.isWanted(folder))) {
            return UpkeepReport.NOTHING;
        }
        Optional<FolderLock> lock = FolderLock.take(folder);
        if (lock.isEmpty()) {
            return UpkeepReport.ofBusy();
        }
        FolderLock held = lock.get();
        try {
            switching.finish(folder);
            UpkeepReport report = UpkeepReport.ofOrphans(orphans.remove(folder));
            if (expired) {
                return report.plus(retention.remove(one));
            }
            return over && compaction.isWanted(folder)
                    ? report.plus(compaction.compact(folder))
                    : report;
        } finally {
            held.close();
        }
    }

    private boolean expired(ArchivedFolder one, Path folder, Instant now) throws IOException {
        if (settings.keep().isZero()
                || !instant(one.endMicros()).isBefore(now.minus(settings.keep()))) {
            return false;
        }
        Optional<Instant> restored = Restoring.lastRestored(folder).map(time -> time.toInstant());
        return Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(SETTLED))
                && (restored.isEmpty()
                        || restored.get().isBefore(now.minus(settings.keepRestored())));
    }

    private static boolean switchLeft(Path folder) throws IOException {
        return Disk.names(folder).stream()
                .anyMatch(
                        name ->
                                FolderSwitch.isHidden(name)
                                        || name.startsWith(FolderSwitch.PREFIX));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static org.apache.flink.core.fs.Path flink(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri());
    }
}
