package io.tidemark.local.drill;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.local.drill.DrillReport.Check;
import io.tidemark.local.drill.DrillReport.Inflicted;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Load, faults one after another, each left to heal; then the balance. The same seed makes the same
 * faults and the same market.
 */
public final class Drill {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final int LONGEST_PAUSE_MILLIS = 4_000;
    private static final int SHORTEST_PAUSE_MILLIS = 1_500;

    private final DrillSettings settings;
    private final Listener listener;
    private final StopSignal stop;
    private final SplittableRandom random;
    private final long startNanos = System.nanoTime();

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

    private Drill(DrillSettings settings, Listener listener, StopSignal stop) {
        this.settings = settings;
        this.listener = listener;
        this.stop = stop;
        this.random = new SplittableRandom(settings.seed());
    }

    /**
     * Runs it to its report; nothing is left running.
     *
     * @throws InterruptedException when the stop signal was given
     * @throws IOException when a part does not start, or does not heal in three minutes
     */
    public static DrillReport run(DrillSettings settings, Listener listener, StopSignal stop)
            throws IOException, InterruptedException, SQLException {
        Drill drill = new Drill(settings, listener, stop);
        try (DrillPlatform platform = DrillPlatform.start(settings, step -> listener.at(step, 0))) {
            return drill.on(platform);
        }
    }

    private DrillReport on(DrillPlatform platform)
            throws IOException, InterruptedException, SQLException {
        DrillLoad load =
                DrillLoad.start(
                        new PlannedMessages(settings, System.currentTimeMillis() * 1_000),
                        platform.broker().factory());
        List<Inflicted> faults;
        try {
            faults = underLoad(platform, load);
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            load.abandon();
            throw e;
        }
        DrillLoad.Published published = load.stop();
        at("draining", settings.faults().size());
        drain(platform, published.planned().size());
        platform.stopJob();

        at("the balance", settings.faults().size() + 1);
        ArchiveAudit archive = ArchiveAudit.of(platform.archive());
        try (Connection session = platform.database().connect()) {
            DrillBalance balance =
                    DrillBalance.of(published, archive, FateCounts.ofLedger(session));
            Map<String, FeatureRow> served = ReferenceRows.served(session);
            List<Check> checks = new ArrayList<>(balance.checks());
            checks.add(DrillBalance.rows(archive, served));
            long left = platform.waiting();
            checks.add(new Check("the queues are empty", left == 0, left + " messages are left"));
            return new DrillReport(settings, balance.lines(), faults, checks, seconds());
        }
    }

    private List<Inflicted> underLoad(DrillPlatform platform, DrillLoad load)
            throws IOException, InterruptedException, SQLException {
        at("first rows of every symbol", 0);
        await("rows of every symbol", () -> symbolsServed(platform) == settings.symbols().size());
        long served = System.currentTimeMillis();
        await("a checkpoint with closed steps", () -> platform.isWellSince(served));
        load.mayBeLate();
        return inflict(platform, load);
    }

    private List<Inflicted> inflict(DrillPlatform platform, DrillLoad load)
            throws IOException, InterruptedException, SQLException {
        List<Inflicted> inflicted = new ArrayList<>();
        for (Fault fault : settings.faults()) {
            pause(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            at(fault.wireName(), inflicted.size());
            long at = System.currentTimeMillis();
            platform.inflict(fault, random);
            long since = System.currentTimeMillis();
            at(fault.wireName() + ": waiting until it is well", inflicted.size() + 0.5);
            await(
                    "the job to be well after " + fault.wireName(),
                    () -> platform.isWellSince(since));
            long lastStart = Math.max(at, platform.lastStartMillis());
            await("rows after " + fault.wireName(), () -> firstRow(platform, lastStart) > 0);
            inflicted.add(new Inflicted(fault, (firstRow(platform, lastStart) - at) / 1e3));
            if (load.hasFailed()) {
                throw new IOException("the load ended in " + fault.wireName());
            }
        }
        return inflicted;
    }

    /**
     * Until the ledger has every message and nothing more comes; the balance says what is amiss.
     */
    private void drain(DrillPlatform platform, long messages) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        long booked = -1;
        long since = System.nanoTime();
        while (System.nanoTime() < end) {
            long now = booked(platform);
            if (now != booked) {
                booked = now;
                since = System.nanoTime();
            }
            if (booked >= messages && System.nanoTime() - since > SETTLED.toNanos()) {
                return;
            }
            pause(250);
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException, SQLException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (SQLException databaseIsAway) {
                // Asked again.
            }
            if (System.nanoTime() > end) {
                throw new IOException("waited %d s for %s".formatted(LIMIT.toSeconds(), what));
            }
            pause(200);
        }
    }

    private void pause(long millis) throws InterruptedException {
        if (stop.await(TimeUnit.MILLISECONDS.toNanos(millis))) {
            throw new InterruptedException("the drill was stopped");
        }
    }

    private void at(String what, double faultsDone) {
        listener.at(what, faultsDone / (settings.faults().size() + 2));
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static int symbolsServed(DrillPlatform platform) throws SQLException {
        return (int) number(platform, "SELECT count(DISTINCT symbol) FROM feature_row");
    }

    private static long booked(DrillPlatform platform) {
        try {
            return number(
                    platform,
                    "SELECT coalesce(sum(accepted + duplicate + late + rejected), 0) FROM ledger_total");
        } catch (SQLException databaseIsAway) {
            return -1;
        }
    }

    private static long number(DrillPlatform platform, String sql) throws SQLException {
        try (Connection session = platform.database().connect();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** When the first row after that time was written, in milliseconds; 0 when none was. */
    private static long firstRow(DrillPlatform platform, long afterMillis) throws SQLException {
        try (Connection session = platform.database().connect();
                PreparedStatement statement =
                        session.prepareStatement(
                                "SELECT min(stored_at) FROM feature_row WHERE stored_at > ?")) {
            statement.setTimestamp(1, new Timestamp(afterMillis));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                Timestamp first = rows.getTimestamp(1);
                return first == null ? 0 : first.getTime();
            }
        }
    }
}
