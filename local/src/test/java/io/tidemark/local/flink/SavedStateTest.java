package io.tidemark.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedStateTest {
    @TempDir Path home;

    private String saved(String path, long seconds) throws Exception {
        Path directory = Files.createDirectories(home.resolve(path));
        Path metadata = directory.resolve("_metadata");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(metadata))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(1, List.of(), List.of()), out);
        }
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(seconds * 1_000));
        return directory.toUri().toString();
    }

    @Test
    void goesOnFromTheNewestCompleteCheckpointOrSavepoint() throws Exception {
        SavedState state = SavedState.in(home);
        assertThat(state.newest()).isEmpty();
        saved("checkpoints/run1/chk-9", 100);
        String savepoint = saved("savepoints/savepoint-1", 200);
        assertThat(state.newest()).contains(savepoint);
        String later = saved("checkpoints/run2/chk-10", 300);
        assertThat(state.newest()).contains(later);
        Files.createDirectories(home.resolve("checkpoints/run2/chk-11"));
        assertThat(state.newest()).contains(later);
    }

    @Test
    void passesOverOneThatIsTorn() throws Exception {
        SavedState state = SavedState.in(home);
        String whole = saved("checkpoints/run1/chk-9", 100);
        saved("checkpoints/run1/chk-10", 200);
        Path torn = home.resolve("checkpoints/run1/chk-10/_metadata");
        byte[] bytes = Files.readAllBytes(torn);
        Files.write(torn, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(state.newest()).contains(whole);
        Files.write(torn, new byte[0]);
        assertThat(state.newest()).contains(whole);
    }

    @Test
    void keepsTheRunThatIsGoneOnFromAndNothingElse() throws Exception {
        SavedState state = SavedState.in(home);
        saved("checkpoints/run1/chk-9", 100);
        saved("savepoints/savepoint-1", 200);
        String kept = saved("checkpoints/run2/chk-10", 300);
        Files.createDirectories(home.resolve("checkpoints/run2/shared"));
        state.removeAllBut(Optional.of(kept));
        assertThat(state.newest()).contains(kept);
        assertThat(home.resolve("checkpoints/run2/shared")).exists();
        assertThat(home.resolve("checkpoints/run1")).doesNotExist();
        assertThat(home.resolve("savepoints/savepoint-1")).doesNotExist();
    }
}
