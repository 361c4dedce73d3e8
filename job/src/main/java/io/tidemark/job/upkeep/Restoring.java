package io.tidemark.job.upkeep;

import io.tidemark.job.archive.ArchivedFolder;
import io.tidemark.job.archive.FolderSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Brings folders back that retention moved away. The note that a restored folder keeps, a {@link
 * FolderSwitch} that is done, says which files came back: it appears in the step that makes them
 * all readable, so a run that is killed before or after is known by it.
 */
final class Restoring {
    private final UpkeepSettings settings;
    private final Disk disk;
    private final Switching switching;
    private final FreeSpace space;
    private final SecureRandom ids = new SecureRandom();

    Restoring(UpkeepSettings settings, Disk disk, Switching switching, FreeSpace space) {
        this.settings = settings;
        this.disk = disk;
        this.switching = switching;
        this.space = space;
    }

    /** Brings a folder back from where it was moved to. */
    UpkeepReport restore(ArchivedFolder one, Path movedTo)
            throws IOException, InterruptedException {
        Path source = movedTo.resolve(one.relative());
        Path folder = settings.root().resolve(one.relative());
        disk.makeFolders(folder);
        Optional<FolderLock> lock = FolderLock.take(folder);
        if (lock.isEmpty()) {
            return UpkeepReport.ofBusy();
        }
        FolderLock held = lock.get();
        try {
            switching.finish(folder);
            forgetRestored(folder, source, disk);
            List<String> names =
                    Disk.names(source).stream().filter(FolderSwitch::isVisible).toList();
            if (!names.isEmpty()) {
                if (!space.has(folder, bytes(source, names))) {
                    return UpkeepReport.ofNoRoom();
                }
                bringBack(source, folder, names);
            }
            disk.deleteAll(source, List.of());
            return names.isEmpty() ? UpkeepReport.NOTHING : UpkeepReport.ofRestored();
        } finally {
            held.close();
        }
    }

    private void bringBack(Path source, Path folder, List<String> names)
            throws IOException, InterruptedException {
        for (String name : names) {
            if (Files.exists(folder.resolve(name))) {
                throw new IOException(
                        "%s is in the archive and where it was moved to".formatted(name));
            }
            disk.copy(source.resolve(name), folder.resolve(FolderSwitch.hidden(name)));
        }
        byte[] random = new byte[8];
        ids.nextBytes(random);
        switching.decide(
                folder,
                new FolderSwitch(
                        HexFormat.of().formatHex(random),
                        List.of(),
                        names,
                        FolderSwitch.Ending.KEPT));
        switching.finish(folder);
        forgetRestored(folder, source, disk);
    }

    /**
     * Deletes, where things are moved to, what the notes of a folder say has come back.
     *
     * @return the notes
     */
    static List<Path> forgetRestored(Path folder, Path movedTo, Disk disk) throws IOException {
        List<Path> notes = new ArrayList<>();
        for (String note : notes(folder)) {
            Path file = folder.resolve(note);
            notes.add(file);
            for (String name : FolderSwitch.read(note, Files.readAllBytes(file)).added()) {
                disk.delete(movedTo.resolve(name));
            }
        }
        return notes;
    }

    /** When a folder was last restored; empty when never. */
    static Optional<FileTime> lastRestored(Path folder) throws IOException {
        FileTime last = null;
        for (String note : notes(folder)) {
            FileTime time = Files.getLastModifiedTime(folder.resolve(note));
            last = last == null || time.compareTo(last) > 0 ? time : last;
        }
        return Optional.ofNullable(last);
    }

    private static List<String> notes(Path folder) throws IOException {
        return Disk.names(folder).stream()
                .filter(name -> name.startsWith(FolderSwitch.KEPT_PREFIX))
                .toList();
    }

    private static long bytes(Path folder, List<String> names) throws IOException {
        long bytes = 0;
        for (String name : names) {
            bytes += Files.size(folder.resolve(name));
        }
        return bytes;
    }
}
