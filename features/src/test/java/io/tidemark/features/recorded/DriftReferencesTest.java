package io.tidemark.features.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.drift.ChiSquare;
import io.tidemark.features.drift.Divergence;
import io.tidemark.features.drift.Moments;
import io.tidemark.features.drift.ReferenceBins;
import io.tidemark.features.drift.SampleDistance;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances of recorded samples as SciPy and NumPy have them, to 1e-9. */
class DriftReferencesTest {
    private static final String FOLDER = "7_drift_ml/computed_drift/";
    private static final double ZERO_SHARE = 1e-4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "btc_logret_201901_vs_201906",
                "btc_volume_201901_vs_201902",
                "eth_logret_201904_nodrift"
            })
    void agree(String name) throws IOException {
        Json expected = Json.parse(Recording.text(FOLDER + name + ".expected.json")).get("results");
        double[] reference = sample(name, "ref");
        double[] current = sample(name, "cur");

        Json deciles = expected.get("psi_quantile10");
        ReferenceBins bins = ReferenceBins.ofQuantiles(reference, 10);
        assertThat(bins.innerEdges()).isEqualTo(numbers(deciles.get("inner_edges")));
        long[] before = counts(bins, reference);
        long[] now = counts(bins, current);
        assertThat(before).isEqualTo(whole(deciles.get("ref_counts")));
        assertThat(now).isEqualTo(whole(deciles.get("cur_counts")));
        double[] p = Divergence.floored(before, ZERO_SHARE);
        double[] q = Divergence.floored(now, ZERO_SHARE);
        same(Divergence.psi(p, q), deciles.get("psi"));
        same(Divergence.jensenShannon(p, q), expected.get("js_divergence_base2_on_quantile10"));
        same(Divergence.kullbackLeibler(p, q), expected.get("kl_ref_cur_nats_on_quantile10"));
        same(Divergence.hellinger(p, q), expected.get("hellinger_on_quantile10"));

        Json widths = expected.get("psi_width10");
        ReferenceBins equal = new ReferenceBins(numbers(widths.get("inner_edges")));
        same(
                Divergence.psi(
                        Divergence.floored(counts(equal, reference), ZERO_SHARE),
                        Divergence.floored(counts(equal, current), ZERO_SHARE)),
                widths.get("psi"));

        Arrays.sort(reference);
        Arrays.sort(current);
        double exact = SampleDistance.kolmogorovSmirnov(reference, current);
        same(exact, expected.get("ks_statistic"));
        assertThat(Divergence.kolmogorovSmirnov(p, q))
                .isBetween(exact - Arrays.stream(p).max().orElseThrow(), exact + 1e-12);
        same(SampleDistance.wasserstein1(reference, current), expected.get("wasserstein_1"));

        Json independent = expected.get("chi2_contingency_quantile10");
        double tail =
                ChiSquare.upperTail(
                        number(independent.get("statistic")), number(independent.get("dof")));
        assertThat(tail / number(independent.get("pvalue"))).isCloseTo(1, within(1e-9));
        moments(reference, expected.get("moments_ref"));
        moments(current, expected.get("moments_cur"));
    }

    private static void moments(double[] sample, Json expected) {
        Moments moments = Moments.NONE;
        for (double value : sample) {
            moments = moments.with(value);
        }
        same(moments.mean(), expected.get("mean"));
        same(moments.std(), expected.get("std_ddof1"));
    }

    private static void same(double actual, Json expected) {
        double value = number(expected);
        assertThat(actual).isCloseTo(value, within(1e-9 * Math.abs(value)));
    }

    private static double[] sample(String name, String set) throws IOException {
        List<String> lines = Files.readAllLines(Recording.file(FOLDER + name + ".csv"));
        return lines.stream()
                .filter(line -> line.startsWith(set + ","))
                .mapToDouble(line -> Double.parseDouble(line.substring(set.length() + 1)))
                .toArray();
    }

    /** Without the bin of NaN, which the references do not have. */
    private static long[] counts(ReferenceBins bins, double[] sample) {
        long[] counts = new long[bins.size() - 1];
        for (double value : sample) {
            counts[bins.binOf(value)]++;
        }
        return counts;
    }

    private static double number(Json json) {
        return Double.parseDouble(json.text());
    }

    private static double[] numbers(Json json) {
        return json.items().stream().mapToDouble(DriftReferencesTest::number).toArray();
    }

    private static long[] whole(Json json) {
        return json.items().stream().mapToLong(item -> Long.parseLong(item.text())).toArray();
    }
}
