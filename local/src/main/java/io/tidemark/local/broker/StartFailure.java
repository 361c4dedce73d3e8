package io.tidemark.local.broker;

import org.apache.qpid.server.SystemLauncherListener;
import org.jspecify.annotations.Nullable;

/** Remembers why the broker did not start: its launcher logs the reason and returns. */
final class StartFailure extends SystemLauncherListener.DefaultSystemLauncherListener {
    private volatile @Nullable RuntimeException cause;

    @Override
    public void errorOnStartup(RuntimeException e) {
        cause = e;
    }

    @Nullable RuntimeException cause() {
        return cause;
    }
}
