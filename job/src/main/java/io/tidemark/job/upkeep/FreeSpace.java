package io.tidemark.job.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says no to what would fill a disk. */
@FunctionalInterface
interface FreeSpace {
    /** Whether so many bytes more may be written there. */
    boolean has(Path folder, long bytes) throws IOException;

    /** As long as so many bytes stay free. */
    static FreeSpace keeping(long bytesFree) {
        return (folder, bytes) -> {
            Path existing = folder;
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing == null ? Path.of(".") : existing).getUsableSpace()
                            - bytes
                    >= bytesFree;
        };
    }
}
