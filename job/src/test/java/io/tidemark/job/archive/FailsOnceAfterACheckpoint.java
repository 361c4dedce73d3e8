package io.tidemark.job.archive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Passes rows on, and fails once a run after the third completed checkpoint, rows in between. */
final class FailsOnceAfterACheckpoint<T> extends RichMapFunction<T, T>
        implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    /** Runs that have failed; static because Flink copies functions. */
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    private final String run;
    private int checkpoints;

    FailsOnceAfterACheckpoint(String run) {
        this.run = run;
    }

    static boolean hasFailed(String run) {
        return FAILED.contains(run);
    }

    @Override
    public T map(T row) {
        if (checkpoints >= 3 && FAILED.add(run)) {
            throw new IllegalStateException("the failure of the test");
        }
        return row;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpoints++;
    }
}
