package io.tidemark.cluster;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/**
 * A checkpoint or savepoint on a disk of this machine.
 *
 * @param directory the one with {@code _metadata}
 */
public record SavedCheckpoint(Path directory) {
    private static final String METADATA = "_metadata";

    /** Whether it was completed, as far as the name of a file tells. */
    public boolean isComplete() {
        return Files.exists(metadata());
    }

    /** The file that was written last. */
    public Path metadata() {
        return directory.resolve(METADATA);
    }

    /** As Flink takes it. */
    public String uri() {
        return directory.toUri().toString();
    }

    /**
     * Why nothing can go on from it: {@code _metadata} is torn, or a file it names is missing or
     * not as long as it was. Flink itself finds out only when the job starts, and takes no other.
     * What a file holds is not looked at: there is no checksum.
     *
     * @return empty when it is whole
     */
    public Optional<String> flaw() {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata())))) {
            CheckpointMetadata metadata =
                    Checkpoints.loadCheckpointMetadata(
                            in, SavedCheckpoint.class.getClassLoader(), uri());
            for (FileStateHandle file : files(metadata)) {
                Path path = Path.of(file.getFilePath().toUri());
                if (!Files.exists(path) || Files.size(path) != file.getStateSize()) {
                    return Optional.of(path + " is missing or cut short");
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Flink's reader fails in any way on bytes that are no checkpoint.
            return Optional.of(METADATA + " cannot be read: " + e);
        }
    }

    private static List<FileStateHandle> files(CheckpointMetadata metadata) {
        List<StreamStateHandle> handles = new ArrayList<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState task : operator.getStates()) {
                for (OperatorStateHandle state : task.getManagedOperatorState()) {
                    handles.add(state.getDelegateStateHandle());
                }
                for (KeyedStateHandle state : task.getManagedKeyedState()) {
                    add(state, handles);
                }
            }
        }
        return handles.stream()
                .filter(FileStateHandle.class::isInstance)
                .map(FileStateHandle.class::cast)
                .toList();
    }

    private static void add(KeyedStateHandle state, List<StreamStateHandle> handles) {
        if (state instanceof IncrementalRemoteKeyedStateHandle incremental) {
            handles.add(incremental.getMetaDataStateHandle());
            incremental.getPrivateState().forEach(file -> handles.add(file.getHandle()));
            incremental.getSharedState().forEach(file -> handles.add(file.getHandle()));
        } else if (state instanceof KeyGroupsStateHandle whole) {
            handles.add(whole.getDelegateStateHandle());
        }
    }
}
