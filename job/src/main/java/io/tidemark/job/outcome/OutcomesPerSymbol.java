package io.tidemark.job.outcome;

import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.label.LabelText;
import io.tidemark.features.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins the row at T with the price at T + h, by the very kernels that label datasets. The row at T
 * plus a label's reach makes the outcome of the row at T; where a price the label needs is
 * undefined there is no outcome, as a dataset has no such row.
 *
 * <p>State: the prices at the times of rows, NaN where there is none, 16 bytes each, for at most
 * three times as long as the longest label looks over; a timer ends what is older, also of a symbol
 * that fell silent. With another cadence, after a change of the registry, prices begin anew: rows
 * of the last reach before it have no outcome, since a path label looks at the grid.
 */
public final class OutcomesPerSymbol extends KeyedProcessFunction<String, PricedRow, Outcome> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> texts;

    private transient List<LabelDefinition> definitions;
    private transient Map<Long, List<Prepared>> byCadence;
    private transient MapState<Long, Double> prices;
    private transient ValueState<Long> cadence;
    private transient Counter made;
    private transient long keepMicros;

    private record Prepared(String text, long reachMicros, Labels labels) {}

    @SuppressWarnings("NullAway.Init")
    OutcomesPerSymbol(List<String> labels) {
        texts = new ArrayList<>(labels);
    }

    /** The outcomes of rows, in tasks of their own. */
    public static SingleOutputStreamOperator<Outcome> of(
            DataStream<PricedRow> rows, OutcomeSettings settings) {
        return rows.keyBy(PricedRow::symbol)
                .process(new OutcomesPerSymbol(settings.texts()))
                .returns(Types.POJO(Outcome.class))
                .uid("outcomes-per-symbol")
                .name("outcomes-per-symbol");
    }

    @Override
    public void open(OpenContext context) {
        definitions = texts.stream().map(LabelText::parse).toList();
        byCadence = new HashMap<>();
        keepMicros =
                definitions.stream()
                        .mapToLong(label -> label.reachMicros() + label.volatilityMicros())
                        .max()
                        .orElseThrow();
        prices =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("prices", Types.LONG, Types.DOUBLE));
        cadence = getRuntimeContext().getState(new ValueStateDescriptor<>("cadence", Types.LONG));
        made = getRuntimeContext().getMetricGroup().counter("outcomes");
    }

    @Override
    public void processElement(PricedRow row, Context context, Collector<Outcome> out)
            throws Exception {
        Long before = cadence.value();
        if (before == null || before != row.cadenceMicros()) {
            prices.clear();
            cadence.update(row.cadenceMicros());
        }
        long now = row.gridTimeMicros();
        keep(row, context);
        for (Prepared label : labels(row.cadenceMicros())) {
            long from = now - label.reachMicros();
            // No row at T, no outcome: some labels look at later prices only.
            double value = prices.contains(from) ? label.labels().at(from) : Double.NaN;
            if (Double.isFinite(value)) {
                out.collect(new Outcome(row.symbol(), from, label.text(), now, value));
                made.inc();
            }
        }
    }

    private void keep(PricedRow row, Context context) throws Exception {
        long now = row.gridTimeMicros();
        long before = now - row.cadenceMicros();
        // One timer ends all that came between two multiples of the time kept.
        if (Math.floorDiv(now, keepMicros) != Math.floorDiv(before, keepMicros)
                || !prices.contains(before)) {
            long end = (Math.floorDiv(now, keepMicros) + 2) * keepMicros;
            context.timerService().registerEventTimeTimer(Math.floorDiv(end, 1_000) + 1);
        }
        prices.put(now, row.price());
    }

    /** Ends the prices no label looks at any more: all rows up to the timer's time are in. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Outcome> out)
            throws Exception {
        long cutoff = timestamp * 1_000 - keepMicros - 1_000;
        boolean any = false;
        for (Iterator<Long> times = prices.keys().iterator(); times.hasNext(); ) {
            if (times.next() < cutoff) {
                times.remove();
            } else {
                any = true;
            }
        }
        if (!any) {
            prices.clear();
            cadence.clear();
        }
    }

    /** Those whose times are on that grid. */
    private List<Prepared> labels(long cadenceMicros) {
        return byCadence.computeIfAbsent(
                cadenceMicros,
                micros ->
                        definitions.stream()
                                .filter(
                                        one ->
                                                one.horizonMicros() % micros == 0
                                                        && one.volatilityMicros() % micros == 0)
                                .map(one -> prepared(one, micros))
                                .toList());
    }

    private Prepared prepared(LabelDefinition label, long cadenceMicros) {
        return new Prepared(
                LabelText.of(label),
                label.reachMicros(),
                new Labels(label, new KeptPrices(prices, cadenceMicros)));
    }
}
