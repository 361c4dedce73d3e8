package io.tidemark.local.drill;

import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;

/** Faults of a release. */
final class ReleaseFaults {
    private static final int BAD_RELEASE_MILLIS = 5_000;

    private ReleaseFaults() {}

    /**
     * Stopped with a savepoint, started from it as a release that completes no checkpoint, and
     * cancelled; then started from the same savepoint once more, as the release before. What the
     * bad one read was never acknowledged: it comes again.
     */
    static void takenBack(Scene scene) throws IOException, InterruptedException {
        DrillPlatform platform = scene.platform();
        String savepoint = platform.stopJob();
        DrillDisk checkpoints = platform.disks().of(Fault.RELEASE_TAKEN_BACK);
        checkpoints.fill();
        try {
            platform.goOnFrom(savepoint);
            scene.clock().await("the bad release to run", platform::isRunning);
            scene.clock().pause(BAD_RELEASE_MILLIS);
            platform.cancelJob();
        } finally {
            checkpoints.free();
        }
        platform.goOnFrom(savepoint);
    }
}
