package io.tidemark.local.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What can be done to a platform that runs. */
public enum Fault {
    /** {@code kill -9} of a TaskManager; another is started at once. */
    KILL_TASK_MANAGER,
    /**
     * {@code kill -9} of the JobManager; started again, the job goes on from its newest checkpoint.
     */
    KILL_JOB_MANAGER,
    /** {@code kill -9} of the broker, then it is started again. */
    KILL_BROKER,
    /** The broker closes every connection, the publisher's too. */
    CUT_CONNECTIONS,
    /** {@code kill -9} of PostgreSQL, then it is started again. */
    KILL_DATABASE,
    /** A TaskManager stands still for longer than the cluster waits for it, connections open. */
    PAUSE_TASK_MANAGER;

    /** As the command line says it: {@code kill-broker}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A schedule of so many of the kinds, the same for the same seed. Each kind comes once before
     * any comes again.
     *
     * @param kinds at least one
     */
    public static List<Fault> schedule(List<Fault> kinds, int count, long seed) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("faults: wanted at least one kind, got none");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Fault> schedule = new ArrayList<>();
        List<Fault> left = new ArrayList<>();
        while (schedule.size() < count) {
            if (left.isEmpty()) {
                left.addAll(kinds);
            }
            schedule.add(left.remove(random.nextInt(left.size())));
        }
        return schedule;
    }
}
