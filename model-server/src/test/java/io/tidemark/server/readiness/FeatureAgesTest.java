package io.tidemark.server.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The ages of the newest rows, as Prometheus reads them. */
class FeatureAgesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FeatureAges ages = new FeatureAges(registry, InstantSource.fixed(NOW));

    @Test
    void growUntilTheNextRowAndGoWithTheirSymbol() {
        ages.set(List.of(row("BTCUSDT", 5), row("ETHUSDT", 9)));
        ages.set(List.of(row("BTCUSDT", 2)));
        assertThat(registry.scrape())
                .contains(
                        "tidemark_feature_age_seconds{symbol=\"BTCUSDT\"} 2.0",
                        "tidemark_feature_stored_age_seconds{symbol=\"BTCUSDT\"} 1.0")
                .doesNotContain("ETHUSDT");
    }

    /** Gauges that were replaced at each sample met each other in a scrape, which failed. */
    @Test
    void areThereOnceWheneverTheyAreRead() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread sampler =
                new Thread(
                        () -> {
                            for (int i = 0; !done.get(); i++) {
                                ages.set(List.of(row("BTCUSDT", i % 60), row("ETHUSDT", i % 50)));
                            }
                        });
        ages.set(List.of(row("BTCUSDT", 0)));
        sampler.start();
        try {
            for (int i = 0; i < 2_000; i++) {
                assertThat(registry.scrape())
                        .containsOnlyOnce("tidemark_feature_age_seconds{symbol=\"BTCUSDT\"}");
            }
        } finally {
            done.set(true);
            sampler.join();
        }
    }

    private static NewestRow row(String symbol, int secondsAgo) {
        OffsetDateTime time = NOW.minusSeconds(secondsAgo).atOffset(ZoneOffset.UTC);
        return new NewestRow(symbol, time, time.plusSeconds(1));
    }
}
