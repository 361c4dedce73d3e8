package io.tidemark.features.recorded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Files of the shared data folder; a test that needs one is skipped where the folder is absent. */
final class Recording {
    private Recording() {}

    /** The file, found in {@code shared/data} of a directory above. */
    static Path file(String path) {
        Path found = null;
        for (Path dir = Path.of("").toAbsolutePath();
                dir != null && found == null;
                dir = dir.getParent()) {
            Path candidate = dir.resolve("shared").resolve("data").resolve(path);
            found = Files.exists(candidate) ? candidate : null;
        }
        assumeTrue(found != null, "skipped: there is no shared/data/" + path + " above here");
        return Objects.requireNonNull(found);
    }

    static String text(String path) throws IOException {
        return Files.readString(file(path));
    }

    /** The lines of a gzipped file, or of a zstd one. */
    static List<String> lines(String path) throws IOException {
        try (InputStream file = Files.newInputStream(file(path));
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        path.endsWith(".zst")
                                                ? new ZstdInputStream(file)
                                                : new GZIPInputStream(file),
                                        StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
