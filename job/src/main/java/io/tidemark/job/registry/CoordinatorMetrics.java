package io.tidemark.job.registry;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the coordinator shows: registryActivation (number of the activation the tasks were told
 * last), registryChanges, registryRefusals, registryStoreFailures (counts).
 */
final class CoordinatorMetrics {
    private final Counter changes;
    private final Counter refusals;
    private final Counter storeFailures;
    private volatile long activation;

    CoordinatorMetrics(MetricGroup group, long activation) {
        this.activation = activation;
        changes = group.counter("registryChanges");
        refusals = group.counter("registryRefusals");
        storeFailures = group.counter("registryStoreFailures");
        group.gauge("registryActivation", () -> this.activation);
    }

    void told(long number) {
        activation = number;
    }

    void switched(long number) {
        changes.inc();
        activation = number;
    }

    void refused() {
        refusals.inc();
    }

    void storeFailed() {
        storeFailures.inc();
    }
}
