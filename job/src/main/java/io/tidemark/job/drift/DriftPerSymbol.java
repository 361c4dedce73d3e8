package io.tidemark.job.drift;

import io.tidemark.features.drift.FeatureDrift;
import io.tidemark.features.drift.RollingDrift;
import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of each symbol to the baselines of the active model, which come by broadcast, and
 * reports at the end of every pane. Without an active model, or for a symbol it was not trained on,
 * it does nothing.
 *
 * <p>A report of a window is a function of its rows and the model. Which window is the first of a
 * model depends on when its baselines came.
 *
 * <p>State: the active baselines, one; what was counted of each symbol of the model, on the heap
 * and written at a checkpoint. A symbol's ends when another model is active and the symbol has a
 * row.
 */
final class DriftPerSymbol extends AbstractStreamOperator<DriftReport>
        implements TwoInputStreamOperator<FeatureRow, ModelBaselines, DriftReport> {
    private static final long serialVersionUID = 1L;

    private static final String ACTIVE = "active";

    private final DriftSettings settings;

    private transient BroadcastState<String, ModelBaselines> broadcast;
    private transient ValueState<byte[]> saved;
    private transient ModelBaselines active;
    private transient Map<String, SymbolDrift> symbols;
    private transient DataOutputSerializer scratch;
    private transient Counter reports;
    private transient Counter readings;
    private transient Counter abstentions;
    private transient Counter opened;

    @SuppressWarnings("NullAway.Init")
    DriftPerSymbol(DriftSettings settings) {
        this.settings = settings;
    }

    /** A symbol on the heap; one of which the model knows nothing has no counts. */
    private static final class SymbolDrift {
        final long activation;
        final @Nullable RollingDrift rolling;
        boolean isSaved;

        SymbolDrift(long activation, @Nullable RollingDrift rolling) {
            this.activation = activation;
            this.rolling = rolling;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        broadcast =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        "baselines",
                                        StringSerializer.INSTANCE,
                                        ModelBaselinesSerializer.INSTANCE));
        saved =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "drift", BytePrimitiveArraySerializer.INSTANCE));
        ModelBaselines restored = broadcast.get(ACTIVE);
        active = restored == null ? ModelBaselines.NONE : restored;
        symbols = new HashMap<>();
        scratch = new DataOutputSerializer(1 << 12);
    }

    @Override
    public void open() throws Exception {
        super.open();
        reports = metrics.counter("driftReports");
        readings = metrics.counter("driftReadings");
        abstentions = metrics.counter("driftAbstentions");
        opened = metrics.counter("driftAlarmsOpened");
        metrics.gauge("driftModelVersion", () -> active.version());
        metrics.gauge("driftOpenAlarms", this::openAlarms);
    }

    private int openAlarms() {
        return symbols.values().stream()
                .map(one -> one.rolling)
                .mapToInt(rolling -> rolling == null ? 0 : rolling.openAlarms())
                .sum();
    }

    @Override
    public void processElement1(StreamRecord<FeatureRow> record) throws Exception {
        FeatureRow row = record.getValue();
        ModelBaselines model = active;
        if (!row.registryVersion().equals(model.registryVersion())) {
            return;
        }
        SymbolDrift symbol = symbols.get(row.symbol());
        if (symbol == null || symbol.activation != model.activation()) {
            symbol = loaded(row.symbol(), model);
            symbols.put(row.symbol(), symbol);
        }
        RollingDrift rolling = symbol.rolling;
        if (rolling != null) {
            symbol.isSaved = false;
            rolling.take(
                    row.gridTimeMicros(),
                    row.values(),
                    (start, end, features) ->
                            report(
                                    new DriftReport(
                                            model.version(),
                                            row.symbol(),
                                            model.registryVersion(),
                                            start,
                                            end,
                                            model.features(),
                                            features)));
        }
    }

    /**
     * As it was saved, when that was since this activation; else anew. The symbol is the current
     * key.
     */
    private SymbolDrift loaded(String name, ModelBaselines model) throws IOException {
        var baselines = model.bySymbol().get(name);
        byte[] bytes = saved.value();
        if (baselines == null) {
            saved.clear();
            return new SymbolDrift(model.activation(), null);
        }
        RollingDrift rolling =
                new RollingDrift(
                        baselines,
                        model.columns(),
                        model.windowMicros(),
                        settings.rule(),
                        settings.alarmsPerDay());
        if (bytes != null) {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            if (in.readLong() == model.activation()) {
                rolling.restore(in);
            }
        }
        return new SymbolDrift(model.activation(), rolling);
    }

    private void report(DriftReport report) {
        reports.inc();
        for (FeatureDrift feature : report.features()) {
            readings.inc();
            if (!feature.reading().isTellable()) {
                abstentions.inc();
            }
            if (feature.alarm().openedMicros() == report.endMicros()) {
                opened.inc();
            }
        }
        output.collect(new StreamRecord<>(report));
    }

    @Override
    public void processElement2(StreamRecord<ModelBaselines> record) throws Exception {
        ModelBaselines next = record.getValue();
        if (!next.equals(active)) {
            active = next;
            // Perhaps it is known now what to hold them to.
            symbols.values().removeIf(one -> one.rolling == null);
            broadcast.put(ACTIVE, next);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        for (Map.Entry<String, SymbolDrift> entry : symbols.entrySet()) {
            SymbolDrift symbol = entry.getValue();
            if (symbol.rolling != null && !symbol.isSaved) {
                scratch.clear();
                scratch.writeLong(symbol.activation);
                symbol.rolling.save(scratch);
                setCurrentKey(entry.getKey());
                saved.update(scratch.getCopyOfBuffer());
                symbol.isSaved = true;
            }
        }
    }
}
