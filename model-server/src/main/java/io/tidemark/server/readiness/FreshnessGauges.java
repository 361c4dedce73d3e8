package io.tidemark.server.readiness;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/**
 * How old each symbol's newest row is. The store is asked in the background, the age grows at every
 * scrape: a dead job and a dead database both show as growing age.
 */
public final class FreshnessGauges implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final StoreProbe probe;
    private final InstantSource clock;
    private final MultiGauge age;
    private final MultiGauge storedAge;
    private final ScheduledExecutorService thread;

    private FreshnessGauges(StoreProbe probe, MeterRegistry registry, InstantSource clock) {
        this.probe = probe;
        this.clock = clock;
        age =
                MultiGauge.builder("tidemark.feature.age")
                        .description("wall clock minus the newest row's grid time")
                        .baseUnit("seconds")
                        .register(registry);
        storedAge =
                MultiGauge.builder("tidemark.feature.stored.age")
                        .description("wall clock minus the time the newest row was written")
                        .baseUnit("seconds")
                        .register(registry);
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
        FreshnessGauges gauges = new FreshnessGauges(probe, registry, clock);
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
        age.register(rows(newest, NewestRow::gridTime), true);
        storedAge.register(rows(newest, NewestRow::storedAt), true);
    }

    private Iterable<Row<?>> rows(
            List<NewestRow> newest, Function<NewestRow, OffsetDateTime> time) {
        return newest.stream()
                .<Row<?>>map(
                        row ->
                                Row.of(
                                        Tags.of("symbol", row.symbol()),
                                        time.apply(row),
                                        at ->
                                                Duration.between(at.toInstant(), clock.instant())
                                                                .toMillis()
                                                        / 1e3))
                .toList();
    }
}
