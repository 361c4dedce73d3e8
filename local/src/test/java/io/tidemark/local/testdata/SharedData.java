package io.tidemark.local.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The recorded data that lies beside the project and is no part of it. */
public final class SharedData {
    private SharedData() {}

    /** A file or folder of the data; skips the test where the data is not there. */
    public static Path path(String relative) {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            Path found = dir.resolve("shared/data").resolve(relative);
            if (Files.exists(found)) {
                return found;
            }
        }
        Assumptions.abort("no shared/data/" + relative + " in a folder above: skipped");
        throw new AssertionError("abort returns never");
    }
}
