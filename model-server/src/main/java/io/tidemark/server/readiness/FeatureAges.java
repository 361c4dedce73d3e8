package io.tidemark.server.readiness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The gauges {@code tidemark_feature_age_seconds} and {@code tidemark_feature_stored_age_seconds},
 * one of each a symbol. A symbol's gauges are registered once and stay while it is known: a scrape
 * never meets two of them.
 */
final class FeatureAges {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, NewestRow> newest = new ConcurrentHashMap<>();
    private final Map<String, List<Gauge>> gauges = new HashMap<>();

    FeatureAges(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Takes each symbol's newest row; symbols not among them are known no more. */
    synchronized void set(List<NewestRow> rows) {
        Map<String, NewestRow> bySymbol = new HashMap<>();
        rows.forEach(row -> bySymbol.put(row.symbol(), row));
        newest.putAll(bySymbol);
        bySymbol.keySet().forEach(symbol -> gauges.computeIfAbsent(symbol, this::registered));
        gauges.entrySet()
                .removeIf(
                        known -> {
                            if (bySymbol.containsKey(known.getKey())) {
                                return false;
                            }
                            known.getValue().forEach(registry::remove);
                            newest.remove(known.getKey());
                            return true;
                        });
    }

    private List<Gauge> registered(String symbol) {
        return List.of(
                registered(
                        "tidemark.feature.age",
                        "wall clock minus the newest row's grid time",
                        symbol,
                        NewestRow::gridTime),
                registered(
                        "tidemark.feature.stored.age",
                        "wall clock minus the time the newest row was written",
                        symbol,
                        NewestRow::storedAt));
    }

    private Gauge registered(
            String name,
            String description,
            String symbol,
            Function<NewestRow, OffsetDateTime> time) {
        return Gauge.builder(name, () -> seconds(symbol, time))
                .description(description)
                .baseUnit("seconds")
                .tag("symbol", symbol)
                .register(registry);
    }

    /** How long ago; NaN for a symbol that was forgotten meanwhile. */
    private double seconds(String symbol, Function<NewestRow, OffsetDateTime> time) {
        @Nullable NewestRow row = newest.get(symbol);
        return row == null
                ? Double.NaN
                : Duration.between(time.apply(row).toInstant(), clock.instant()).toMillis() / 1e3;
    }
}
