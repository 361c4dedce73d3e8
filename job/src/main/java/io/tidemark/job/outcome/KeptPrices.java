package io.tidemark.job.outcome;

import io.tidemark.features.label.GridPrices;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;

/** The prices that state keeps of the symbol at hand; an access of state each. */
record KeptPrices(MapState<Long, Double> state, long cadenceMicros) implements GridPrices {
    @Override
    public double at(long gridTimeMicros) {
        try {
            Double price = state.get(gridTimeMicros);
            return price == null ? Double.NaN : price;
        } catch (Exception e) {
            throw new FlinkRuntimeException("state could not be read", e);
        }
    }
}
