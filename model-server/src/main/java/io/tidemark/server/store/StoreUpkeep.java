package io.tidemark.server.store;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrations and retention, in one background thread that never holds up serving. Until the schema
 * is up to date it is tried again, however long the database is away.
 */
public final class StoreUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreUpkeep.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread;
    private final ServingStore store;
    private final StoreSettings settings;
    private volatile boolean migrated;
    private volatile boolean failing;

    private StoreUpkeep(ServingStore store, StoreSettings settings) {
        this.store = store;
        this.settings = settings;
        this.migrated = !settings.migrate();
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread upkeep = new Thread(task, "store-upkeep");
                            upkeep.setDaemon(true);
                            return upkeep;
                        });
    }

    public static StoreUpkeep start(ServingStore store, StoreSettings settings) {
        StoreUpkeep upkeep = new StoreUpkeep(store, settings);
        upkeep.schedule(upkeep::migrate, Duration.ZERO, RETRY);
        if (!settings.pruneEvery().isZero()) {
            upkeep.schedule(upkeep::prune, settings.pruneEvery(), settings.pruneEvery());
        }
        return upkeep;
    }

    /** Whether the schema is up to date, or somebody else's business. */
    public boolean isMigrated() {
        return migrated;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void migrate() {
        if (migrated) {
            return;
        }
        Flyway.configure()
                .dataSource(store.owner())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        migrated = true;
        LOG.info("serving store schema is up to date");
    }

    private void prune() {
        if (!migrated) {
            return;
        }
        Retention retention = new Retention(store.owner());
        told(retention.featureRows(settings.keep()), "feature rows");
        told(retention.ledger(settings.keepLedger()), "cells of the ledger");
        told(retention.predictions(settings.keepPredictions()), "predictions");
        told(retention.drift(settings.keepDrift()), "readings of drift");
        told(retention.outcomes(settings.keepOutcomes()), "outcomes");
    }

    private static void told(long deleted, String what) {
        if (deleted > 0) {
            LOG.info("retention deleted {} {}", deleted, what);
        }
    }

    private void schedule(Runnable task, Duration first, Duration every) {
        var unused =
                thread.scheduleWithFixedDelay(
                        () -> attempt(task),
                        first.toMillis(),
                        every.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** A failure must not end the schedule; it is told once, until something succeeds again. */
    private void attempt(Runnable task) {
        try {
            task.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !thread.isShutdown()) {
                LOG.warn("store upkeep failed, trying again: {}", firstLine(e));
            }
            failing = true;
        }
    }

    /** Flyway's messages are pages. */
    private static String firstLine(RuntimeException e) {
        return e.toString().lines().findFirst().orElse("");
    }
}
