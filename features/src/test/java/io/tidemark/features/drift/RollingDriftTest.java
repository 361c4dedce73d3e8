package io.tidemark.features.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows once a second, windows of 1000 s, panes of 100 s; two features of a row of three. */
final class RollingDriftTest {
    private static final long SECOND = 1_000_000;
    private static final long WINDOW = 1_000 * SECOND;
    private static final long PANE = WINDOW / 10;
    private static final long BEGIN = 1_765_112_340 * SECOND;
    private static final int[] COLUMNS = {2, 0};

    private record Read(long start, long end, List<FeatureDrift> features) {}

    private static final List<DriftBaseline> BASELINES =
            List.of(
                    DriftBaseline.of(new Autoregression(0.5, 1).next(20_000), 1_000),
                    DriftBaseline.of(new Autoregression(0, 2).next(20_000), 1_000));

    private static RollingDrift rolling() {
        return new RollingDrift(BASELINES, COLUMNS, WINDOW, DriftRule.STANDARD, 2);
    }

    /** Of the one feature as the reference was; of the other too, but shifted in [from, to). */
    private static double[][] rows(int count, int from, int to, double shift) {
        double[] first = new Autoregression(0.5, 3).next(count);
        double[] second = new Autoregression(0, 4).next(count);
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            double moved = k >= from && k < to ? shift : 0;
            rows[k] = new double[] {second[k] + moved, Double.NaN, first[k]};
        }
        return rows;
    }

    private static List<Read> read(RollingDrift rolling, double[][] rows, int from, int to) {
        List<Read> reads = new ArrayList<>();
        for (int k = from; k < to; k++) {
            rolling.take(
                    BEGIN + k * SECOND,
                    rows[k],
                    (start, end, features) -> reads.add(new Read(start, end, features)));
        }
        return reads;
    }

    @Test
    void aWindowIsReadAtTheEndOfEveryPaneAndCountsExactlyItsRows() {
        double[][] rows = rows(3_000, 0, 0, 0);
        List<Read> reads = read(rolling(), rows, 0, rows.length);
        long firstPane = BEGIN / PANE * PANE + PANE;
        assertThat(reads.get(0).start()).as("not the pane it began in").isEqualTo(firstPane);
        assertThat(reads).hasSize(20);
        for (int at = 0; at < reads.size(); at++) {
            Read read = reads.get(at);
            assertThat(read.start()).isEqualTo(firstPane + at * PANE);
            assertThat(read.end()).isEqualTo(read.start() + WINDOW);
            for (int feature = 0; feature < COLUMNS.length; feature++) {
                DriftWindow naive = new DriftWindow(BASELINES.get(feature).bins());
                for (int k = 0; k < rows.length; k++) {
                    long time = BEGIN + k * SECOND;
                    if (time > read.start() && time <= read.end()) {
                        naive.add(rows[k][COLUMNS[feature]]);
                    }
                }
                FeatureDrift drift = read.features().get(feature);
                assertThat(drift.counts()).isEqualTo(naive.counts());
                assertThat(drift.reading().samples()).isEqualTo(1_000);
                assertThat(drift.recent().mean()).isCloseTo(naive.moments().mean(), within(1e-12));
                assertThat(drift.recent().std()).isCloseTo(naive.moments().std(), within(1e-12));
                assertThat(drift.drift()).isFalse();
                assertThat(drift.alarm()).isEqualTo(DriftAlarm.NONE);
            }
        }
    }

    @Test
    void oneDriftIsOneAlarmThatClosesWhenNoRowOfItIsLeft() {
        double[][] rows = rows(6_000, 2_000, 2_700, 2);
        List<Read> reads = read(rolling(), rows, 0, rows.length);
        List<DriftAlarm> shifted =
                reads.stream().map(read -> read.features().get(1).alarm()).toList();
        assertThat(reads).allSatisfy(read -> assertThat(read.features().get(0).drift()).isFalse());
        List<DriftAlarm> alarms =
                shifted.stream().filter(one -> !one.equals(DriftAlarm.NONE)).toList();
        long opened = alarms.get(0).openedMicros();
        assertThat(alarms).allSatisfy(one -> assertThat(one.openedMicros()).isEqualTo(opened));
        long began = BEGIN + 2_000 * SECOND;
        assertThat((opened - began) / PANE).as("panes until it is seen").isBetween(0L, 5L);
        DriftAlarm last = alarms.get(alarms.size() - 1);
        assertThat(last.isClosed()).isTrue();
        assertThat(last.closedMicros()).isEqualTo(last.lastMicros() + WINDOW);
        long drifting = reads.stream().filter(read -> read.features().get(1).drift()).count();
        assertThat(last.windows()).isEqualTo(drifting);
        assertThat(last.muted()).isFalse();
    }

    @Test
    void alarmsBeyondTheDaysBudgetAreMuted() {
        RollingDrift rolling = new RollingDrift(BASELINES, COLUMNS, WINDOW, DriftRule.STANDARD, 1);
        double[][] rows = rows(4_000, 1_500, 4_000, 2);
        for (int k = 2_500; k < 4_000; k++) {
            rows[k][2] += 3;
        }
        List<Read> reads = read(rolling, rows, 0, rows.length);
        Read last = reads.get(reads.size() - 1);
        assertThat(last.features().get(1).alarm().muted()).isFalse();
        assertThat(last.features().get(0).alarm().isOpen()).isTrue();
        assertThat(last.features().get(0).alarm().muted()).isTrue();
        assertThat(rolling.openAlarms()).isEqualTo(2);
    }

    @Test
    void whatIsRestoredGoesOnAsIfNothingHadBeen() throws IOException {
        double[][] rows = rows(4_000, 2_000, 4_000, 1);
        List<Read> undisturbed = read(rolling(), rows, 0, rows.length);
        for (int cut : new int[] {0, 1, 59, 60, 61, 1_777, 2_460, 3_999}) {
            RollingDrift before = rolling();
            List<Read> reads = new ArrayList<>(read(before, rows, 0, cut));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            before.save(new DataOutputStream(bytes));
            RollingDrift after = rolling();
            after.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            reads.addAll(read(after, rows, cut, rows.length));
            assertThat(reads).as("cut before row " + cut).isEqualTo(undisturbed);
        }
        byte[] newer = {9};
        assertThatThrownBy(
                        () ->
                                rolling()
                                        .restore(
                                                new DataInputStream(
                                                        new ByteArrayInputStream(newer))))
                .hasMessageContaining("form 1, got 9");
    }

    @Test
    void afterASilenceEveryWindowIsReadThatHasARow() {
        double[][] rows = rows(2_000, 0, 0, 0);
        RollingDrift rolling = rolling();
        List<Read> reads = new ArrayList<>(read(rolling, rows, 0, rows.length));
        int before = reads.size();
        long later = BEGIN + 1_000_000_000 * SECOND;
        rolling.take(later, rows[0], (start, end, f) -> reads.add(new Read(start, end, f)));
        List<Read> after = reads.subList(before, reads.size());
        assertThat(after).hasSizeBetween(9, 10);
        long previous = reads.get(before - 1).features().get(0).reading().samples();
        for (Read read : after) {
            long samples = Arrays.stream(read.features().get(0).counts()).sum();
            assertThat(samples).isLessThan(previous).isPositive();
            previous = samples;
        }
        long pane = -Math.floorDiv(-later, PANE);
        rolling.take(pane * PANE, rows[1], (start, end, f) -> reads.add(new Read(start, end, f)));
        Read last = reads.get(reads.size() - 1);
        assertThat(last.end()).isEqualTo(pane * PANE);
        assertThat(last.features().get(0).reading().samples()).isEqualTo(2);
        assertThat(last.features().get(0).reading().isTellable()).as("two rows").isFalse();
    }
}
