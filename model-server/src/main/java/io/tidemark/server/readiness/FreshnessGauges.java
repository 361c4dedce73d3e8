package io.tidemark.server.readiness;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;

/**
 * How old each symbol's newest row is. The store is asked in the background, the age grows at every
 * scrape: a dead job and a dead database both show as growing age.
 */
public final class FreshnessGauges implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final StoreProbe probe;
    private final FeatureAges ages;
    private final ScheduledExecutorService thread;

    private FreshnessGauges(StoreProbe probe, FeatureAges ages) {
        this.probe = probe;
        this.ages = ages;
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread sampler = new Thread(task, "freshness");
                            sampler.setDaemon(true);
                            return sampler;
                        });
    }

    public static FreshnessGauges start(
            StoreProbe probe, MeterRegistry registry, InstantSource clock) {
        FreshnessGauges gauges = new FreshnessGauges(probe, new FeatureAges(registry, clock));
        var unused =
                gauges.thread.scheduleWithFixedDelay(
                        gauges::sample, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return gauges;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void sample() {
        List<NewestRow> newest;
        try {
            newest = probe.newestRows();
        } catch (JdbiException e) {
            // The ages known last go on growing; /ready and the pool's metrics tell why.
            return;
        }
        ages.set(newest);
    }
}
