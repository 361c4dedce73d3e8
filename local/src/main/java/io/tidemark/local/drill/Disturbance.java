package io.tidemark.local.drill;

import io.tidemark.local.drill.DrillReport.Check;
import io.tidemark.local.drill.DrillReport.Inflicted;
import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The faults of a drill, one after another, each left to heal. */
final class Disturbance {
    private static final int LONGEST_PAUSE_MILLIS = 2_000;
    private static final int SHORTEST_PAUSE_MILLIS = 500;

    private final DrillSettings settings;
    private final DrillPlatform platform;
    private final DrillLoad load;
    private final DrillClock clock;
    private final SplittableRandom random;
    private final Scene scene;

    Disturbance(DrillSettings settings, DrillPlatform platform, DrillLoad load, DrillClock clock) {
        this.settings = settings;
        this.platform = platform;
        this.load = load;
        this.clock = clock;
        this.random = new SplittableRandom(settings.seed());
        this.scene = new Scene(platform, load, clock, random);
    }

    /**
     * Inflicts them.
     *
     * @throws IOException when the platform does not heal
     */
    List<Inflicted> run() throws IOException, InterruptedException, SQLException {
        List<Inflicted> inflicted = new ArrayList<>();
        for (Fault fault : settings.faults()) {
            clock.pause(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            inflicted.add(inflict(fault, inflicted.size()));
            if (load.hasFailed()) {
                throw new IOException("the load ended in " + fault.wireName());
            }
        }
        return inflicted;
    }

    private Inflicted inflict(Fault fault, int before)
            throws IOException, InterruptedException, SQLException {
        String name = fault.wireName();
        at(name, before);
        long at = System.currentTimeMillis();
        fault.infliction().on(scene);
        long since = System.currentTimeMillis();
        at(name + ": waiting until it is well", before + 0.5);
        clock.await("the job to be well after " + name, () -> platform.job().isWellSince(since));
        long lastStart = platform.job().lastStartMillis();
        boolean startedOver = lastStart > at;
        long after = Math.max(at, lastStart);
        StoreState store = platform.store();
        clock.await("rows after " + name, () -> store.firstRowMillis(after) > 0);
        return new Inflicted(
                fault,
                (since - at) / 1e3,
                (store.firstRowMillis(after) - at) / 1e3,
                (System.currentTimeMillis() - at) / 1e3,
                startedOver);
    }

    /** A fault that the job can run through must not start it over. */
    static Check harmless(List<Inflicted> inflicted) {
        List<String> startedOver =
                inflicted.stream()
                        .filter(one -> one.fault().isHarmless() && one.startedOver())
                        .map(one -> one.fault().wireName())
                        .toList();
        return new Check(
                "the job ran through what need not start it over",
                startedOver.isEmpty(),
                startedOver.isEmpty() ? "it did" : "not through " + startedOver);
    }

    private void at(String what, double done) {
        clock.at(what, done / (settings.faults().size() + 2));
    }
}
