package io.tidemark.local.drill;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.local.demo.StartException;
import io.tidemark.local.drill.DrillReport.Check;
import io.tidemark.local.drill.DrillReport.Inflicted;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Load, faults one after another, each left to heal, or a long quiet watch; then the balance. The
 * same seed makes the same faults and the same market.
 */
public final class Drill {
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);

    private final DrillSettings settings;
    private final DrillClock clock;

    /** Told how far the drill is, on the thread that runs it. */
    public interface Listener {
        /**
         * It is at something else now.
         *
         * @param what in a few words
         * @param fraction of the whole, 0 to 1
         */
        void at(String what, double fraction);
    }

    private Drill(DrillSettings settings, DrillClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs it to its report; nothing is left running.
     *
     * @throws InterruptedException when the stop signal was given
     * @throws StartException when this machine lacks what a fault needs
     * @throws IOException when a part does not start, or does not heal in three minutes
     */
    public static DrillReport run(DrillSettings settings, Listener listener, StopSignal stop)
            throws IOException, InterruptedException, SQLException {
        Need.check(settings.faults());
        DrillClock clock = new DrillClock(listener, stop);
        try (DrillPlatform platform = DrillPlatform.start(settings, step -> clock.at(step, 0))) {
            return new Drill(settings, clock).on(platform);
        }
    }

    private DrillReport on(DrillPlatform platform)
            throws IOException, InterruptedException, SQLException {
        DrillLoad load =
                DrillLoad.start(
                        new PlannedMessages(settings, System.currentTimeMillis() * 1_000),
                        platform.broker().factory());
        List<Inflicted> faults;
        List<SoakSample> samples;
        try {
            begin(platform, load);
            faults = new Disturbance(settings, platform, load, clock).run();
            samples = new Soak(settings.soak(), platform, load, clock).run();
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            load.abandon();
            throw e;
        }
        clock.at("draining", 0.97);
        DrillLoad.Published published = load.stop();
        drain(platform, published);
        String unused = platform.job().stop();
        clock.at("the balance", 0.98);
        return report(platform, published, faults, samples);
    }

    private void begin(DrillPlatform platform, DrillLoad load)
            throws IOException, InterruptedException {
        clock.at("first rows of every symbol", 0);
        clock.await(
                "rows of every symbol",
                () -> platform.store().symbols() == settings.symbols().size());
        long served = System.currentTimeMillis();
        clock.await("a checkpoint with closed steps", () -> platform.job().isWellSince(served));
        load.mayBeLate();
    }

    /** Until nothing more comes; the balance says what is amiss. */
    private void drain(DrillPlatform platform, DrillLoad.Published published)
            throws InterruptedException {
        Drained drained =
                new Drained(
                        published.planned().size(),
                        published.sentAgain().size() + published.broughtBack().size(),
                        DrillPlatform.QUIET_AFTER);
        long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (System.nanoTime() < end && !drained.with(booked(platform), System.nanoTime())) {
            clock.pause(250);
        }
    }

    private static long booked(DrillPlatform platform) {
        try {
            return platform.store().booked();
        } catch (SQLException databaseIsAway) {
            return -1;
        }
    }

    private DrillReport report(
            DrillPlatform platform,
            DrillLoad.Published published,
            List<Inflicted> faults,
            List<SoakSample> samples)
            throws IOException, SQLException {
        ArchiveAudit archive = ArchiveAudit.of(platform.archive());
        try (Connection session = platform.database().connect()) {
            DrillBalance balance =
                    DrillBalance.of(published, archive, FateCounts.ofLedger(session));
            Map<String, FeatureRow> served = ReferenceRows.served(session);
            List<Check> checks = new ArrayList<>(balance.checks());
            checks.add(DrillBalance.rows(archive, served));
            long left = platform.waiting();
            checks.add(Disturbance.harmless(faults));
            checks.add(new Check("the queues are empty", left == 0, left + " messages are left"));
            return new DrillReport(
                    settings, balance.lines(), faults, samples, checks, clock.seconds());
        }
    }
}
