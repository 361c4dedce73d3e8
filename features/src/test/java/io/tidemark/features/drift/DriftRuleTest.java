package io.tidemark.features.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** False alarms and power on autocorrelated series, and what each kind of change reads as. */
class DriftRuleTest {
    private static final int REFERENCE = 20_000;
    private static final int WINDOW = 1_000;
    private static final int RUNS = 500;

    @ParameterizedTest(name = "rho {0}, reference {1}, window {2}")
    @CsvSource({
        "0,    20000,  1000",
        "0.9,  20000,  1000",
        "0.99, 20000,  1000",
        "0.9,  40000,  2000",
        "0.99, 200000, 10000"
    })
    void withoutChangeAlarmsAreRare(double rho, int reference, int window) {
        int told = 0;
        int alarms = 0;
        int independent = 0;
        int psiAboveTwoTenths = 0;
        int runs = reference > REFERENCE * 2 ? RUNS / 5 : RUNS;
        for (int run = 0; run < runs; run++) {
            Autoregression series = new Autoregression(rho, 1_000 + run);
            DriftBaseline baseline = DriftBaseline.of(series.next(reference), window);
            // As long after the reference as makes the two independent.
            series.next(2_000);
            DriftReading reading = read(baseline, series.next(window));
            // The bar of the least effect is left out: it would hide a false calibration.
            told += reading.isTellable() ? 1 : 0;
            alarms += reading.isTellable() && reading.pValue() < 0.01 ? 1 : 0;
            double iid =
                    ChiSquare.upperTail(
                            reading.psi() / (1.0 / reference + 1.0 / window),
                            baseline.occupied() - 1);
            independent += iid < 0.01 ? 1 : 0;
            psiAboveTwoTenths += reading.psi() > 0.2 ? 1 : 0;
        }
        String figures =
                String.format(
                        "rho %s, n %d, m %d: tellable %d of %d, alarms %d (%.1f %%); with the rule"
                                + " for independent ones %.1f %%, PSI > 0.2 %.1f %%",
                        rho,
                        reference,
                        window,
                        told,
                        runs,
                        alarms,
                        100.0 * alarms / Math.max(1, told),
                        100.0 * independent / runs,
                        100.0 * psiAboveTwoTenths / runs);
        System.out.println(figures);
        assertThat(alarms).as(figures).isLessThanOrEqualTo((int) Math.ceil(0.03 * told));
        assertThat(told).as(figures).isGreaterThan(rho == 0.99 && window == WINDOW ? -1 : runs / 2);
    }

    @ParameterizedTest(name = "shifted by {0}")
    @CsvSource({"0.5, 0.5", "1, 0.95"})
    void aShiftIsSeen(double shift, double power) {
        int seen = 0;
        for (int run = 0; run < RUNS; run++) {
            Autoregression series = new Autoregression(0.9, 50_000 + run);
            DriftBaseline baseline = DriftBaseline.of(series.next(REFERENCE), WINDOW);
            double[] now = Arrays.stream(series.next(WINDOW)).map(value -> value + shift).toArray();
            seen += read(baseline, now).exceeds() ? 1 : 0;
        }
        System.out.printf("shift %s: power %.3f%n", shift, (double) seen / RUNS);
        assertThat((double) seen / RUNS).isGreaterThanOrEqualTo(power);
    }

    private static DriftReading read(DriftBaseline baseline, double[] values) {
        return DriftRule.STANDARD.read(baseline, window(baseline, values));
    }

    private static DriftWindow window(DriftBaseline baseline, double[] values) {
        DriftWindow window = new DriftWindow(baseline.bins());
        for (double value : values) {
            window.add(value);
        }
        return window;
    }

    @Test
    void aShiftReadsAsManyDeviations() {
        Autoregression series = new Autoregression(0, 3);
        DriftBaseline baseline = DriftBaseline.of(series.next(REFERENCE), WINDOW);
        double[] now = Arrays.stream(series.next(WINDOW)).map(value -> 2 * value + 1).toArray();
        DriftReading reading = read(baseline, now);
        assertThat(reading.meanDeviation()).isBetween(0.85, 1.15);
        assertThat(reading.stdDeviation()).isBetween(0.9, 1.1);
        // W1 of the samples is 1.25: mass far out counts as if it were just outside the deciles.
        assertThat(reading.wasserstein()).isBetween(0.4, 1.25);
        assertThat(reading.missingRateChange()).isZero();
        assertThat(reading.exceeds()).isTrue();
    }

    @Test
    void missingValuesAreAChange() {
        Autoregression series = new Autoregression(0, 4);
        DriftBaseline baseline = DriftBaseline.of(series.next(REFERENCE), WINDOW);
        double[] now = series.next(WINDOW);
        Arrays.fill(now, 0, WINDOW / 5, Double.NaN);
        DriftReading reading = read(baseline, now);
        assertThat(reading.missingRateChange()).isEqualTo(0.2);
        assertThat(reading.exceeds()).isTrue();
    }

    @Test
    void aFrozenFeedIsAChange() {
        Autoregression series = new Autoregression(0.9, 5);
        DriftBaseline baseline = DriftBaseline.of(series.next(REFERENCE), WINDOW);
        double[] now = new double[WINDOW];
        Arrays.fill(now, 0.1);
        assertThat(read(baseline, now).exceeds()).isTrue();
    }

    @Test
    void tooLittleIsNoVerdict() {
        Autoregression series = new Autoregression(0, 6);
        DriftBaseline few = DriftBaseline.of(series.next(19 * WINDOW), WINDOW);
        DriftReading reading = read(few, series.next(WINDOW));
        assertThat(reading.isTellable()).isFalse();
        assertThat(reading.exceeds()).isFalse();
        assertThat(reading.psi()).isPositive();
        DriftBaseline enough = DriftBaseline.of(series.next(REFERENCE), WINDOW);
        assertThat(read(enough, series.next(10)).isTellable()).isFalse();
        assertThat(read(enough, new double[0]).isTellable()).isFalse();
    }

    @Test
    void aConstantFeatureThatStaysSoIsNotDrifted() {
        double[] zeros = new double[REFERENCE];
        DriftBaseline baseline = DriftBaseline.of(zeros, WINDOW);
        DriftReading reading = read(baseline, new double[WINDOW]);
        assertThat(reading.exceeds()).isFalse();
        assertThat(reading.psi()).isLessThan(0.01);
    }

    @Test
    void amongManyFeaturesOneMustBeSurer() {
        Autoregression series = new Autoregression(0, 7);
        DriftBaseline baseline = DriftBaseline.of(series.next(REFERENCE), WINDOW);
        DriftReading same = read(baseline, series.next(WINDOW));
        double[] moved = Arrays.stream(series.next(WINDOW)).map(value -> value + 1).toArray();
        DriftReading changed = read(baseline, moved);
        assertThat(DriftRule.STANDARD.alarms(List.of(same, changed, same)))
                .containsExactly(false, true, false);
    }
}
