package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.job.registry.RegistryCoordinatorProvider;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.schemas.event.MarketEvent;
import java.time.Duration;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventDispatcher;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link SymbolFeatures} in each task, and the coordinator they listen to. */
final class SymbolFeaturesFactory extends AbstractStreamOperatorFactory<FeatureRow>
        implements OneInputStreamOperatorFactory<MarketEvent, FeatureRow>,
                CoordinatedOperatorFactory<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final ActiveRegistry begin;
    private final Duration identityHorizon;
    private final HeapBounds heap;
    private final ServingStoreSettings store;

    SymbolFeaturesFactory(
            ActiveRegistry begin,
            Duration identityHorizon,
            HeapBounds heap,
            ServingStoreSettings store) {
        this.begin = begin;
        this.identityHorizon = identityHorizon;
        this.heap = heap;
        this.store = store;
    }

    @Override
    // As in Flink: the caller says which operator it wants, and the time service is set so.
    @SuppressWarnings({"unchecked", "deprecation", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<FeatureRow>> T createStreamOperator(
            StreamOperatorParameters<FeatureRow> parameters) {
        OperatorID id = parameters.getStreamConfig().getOperatorID();
        OperatorEventDispatcher events = parameters.getOperatorEventDispatcher();
        SymbolFeatures operator =
                new SymbolFeatures(
                        begin, identityHorizon, heap, events.getOperatorEventGateway(id));
        // As Flink's own factory does: keyed state of a stream is not set up without.
        operator.setProcessingTimeService(parameters.getProcessingTimeService());
        operator.setup(
                parameters.getContainingTask(),
                parameters.getStreamConfig(),
                parameters.getOutput());
        events.registerEventHandler(id, operator);
        return (T) operator;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID id) {
        return new RegistryCoordinatorProvider(id, begin, store);
    }

    @Override
    @SuppressWarnings("rawtypes") // as in Flink
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
        return SymbolFeatures.class;
    }
}
