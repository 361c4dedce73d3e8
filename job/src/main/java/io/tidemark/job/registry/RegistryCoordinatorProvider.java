package io.tidemark.job.registry;

import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.job.serving.StoredActivations;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.RecreateOnResetOperatorCoordinator;

/** Makes the coordinator, and another one when the whole job is reset. */
public final class RegistryCoordinatorProvider extends RecreateOnResetOperatorCoordinator.Provider {
    private static final long serialVersionUID = 1L;

    private final ActiveRegistry begin;
    private final ServingStoreSettings store;

    public RegistryCoordinatorProvider(
            OperatorID operator, ActiveRegistry begin, ServingStoreSettings store) {
        super(operator);
        this.begin = begin;
        this.store = store;
    }

    @Override
    protected OperatorCoordinator getCoordinator(OperatorCoordinator.Context context) {
        return new RegistryCoordinator(
                context,
                begin,
                new StoredActivations(store, "tidemark-feature-registry"),
                new CoordinatorThreads(context.getUserCodeClassloader(), context::failJob));
    }
}
