package io.tidemark.local.drill;

import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;

/** Faults of a release. */
final class ReleaseFaults {
    private static final int LOOKS = 20;
    private static final int BETWEEN_LOOKS_MILLIS = 200;

    private ReleaseFaults() {}

    /**
     * Stopped with a savepoint, started from it as a release that completes no checkpoint, and
     * cancelled; then started from the same savepoint once more, as the release before. What the
     * bad one read was never acknowledged: it comes again.
     */
    static void takenBack(Scene scene) throws IOException, InterruptedException {
        DrillPlatform platform = scene.platform();
        String savepoint = platform.job().stop();
        scene.clock().await("the end of the job", platform.job()::isFinished);
        DrillDisk checkpoints = platform.disks().of(Fault.RELEASE_TAKEN_BACK);
        checkpoints.fill();
        try {
            platform.job().goOnFrom(savepoint);
            scene.clock().await("the bad release to run", platform.job()::isRunning);
            for (int i = 0; i < LOOKS; i++) {
                // Checkpoints of the job that ended are deleted meanwhile, which makes room.
                checkpoints.fill();
                scene.clock().pause(BETWEEN_LOOKS_MILLIS);
            }
            platform.job().cancel();
            if (platform.job().completedCheckpoints() > 0) {
                throw new IOException("the bad release completed a checkpoint");
            }
        } finally {
            checkpoints.free();
        }
        platform.job().goOnFrom(savepoint);
    }
}
