package io.tidemark.features.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statistics by example and beside naive ones. */
class DriftStatisticsTest {
    @Test
    void aValueAtAnEdgeBelongsAbove() {
        ReferenceBins bins = new ReferenceBins(new double[] {-1, 0, 2});
        assertThat(bins.size()).isEqualTo(5);
        assertThat(
                        Arrays.stream(
                                        new double[] {
                                            Double.NEGATIVE_INFINITY,
                                            -1,
                                            -0.5,
                                            0,
                                            1.9,
                                            2,
                                            1e300,
                                            Double.POSITIVE_INFINITY,
                                            Double.NaN
                                        })
                                .mapToInt(bins::binOf))
                .containsExactly(0, 1, 1, 2, 2, 3, 3, 3, 4);
    }

    @Test
    void edgesThatDoNotIncreaseAreRefused() {
        assertThatThrownBy(() -> new ReferenceBins(new double[] {1, 1}))
                .hasMessage("edges must be finite and increase, got [1.0, 1.0]");
        assertThatThrownBy(() -> new ReferenceBins(new double[] {Double.NaN}))
                .hasMessageContaining("finite");
    }

    /**
     * A spread of a tick is 0.01 at every price; the difference of two prices is that only to their
     * rounding, which changes when the price moves. No edge may lie between such differences.
     */
    @Test
    void differencesOfPricesThatDifferByRoundingShareABin() {
        SplittableRandom random = new SplittableRandom(1);
        double[] reference = spreads(random, 65_000);
        ReferenceBins bins = DriftBaseline.of(reference, 20).bins();
        assertThat(Arrays.stream(reference).distinct().count())
                .as("spreads of one or two ticks, by their bits")
                .isGreaterThan(2);
        assertThat(binsOf(bins, reference)).hasSizeLessThanOrEqualTo(2);
        double[] elsewhere = spreads(random, 66_000);
        assertThat(binsOf(bins, elsewhere)).isEqualTo(binsOf(bins, reference));
    }

    private static double[] spreads(SplittableRandom random, int price) {
        double[] spreads = new double[1_000];
        for (int i = 0; i < spreads.length; i++) {
            int bid = 100 * price + random.nextInt(1_000);
            int ask = bid + (random.nextInt(4) == 0 ? 2 : 1);
            spreads[i] = ask / 100.0 - bid / 100.0;
        }
        return spreads;
    }

    private static Set<Integer> binsOf(ReferenceBins bins, double[] values) {
        return Arrays.stream(values).mapToObj(bins::binOf).collect(Collectors.toSet());
    }

    @Test
    void aFeatureMostlyZeroHasFewerBins() {
        double[] values = new double[100];
        Arrays.fill(values, 90, 100, 5);
        assertThat(ReferenceBins.ofQuantiles(values, 10).innerEdges()).hasSizeBetween(1, 2);
        assertThat(ReferenceBins.ofQuantiles(new double[] {Double.NaN}, 10).size()).isEqualTo(2);
    }

    @Test
    void momentsInPartsAreMomentsAtOnce() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            double[] values = random.doubles(2 + random.nextInt(50)).map(x -> 1e6 + x).toArray();
            int cut = random.nextInt(values.length);
            Moments merged = of(values, 0, cut).and(of(values, cut, values.length));
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
            assertThat(merged.count()).isEqualTo(values.length);
            assertThat(merged.mean()).isCloseTo(mean, within(1e-8));
            assertThat(merged.std())
                    .isCloseTo(Math.sqrt(squares / (values.length - 1)), within(1e-8));
        }
        assertThat(Moments.NONE.with(Double.NaN).with(Double.POSITIVE_INFINITY))
                .isEqualTo(Moments.NONE);
        assertThat(Moments.NONE.with(1).std()).isNaN();
    }

    private static Moments of(double[] values, int from, int to) {
        Moments moments = Moments.NONE;
        for (int k = from; k < to; k++) {
            moments = moments.with(values[k]);
        }
        return moments;
    }

    @Test
    void distancesOfSamplesAreThoseOfTheirDefinitions() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 300; round++) {
            double[] a = sample(random);
            double[] b = sample(random);
            double largest = 0;
            double area = 0;
            double[] all =
                    Arrays.stream(new double[][] {a, b})
                            .flatMapToDouble(Arrays::stream)
                            .sorted()
                            .toArray();
            for (int k = 0; k < all.length; k++) {
                double distance = Math.abs(share(a, all[k]) - share(b, all[k]));
                largest = Math.max(largest, distance);
                area += k + 1 < all.length ? distance * (all[k + 1] - all[k]) : 0;
            }
            assertThat(SampleDistance.kolmogorovSmirnov(a, b)).isCloseTo(largest, within(1e-12));
            assertThat(SampleDistance.wasserstein1(a, b)).isCloseTo(area, within(1e-12));
        }
        assertThatThrownBy(() -> SampleDistance.wasserstein1(new double[0], new double[1]))
                .hasMessage("both samples must have values, got 0 and 1");
    }

    /** With many ties. */
    private static double[] sample(SplittableRandom random) {
        return random.ints(1 + random.nextInt(30), 0, 12)
                .mapToDouble(x -> x / 4.0)
                .sorted()
                .toArray();
    }

    private static double share(double[] sample, double upTo) {
        return Arrays.stream(sample).filter(x -> x <= upTo).count() / (double) sample.length;
    }

    /** From tables: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 1, 3.841",
        "0.01, 1, 6.635",
        "0.05, 9, 16.919",
        "0.01, 10, 23.209",
        "0.001, 50, 86.661",
        "0.95, 100, 77.929",
        "0.99, 1, 0.000157"
    })
    void chiSquared(double tail, double degrees, double critical) {
        double found = ChiSquare.quantileOfUpperTail(tail, degrees);
        assertThat(found).isCloseTo(critical, within(5.1e-4 * Math.min(1, critical * 10)));
        assertThat(ChiSquare.upperTail(found, degrees)).isCloseTo(tail, within(1e-11));
    }

    /** With two degrees it is exp(-x/2), with four (1 + x/2) exp(-x/2). */
    @Test
    void chiSquaredInClosedForm() {
        for (double x = 0; x < 100; x += 0.37) {
            double half = x / 2;
            assertThat(ChiSquare.upperTail(x, 2) / Math.exp(-half)).isCloseTo(1, within(1e-12));
            assertThat(ChiSquare.upperTail(x, 4) / ((1 + half) * Math.exp(-half)))
                    .isCloseTo(1, within(1e-12));
        }
        assertThat(ChiSquare.upperTail(-1, 3)).isEqualTo(1);
        assertThat(ChiSquare.upperTail(Double.NaN, 3)).isNaN();
        assertThat(ChiSquare.lnGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-14));
        assertThat(ChiSquare.lnGamma(0.25)).isCloseTo(1.2880225246980774, within(1e-13));
        assertThatThrownBy(() -> ChiSquare.upperTail(1, 0)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> ChiSquare.quantileOfUpperTail(0, 1))
                .hasMessageContaining("between 0 and 1");
    }

    /** The example of the paper: fifteen tests, four significant at 5 %. */
    @Test
    void falseDiscoveries() {
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0
        };
        boolean[] significant = BenjaminiHochberg.significant(p, 0.05);
        for (int k = 0; k < p.length; k++) {
            assertThat(significant[k]).isEqualTo(k < 4);
        }
        assertThat(BenjaminiHochberg.significant(new double[] {Double.NaN, 0.04}, 0.05))
                .containsExactly(false, true);
        assertThat(BenjaminiHochberg.significant(new double[0], 0.05)).isEmpty();
    }

    @Test
    void independentObservationsHaveTheSpreadOfTheirBins() {
        SplittableRandom random = new SplittableRandom(9);
        int[] bins = random.ints(40_000, 0, 10).toArray();
        LongRunSpread spread = LongRunSpread.of(bins, 12, 200);
        assertThat(spread.trace()).isCloseTo(9, within(0.7));
        assertThat(spread.squares()).isCloseTo(9, within(2.0));
        assertThatThrownBy(() -> LongRunSpread.of(new int[10], 2, 10))
                .hasMessage("batches must be of 1 to 9 observations, got 10");
    }

    @Test
    void spreadIsThatOfItsDefinition() {
        SplittableRandom random = new SplittableRandom(11);
        int[] bins = new int[300];
        for (int k = 1; k < bins.length; k++) {
            bins[k] = random.nextInt(4) == 0 ? random.nextInt(3) : bins[k - 1];
        }
        int batch = 17;
        int batches = bins.length - batch + 1;
        double[] p = new double[3];
        for (int bin : bins) {
            p[bin] += 1.0 / bins.length;
        }
        double[][] covariance = new double[3][3];
        for (int from = 0; from < batches; from++) {
            double[] mean = new double[3];
            for (int k = from; k < from + batch; k++) {
                mean[bins[k]] += 1.0 / batch;
            }
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    covariance[i][j] +=
                            (mean[i] - p[i])
                                    * (mean[j] - p[j])
                                    * bins.length
                                    * batch
                                    / ((double) (bins.length - batch) * batches);
                }
            }
        }
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            trace += covariance[i][i] / p[i];
            for (int j = 0; j < 3; j++) {
                squares += covariance[i][j] * covariance[i][j] / (p[i] * p[j]);
            }
        }
        LongRunSpread spread = LongRunSpread.of(bins, 3, batch);
        assertThat(spread.trace()).isCloseTo(trace, within(1e-10));
        assertThat(spread.squares()).isCloseTo(squares, within(1e-10));
    }

    @Test
    void windowsInPartsAreWindowsAtOnce() {
        ReferenceBins bins = new ReferenceBins(new double[] {0, 1});
        DriftWindow one = new DriftWindow(bins);
        DriftWindow two = new DriftWindow(bins);
        one.add(-1);
        one.add(Double.NaN);
        two.add(0.5);
        two.add(7);
        one.add(two);
        assertThat(one.counts()).containsExactly(1, 1, 1, 1);
        assertThat(one.observations()).isEqualTo(4);
        assertThat(one.missingRate()).isEqualTo(0.25);
        assertThat(one.moments().mean()).isCloseTo(6.5 / 3, within(1e-15));
        assertThatThrownBy(() -> one.add(new DriftWindow(new ReferenceBins(new double[0]))))
                .hasMessage("windows of 4 and 2 bins");
    }
}
