package io.tidemark.job.upkeep;

import io.tidemark.job.archive.FolderSwitch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Puts files of a folder in the place of others, see {@link FolderSwitch}: decided in one step,
 * then carried out in steps each of which may be the last of this process.
 */
final class Switching {
    /** What a reader finds that does not know of switches: no Parquet, so it fails. */
    private static final byte[] BARRIER =
            "The files of this folder are being switched for others: read it again in a moment.\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final Disk disk;
    private final Duration grace;

    /**
     * @param grace how long a reader may take to list a folder: files are removed that long after
     *     the barrier was put there
     */
    Switching(Disk disk, Duration grace) {
        this.disk = disk;
        this.grace = grace;
    }

    /** Decides; the files added are there, hidden, and on the disk. */
    void decide(Path folder, FolderSwitch what) throws IOException {
        disk.sync(folder);
        disk.write(folder.resolve(what.fileName()), what.bytes());
    }

    /**
     * Carries out what is decided in the folder, and removes hidden files of what was not. Only
     * under the folder's lock.
     */
    void finish(Path folder) throws IOException, InterruptedException {
        for (String name : Disk.names(folder)) {
            if (FolderSwitch.isPending(name)) {
                Path file = folder.resolve(name);
                carryOut(folder, FolderSwitch.read(name, Files.readAllBytes(file)));
            }
        }
        for (String name : Disk.names(folder)) {
            if (FolderSwitch.isHidden(name)
                    || (name.startsWith(FolderSwitch.PREFIX) && name.endsWith(".tmp"))) {
                disk.delete(folder.resolve(name));
            }
        }
    }

    private void carryOut(Path folder, FolderSwitch what) throws IOException, InterruptedException {
        Path barrier = folder.resolve(what.barrierName());
        List<String> hidden =
                what.added().stream()
                        .filter(name -> Files.exists(folder.resolve(FolderSwitch.hidden(name))))
                        .toList();
        if (!hidden.isEmpty()) {
            disk.putOver(BARRIER, barrier);
            Thread.sleep(grace.toMillis());
            for (String name : what.removed()) {
                disk.delete(folder.resolve(name));
            }
            for (String name : hidden) {
                disk.move(folder.resolve(FolderSwitch.hidden(name)), folder.resolve(name));
            }
            disk.sync(folder);
        }
        disk.delete(barrier);
        Path file = folder.resolve(what.fileName());
        if (what.ending() == FolderSwitch.Ending.KEPT) {
            disk.move(file, folder.resolve(what.keptName()));
        } else {
            disk.delete(file);
        }
        disk.sync(folder);
    }
}
