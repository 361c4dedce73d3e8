package io.tidemark.job.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports through snapshots, rescaling and changes of the model, held to an undisturbed run's. */
final class DriftPerSymbolTest {
    private static final int MAX_PARALLELISM = 128;
    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_765_112_400 * SECOND;
    private static final int WINDOW = 400;
    private static final int ROWS = 2_400;
    private static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC", "DDD", "EEE");
    private static final ModelBaselines MODEL = model(1, 3, "1.0.0");

    private static ModelBaselines model(long activation, long version, String registry) {
        Map<String, List<DriftBaseline>> bySymbol = new TreeMap<>();
        for (String symbol : SYMBOLS.subList(0, 4)) {
            bySymbol.put(
                    symbol,
                    List.of(
                            DriftBaseline.of(noise(symbol.hashCode(), 20_000), WINDOW),
                            DriftBaseline.of(noise(symbol.hashCode() + 1, 20_000), WINDOW)));
        }
        return new ModelBaselines(
                activation,
                version,
                registry,
                WINDOW * SECOND,
                List.of("spread", "returns"),
                new int[] {1, 0},
                bySymbol);
    }

    private static double[] noise(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = random.nextGaussian();
        }
        return values;
    }

    /**
     * A row a second of each symbol; the spread of BBB moves after 1200. EEE is not of the model.
     */
    private static List<FeatureRow> rows(String registry) {
        List<FeatureRow> rows = new ArrayList<>();
        for (String symbol : SYMBOLS) {
            double[] first = noise(77 + symbol.hashCode(), ROWS);
            double[] second = noise(99 + symbol.hashCode(), ROWS);
            for (int k = 0; k < ROWS; k++) {
                double moved = symbol.equals("BBB") && k >= 1_200 ? 1.5 : 0;
                double[] values = {first[k], second[k] + moved};
                rows.add(new FeatureRow(symbol, BEGIN + k * SECOND, registry, values, 0, 1, 0));
            }
        }
        rows.sort(
                Comparator.comparingLong(FeatureRow::gridTimeMicros)
                        .thenComparing(FeatureRow::symbol));
        return rows;
    }

    /** Subtasks of the operator, each with its share of the keys. */
    private static final class Tasks implements AutoCloseable {
        final List<
                        KeyedTwoInputStreamOperatorTestHarness<
                                String, FeatureRow, ModelBaselines, DriftReport>>
                tasks = new ArrayList<>();
        final List<DriftReport> reports = new ArrayList<>();

        Tasks(int parallelism, @Nullable OperatorSubtaskState state, int before) throws Exception {
            for (int at = 0; at < parallelism; at++) {
                TwoInputStreamOperator<FeatureRow, ModelBaselines, DriftReport> operator =
                        new DriftPerSymbol(DriftSettings.STANDARD);
                var task =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                operator,
                                FeatureRow::symbol,
                                null,
                                Types.STRING,
                                MAX_PARALLELISM,
                                parallelism,
                                at);
                task.setup(DriftReportSerializer.INSTANCE);
                if (state != null) {
                    task.initializeState(
                            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                    state, MAX_PARALLELISM, before, parallelism, at));
                }
                task.open();
                tasks.add(task);
            }
        }

        void activate(ModelBaselines model) throws Exception {
            for (var task : tasks) {
                task.processElement2(model, 0);
            }
        }

        void take(List<FeatureRow> rows) throws Exception {
            for (FeatureRow row : rows) {
                int at =
                        KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                row.symbol(), MAX_PARALLELISM, tasks.size());
                tasks.get(at).processElement1(row, 0);
            }
            for (var task : tasks) {
                reports.addAll(task.extractOutputValues());
                task.getOutput().clear();
            }
        }

        OperatorSubtaskState snapshot(long checkpoint) throws Exception {
            List<OperatorSubtaskState> states = new ArrayList<>();
            for (var task : tasks) {
                states.add(task.snapshot(checkpoint, checkpoint));
            }
            return AbstractStreamOperatorTestHarness.repackageState(
                    states.toArray(OperatorSubtaskState[]::new));
        }

        /** By symbol and time, whichever task made them. */
        List<DriftReport> sorted() {
            return sort(reports);
        }

        @Override
        public void close() throws IOException {
            for (var task : tasks) {
                try {
                    task.close();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static List<DriftReport> sort(List<DriftReport> reports) {
        return reports.stream()
                .sorted(
                        Comparator.comparing(DriftReport::symbol)
                                .thenComparingLong(DriftReport::endMicros))
                .toList();
    }

    private static List<DriftReport> undisturbed(List<FeatureRow> rows) throws Exception {
        try (Tasks tasks = new Tasks(1, null, 1)) {
            tasks.activate(MODEL);
            tasks.take(rows);
            return tasks.sorted();
        }
    }

    @Test
    void theSymbolThatMovedIsReportedAndNoOther() throws Exception {
        List<DriftReport> reports = undisturbed(rows("1.0.0"));
        assertThat(reports).extracting(DriftReport::symbol).doesNotContain("EEE").contains("AAA");
        for (DriftReport report : reports) {
            boolean late = report.endMicros() >= BEGIN + 1_600 * SECOND;
            String expected = report.symbol().equals("BBB") && late ? "drift_detected" : "healthy";
            if (!report.symbol().equals("BBB")
                    || late
                    || report.endMicros() <= BEGIN + 1_200 * SECOND) {
                assertThat(report.status()).as(report.symbol()).isEqualTo(expected);
            }
            assertThat(report.features().get(1).drift()).as("returns").isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "3,1", "2,4", "4,2"})
    void reportsAfterARestoreAtAnyParallelismAreThoseOfAnUndisturbedRun(int before, int after)
            throws Exception {
        List<FeatureRow> rows = rows("1.0.0");
        List<DriftReport> expected = undisturbed(rows);
        int cut = rows.size() * 3 / 5 + 2;
        OperatorSubtaskState state;
        List<DriftReport> reports;
        try (Tasks first = new Tasks(before, null, 1)) {
            first.activate(MODEL);
            first.take(rows.subList(0, cut / 2));
            first.snapshot(1);
            first.take(rows.subList(cut / 2, cut));
            state = first.snapshot(2);
            reports = new ArrayList<>(first.reports);
            // Lost with the task that is killed.
            first.take(rows.subList(cut, cut + 500));
        }
        try (Tasks second = new Tasks(after, state, before)) {
            second.take(rows.subList(cut, rows.size()));
            reports.addAll(second.reports);
        }
        assertThat(sort(reports)).isEqualTo(expected);
    }

    @Test
    void withoutAModelOrForAnotherRegistryNothingIsSaid() throws Exception {
        try (Tasks tasks = new Tasks(1, null, 1)) {
            tasks.take(rows("1.0.0"));
            assertThat(tasks.reports).isEmpty();
            tasks.activate(MODEL);
            tasks.take(rows("2.0.0"));
            assertThat(tasks.reports).isEmpty();
            tasks.activate(ModelBaselines.without(2, 4));
            tasks.take(rows("1.0.0"));
            assertThat(tasks.reports).isEmpty();
        }
    }

    @Test
    void aModelActiveAgainBeginsAnew() throws Exception {
        List<FeatureRow> rows = rows("1.0.0");
        int third = rows.size() / 3;
        try (Tasks tasks = new Tasks(1, null, 1)) {
            tasks.activate(MODEL);
            tasks.take(rows.subList(0, third));
            tasks.snapshot(1);
            tasks.activate(model(2, 4, "1.0.0"));
            tasks.take(rows.subList(third, 2 * third));
            assertThat(tasks.reports).extracting(DriftReport::version).contains(3L, 4L);
            tasks.snapshot(2);
            tasks.reports.clear();
            tasks.activate(model(3, 3, "1.0.0"));
            tasks.take(rows.subList(2 * third, rows.size()));
            assertThat(tasks.reports).isNotEmpty();
            assertThat(tasks.reports)
                    .allSatisfy(
                            report -> {
                                assertThat(report.version()).isEqualTo(3);
                                assertThat(report.startMicros())
                                        .isGreaterThanOrEqualTo(BEGIN + 2L * third / 5 * SECOND);
                                assertThat(report.features().get(0).reading().samples())
                                        .isEqualTo(WINDOW);
                            });
        }
    }

    @Test
    void whatTravelsAndIsKeptIsReadAsItWasWritten() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        ModelBaselinesSerializer.INSTANCE.serialize(MODEL, out);
        assertThat(
                        ModelBaselinesSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(MODEL);
        for (DriftReport report : undisturbed(rows("1.0.0")).subList(0, 40)) {
            out.clear();
            DriftReportSerializer.INSTANCE.serialize(report, out);
            assertThat(
                            DriftReportSerializer.INSTANCE.deserialize(
                                    new DataInputDeserializer(out.getCopyOfBuffer())))
                    .isEqualTo(report);
        }
    }
}
