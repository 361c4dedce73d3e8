package io.tidemark.local.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.util.SplittableRandom;

/** How a fault is done to a platform under load; returns when what was taken away is back. */
@FunctionalInterface
interface Infliction {
    void on(Scene scene) throws IOException, InterruptedException, SQLException;

    /**
     * What a fault may lay hands on.
     *
     * @param clock to wait by, so that a drill that is stopped ends soon
     * @param random makes the same choices for the same seed
     */
    record Scene(
            DrillPlatform platform, DrillLoad load, DrillClock clock, SplittableRandom random) {}
}
