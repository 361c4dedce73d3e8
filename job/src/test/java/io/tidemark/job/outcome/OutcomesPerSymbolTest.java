package io.tidemark.job.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.label.LabelText;
import io.tidemark.features.label.Labels;
import io.tidemark.features.label.PriceGrid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesPerSymbolTest {
    private static final long SECOND = 1_000_000;
    private static final long NOON = 1_786_276_800L * SECOND;
    private static final int SYMBOLS = 5;
    private static final int MAX_PARALLELISM = 16;
    private static final List<String> LABELS =
            List.of(
                    "returns:10s",
                    "classification:30s:threshold=0.001",
                    "risk_adjusted:20s:volatility=15s",
                    "triple_barrier:30s:threshold=1.0:volatility=20s",
                    "next_candle_direction:20s",
                    "log_returns:5s:costs=1.0E-4");
    private static final Comparator<Outcome> ORDER =
            Comparator.comparing(Outcome::symbol)
                    .thenComparing(Outcome::label)
                    .thenComparing(Outcome::gridTimeMicros);

    @Test
    void valuesTravelWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(PricedRow.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Outcome.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void areTheLabelsOfTheSamePrices(long seed) throws Exception {
        List<PricedRow> rows = rows(seed, 400);
        try (Task task = Task.open()) {
            task.feed(rows);
            assertThat(task.outcomes())
                    .containsExactlyElementsOf(naive(rows))
                    .hasSizeGreaterThan(3_000);
        }
    }

    /** Restored at another parallelism, twice; what came after the snapshot comes again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void goesOnFromACheckpointAtAnotherParallelism(long seed) throws Exception {
        List<PricedRow> rows = rows(seed, 400);
        int first = new SplittableRandom(seed).nextInt(rows.size() / 2);
        int second = first + rows.size() / 3;
        List<Outcome> sent = new ArrayList<>();
        List<OperatorSubtaskState> states = new ArrayList<>();
        try (Task task = Task.open()) {
            task.feed(rows.subList(0, first));
            sent.addAll(task.outcomes());
            states.add(task.snapshot());
            // Lost with the task, but for what was stored: it comes again, with the same bits.
            task.feed(rows.subList(first, first + 50));
            assertThat(naive(rows)).containsAll(task.outcomes());
        }
        List<OperatorSubtaskState> next = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (Task task = Task.restore(3, subtask, states, 1)) {
                task.feed(task.own(rows.subList(first, second)));
                sent.addAll(task.outcomes());
                next.add(task.snapshot());
            }
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (Task task = Task.restore(2, subtask, next, 3)) {
                task.feed(task.own(rows.subList(second, rows.size())));
                sent.addAll(task.outcomes());
            }
        }
        sent.sort(ORDER);
        assertThat(sent).containsExactlyElementsOf(naive(rows));
    }

    @Test
    void stateIsBoundedByTheLabelsAndEndsWithTheSymbol() throws Exception {
        try (Task task = Task.onHeap()) {
            for (int i = 0; i < 2_000; i++) {
                task.feed(List.of(new PricedRow("A", NOON + i * SECOND, SECOND, 100 + i)));
                // Prices of three times 50 s, the cadence, two timers.
                assertThat(task.harness.numKeyedStateEntries()).isLessThanOrEqualTo(154);
                assertThat(task.harness.numEventTimeTimers()).isLessThanOrEqualTo(3);
            }
            task.harness.processWatermark((NOON + 2_200 * SECOND) / 1_000);
            assertThat(task.harness.numKeyedStateEntries()).isZero();
            assertThat(task.harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void anotherCadenceBeginsAnew() throws Exception {
        try (Task task = Task.open()) {
            for (int i = 0; i < 30; i++) {
                task.feed(List.of(new PricedRow("A", NOON + i * SECOND, SECOND, 100)));
            }
            int before = task.outcomes().size();
            for (int i = 30; i < 60; i += 5) {
                task.feed(List.of(new PricedRow("A", NOON + i * SECOND, 5 * SECOND, 100)));
            }
            List<Outcome> after = task.harness.extractOutputValues();
            assertThat(after.subList(before, after.size()))
                    .isNotEmpty()
                    .allMatch(one -> one.gridTimeMicros() >= NOON + 30 * SECOND);
        }
    }

    @Test
    void aLabelOffTheGridOfAnotherCadenceHasNoOutcome() throws Exception {
        try (Task task = Task.open()) {
            for (int i = 0; i < 40; i++) {
                task.feed(List.of(new PricedRow("A", NOON + 4L * i * SECOND, 4 * SECOND, 100)));
            }
            assertThat(task.outcomes())
                    .extracting(Outcome::label)
                    .containsOnly("next_candle_direction:20s");
        }
    }

    /** In order of time, as the stream has them; now and then no price, or no row for a while. */
    private static List<PricedRow> rows(long seed, int seconds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<PricedRow> rows = new ArrayList<>();
        double[] price = new double[SYMBOLS];
        long[] silentUntil = new long[SYMBOLS];
        for (int s = 0; s < SYMBOLS; s++) {
            price[s] = 100 * (s + 1);
        }
        for (int i = 0; i < seconds; i++) {
            for (int s = 0; s < SYMBOLS; s++) {
                price[s] *= 1 + (random.nextDouble() - 0.5) / 500;
                if (random.nextInt(150) == 0) {
                    silentUntil[s] = (long) i + random.nextInt(90);
                }
                if (i >= silentUntil[s]) {
                    boolean undefined = random.nextInt(40) == 0;
                    rows.add(
                            new PricedRow(
                                    "SYM" + s,
                                    NOON + i * SECOND,
                                    SECOND,
                                    undefined ? Double.NaN : price[s]));
                }
            }
        }
        return rows;
    }

    /** Of a grid that holds all prices, where there is a row at T and one at T and the reach. */
    private static List<Outcome> naive(List<PricedRow> rows) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int s = 0; s < SYMBOLS; s++) {
            String symbol = "SYM" + s;
            PriceGrid grid = new PriceGrid(NOON, NOON + 1_000 * SECOND, SECOND, 0);
            List<Long> times = new ArrayList<>();
            for (PricedRow row : rows) {
                if (row.symbol().equals(symbol)) {
                    grid.set(row.gridTimeMicros(), row.price());
                    times.add(row.gridTimeMicros());
                }
            }
            for (String text : LABELS) {
                LabelDefinition label = LabelText.parse(text);
                Labels labels = new Labels(label, grid);
                for (long time : times) {
                    long from = time - label.reachMicros();
                    double value = times.contains(from) ? labels.at(from) : Double.NaN;
                    if (!Double.isNaN(value)) {
                        outcomes.add(new Outcome(symbol, from, text, time, value));
                    }
                }
            }
        }
        outcomes.sort(ORDER);
        return outcomes;
    }

    private record Task(
            KeyedOneInputStreamOperatorTestHarness<String, PricedRow, Outcome> harness,
            int parallelism,
            int subtask)
            implements AutoCloseable {
        static Task open() throws Exception {
            return open(1, 0, true);
        }

        /** On the heap entries and timers can be counted. */
        static Task onHeap() throws Exception {
            return open(1, 0, false);
        }

        private static Task open(int parallelism, int subtask, boolean rocksDb) throws Exception {
            Task task = new Task(harness(parallelism, subtask, rocksDb), parallelism, subtask);
            task.harness.open();
            return task;
        }

        static Task restore(
                int parallelism, int subtask, List<OperatorSubtaskState> states, int before)
                throws Exception {
            Task task = new Task(harness(parallelism, subtask, true), parallelism, subtask);
            OperatorSubtaskState all =
                    AbstractStreamOperatorTestHarness.repackageState(
                            states.toArray(OperatorSubtaskState[]::new));
            task.harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, MAX_PARALLELISM, before, parallelism, subtask));
            task.harness.open();
            return task;
        }

        private static KeyedOneInputStreamOperatorTestHarness<String, PricedRow, Outcome> harness(
                int parallelism, int subtask, boolean rocksDb) throws Exception {
            var harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(new OutcomesPerSymbol(LABELS)),
                            PricedRow::symbol,
                            Types.STRING,
                            MAX_PARALLELISM,
                            parallelism,
                            subtask);
            if (rocksDb) {
                harness.setStateBackend(new EmbeddedRocksDBStateBackend());
            }
            return harness;
        }

        /** Those of the symbols of this task. */
        List<PricedRow> own(List<PricedRow> rows) {
            return rows.stream()
                    .filter(
                            row ->
                                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                                    row.symbol(), MAX_PARALLELISM, parallelism)
                                            == subtask)
                    .toList();
        }

        void feed(List<PricedRow> rows) throws Exception {
            for (PricedRow row : rows) {
                // The row closes its time; no row at or before it follows that watermark.
                long closing = Math.floorDiv(row.gridTimeMicros(), 1_000) - 1;
                harness.processElement(row, closing);
                harness.processWatermark(closing - 1_000);
            }
        }

        List<Outcome> outcomes() {
            return harness.extractOutputValues().stream().sorted(ORDER).toList();
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 0);
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception e) {
                throw new IllegalStateException("the task did not close", e);
            }
        }
    }
}
