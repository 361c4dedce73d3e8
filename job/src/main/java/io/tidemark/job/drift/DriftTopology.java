package io.tidemark.job.drift;

import io.tidemark.features.engine.FeatureRow;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * From rows to reports of their drift.
 *
 * <pre>
 *  rows ──(key: symbol)──▶ drift-per-symbol ─▶ reports
 *                               ▲
 *  model-baselines ──(to all)───┘
 * </pre>
 */
public final class DriftTopology {
    private DriftTopology() {}

    /**
     * Defines the path.
     *
     * @param baselines those of the active model, whenever that is another one
     */
    public static DataStream<DriftReport> define(
            DataStream<FeatureRow> rows,
            DataStream<ModelBaselines> baselines,
            DriftSettings settings) {
        // As KeyedStream.connect(broadcast) does, for an operator instead of a function.
        TwoInputTransformation<FeatureRow, ModelBaselines, DriftReport> drift =
                new TwoInputTransformation<>(
                        rows.keyBy(FeatureRow::symbol).getTransformation(),
                        baselines.broadcast().getTransformation(),
                        "drift-per-symbol",
                        SimpleOperatorFactory.of(new DriftPerSymbol(settings)),
                        DriftReport.typeInformation(),
                        rows.getParallelism());
        drift.setStateKeySelectors(FeatureRow::symbol, null);
        drift.setStateKeyType(Types.STRING);
        return new Reports(rows, drift).uid("drift-per-symbol").name("drift-per-symbol");
    }

    /** Makes the transformation part of the job. */
    private static final class Reports extends SingleOutputStreamOperator<DriftReport> {
        Reports(
                DataStream<FeatureRow> rows,
                TwoInputTransformation<FeatureRow, ModelBaselines, DriftReport> drift) {
            super(rows.getExecutionEnvironment(), drift);
            environment.addOperator(drift);
        }
    }
}
