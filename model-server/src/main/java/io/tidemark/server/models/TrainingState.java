package io.tidemark.server.models;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The training that runs, or the one that ran last.
 *
 * @param progress share that is done, from 0 to 1
 * @param latestVersion that it made
 * @param activated whether that became active by it
 * @param gate why it would not by itself; null when it would
 */
public record TrainingState(
        State state,
        @Nullable String datasetId,
        @Nullable String algorithm,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        double progress,
        @Nullable String latestVersion,
        boolean activated,
        @Nullable String gate,
        @Nullable String error) {
    static final TrainingState IDLE =
            new TrainingState(State.IDLE, null, null, null, null, 0, null, false, null, null);

    /** How far it is. */
    public enum State {
        IDLE,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    static TrainingState started(TrainingRequest request, Instant now) {
        return new TrainingState(
                State.RUNNING,
                request.datasetId(),
                request.algorithm().wireName(),
                now,
                null,
                0,
                null,
                false,
                null,
                null);
    }

    TrainingState at(double share) {
        return new TrainingState(
                state, datasetId, algorithm, startedAt, null, share, null, false, null, null);
    }

    TrainingState made(String version, boolean isActive, @Nullable String closed, Instant now) {
        return new TrainingState(
                State.COMPLETED,
                datasetId,
                algorithm,
                startedAt,
                now,
                1,
                version,
                isActive,
                closed,
                null);
    }

    TrainingState ended(State how, String why, Instant now) {
        return new TrainingState(
                how, datasetId, algorithm, startedAt, now, progress, null, false, null, why);
    }
}
