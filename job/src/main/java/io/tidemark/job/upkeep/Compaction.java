package io.tidemark.job.upkeep;

import io.tidemark.job.archive.FolderSwitch;
import io.tidemark.job.archive.SortedParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The small files of an hour as few sorted ones. What the stream writes into the folder meanwhile
 * has names of its own and stays as it is, until the next time.
 */
final class Compaction {
    static final String SORTED = "part-sorted-";

    private final UpkeepSettings settings;
    private final Disk disk;
    private final Switching switching;
    private final FreeSpace space;
    private final SecureRandom ids = new SecureRandom();

    Compaction(UpkeepSettings settings, Disk disk, Switching switching, FreeSpace space) {
        this.settings = settings;
        this.disk = disk;
        this.switching = switching;
        this.space = space;
    }

    /** Whether so many files of the folder are not sorted that it is worth it. */
    boolean isWanted(Path folder) throws IOException {
        return Disk.names(folder).stream()
                        .filter(FolderSwitch::isVisible)
                        .filter(name -> !name.startsWith(SORTED))
                        .count()
                >= settings.compactFiles();
    }

    /** Compacts a folder in which no switch is pending; under its lock. */
    UpkeepReport compact(Path folder) throws IOException, InterruptedException {
        List<String> files = Disk.names(folder).stream().filter(FolderSwitch::isVisible).toList();
        long bytes = bytes(folder, files);
        if (!space.has(folder, bytes)) {
            return UpkeepReport.ofNoRoom();
        }
        byte[] random = new byte[8];
        ids.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        SortedParts.Written written =
                SortedParts.write(
                        new org.apache.flink.core.fs.Path(folder.toUri()),
                        files,
                        settings.compactRows(),
                        n -> {
                            String name = "%s%s-%04d.parquet".formatted(SORTED, id, n);
                            disk.changes("write " + folder.resolve(name));
                            return name;
                        });
        switching.decide(
                folder,
                new FolderSwitch(id, files, written.names(), FolderSwitch.Ending.FORGOTTEN));
        switching.finish(folder);
        return UpkeepReport.compaction(
                files.size(),
                written.names().size(),
                bytes,
                bytes(folder, written.names()),
                written.rows());
    }

    private static long bytes(Path folder, List<String> files) throws IOException {
        long bytes = 0;
        for (String file : files) {
            bytes += Files.size(folder.resolve(file));
        }
        return bytes;
    }
}
