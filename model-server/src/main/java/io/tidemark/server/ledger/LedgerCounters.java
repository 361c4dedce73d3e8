package io.tidemark.server.ledger;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The ledger as counters by type and fate: twenty series, whatever the number of symbols. The store
 * is asked in the background; a type is there from its first message on, never with a made-up 0,
 * which would look like a reset.
 */
public final class LedgerCounters implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Map<String, ToLongFunction<TypeCounts>> FATES =
            Map.of(
                    "accepted", TypeCounts::accepted,
                    "duplicate", TypeCounts::duplicate,
                    "late", TypeCounts::late,
                    "rejected", TypeCounts::rejected);

    private final Jdbi reads;
    private final MeterRegistry registry;
    private final Map<String, TypeCounts> newest = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;

    private LedgerCounters(Jdbi reads, MeterRegistry registry) {
        this.reads = reads;
        this.registry = registry;
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread sampler = new Thread(task, "ledger-counters");
                            sampler.setDaemon(true);
                            return sampler;
                        });
    }

    public static LedgerCounters start(Jdbi reads, MeterRegistry registry) {
        LedgerCounters counters = new LedgerCounters(reads, registry);
        var unused =
                counters.thread.scheduleWithFixedDelay(
                        counters::sample, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return counters;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void sample() {
        try {
            reads.withExtension(LedgerSql.class, LedgerSql::totals).forEach(this::take);
        } catch (JdbiException e) {
            // What is known stays; /ready and the pool's metrics tell why it does not grow.
        }
    }

    private void take(TypeCounts counts) {
        if (newest.put(counts.type(), counts) == null) {
            FATES.forEach((fate, count) -> register(counts.type(), fate, count));
        }
    }

    private void register(String type, String fate, ToLongFunction<TypeCounts> count) {
        FunctionCounter.builder(
                        "tidemark.ledger.messages",
                        newest,
                        known -> {
                            TypeCounts counts = known.get(type);
                            return counts == null ? 0 : count.applyAsLong(counts);
                        })
                .description("messages booked, by type and fate, since the first")
                .tag("type", type)
                .tag("fate", fate)
                .register(registry);
    }
}
