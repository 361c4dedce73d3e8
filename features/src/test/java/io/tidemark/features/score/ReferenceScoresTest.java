package io.tidemark.features.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of given predictions, against those scikit-learn 1.9.1 computed. */
final class ReferenceScoresTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void regressionEqualsTheReference() throws IOException {
        List<double[]> rows = rows("diabetes");
        JsonNode expected = expected("diabetes");

        RegressionScores scores = RegressionScores.of(column(rows, 0), column(rows, 1));

        assertThat(scores.meanSquaredError()).isCloseTo(value(expected, "mse"), CLOSE);
        assertThat(scores.rootMeanSquaredError()).isCloseTo(value(expected, "rmse"), CLOSE);
        assertThat(scores.meanAbsoluteError()).isCloseTo(value(expected, "mae"), CLOSE);
        assertThat(scores.r2()).isCloseTo(value(expected, "r2"), CLOSE);
        assertThat(scores.meanAbsolutePercentageError()).isCloseTo(value(expected, "mape"), CLOSE);
        assertThat(scores.medianAbsoluteError()).isCloseTo(value(expected, "median_ae"), CLOSE);
        assertThat(scores.explainedVariance())
                .isCloseTo(value(expected, "explained_variance"), CLOSE);
        assertThat(scores.maxError()).isCloseTo(value(expected, "max_error"), CLOSE);
        assertThat(scores.rankCorrelation()).isCloseTo(value(expected, "spearman"), CLOSE);
        assertThat(scores.correlation()).isCloseTo(value(expected, "pearson"), CLOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"breast_cancer", "iris"})
    void classificationEqualsTheReference(String name) throws IOException {
        List<double[]> rows = rows(name);
        JsonNode expected = expected(name);
        int[] truth = rows.stream().mapToInt(row -> (int) row[0]).toArray();
        double[][] probabilities =
                rows.stream()
                        .map(row -> Arrays.copyOfRange(row, 1, row.length))
                        .toArray(double[][]::new);

        ClassificationScores scores = ClassificationScores.of(truth, probabilities);

        assertThat(scores.accuracy()).isCloseTo(value(expected, "accuracy"), CLOSE);
        assertThat(scores.balancedAccuracy())
                .isCloseTo(value(expected, "balanced_accuracy"), CLOSE);
        assertThat(scores.precision()).isCloseTo(value(expected, "precision_macro"), CLOSE);
        assertThat(scores.recall()).isCloseTo(value(expected, "recall_macro"), CLOSE);
        assertThat(scores.f1()).isCloseTo(value(expected, "f1_macro"), CLOSE);
        assertThat(scores.f1Weighted()).isCloseTo(value(expected, "f1_weighted"), CLOSE);
        assertThat(scores.logLoss()).isCloseTo(value(expected, "logloss"), CLOSE);
        assertThat(scores.matthews()).isCloseTo(value(expected, "mcc"), CLOSE);
        assertThat(scores.kappa()).isCloseTo(value(expected, "cohen_kappa"), CLOSE);
        assertThat(Arrays.deepToString(scores.confusion()).replace(" ", ""))
                .isEqualTo(expected.get("confusion_matrix").toString());
        if (probabilities[0].length == 2) {
            assertThat(scores.rocAuc()).isCloseTo(value(expected, "roc_auc"), CLOSE);
            assertThat(scores.averagePrecision())
                    .isCloseTo(value(expected, "average_precision"), CLOSE);
            assertThat(scores.brier()).isCloseTo(value(expected, "brier"), CLOSE);
            assertThat(scores.kolmogorovSmirnov())
                    .isCloseTo(value(expected, "ks_separation"), CLOSE);
        } else {
            assertThat(scores.rocAuc()).isCloseTo(value(expected, "roc_auc_ovr_macro"), CLOSE);
        }
    }

    private static double value(JsonNode expected, String name) {
        return expected.get(name).doubleValue();
    }

    private static JsonNode expected(String name) throws IOException {
        try (InputStream in = resource(name + ".expected.json")) {
            return new ObjectMapper().readTree(in).get("metrics_of_predictions_csv");
        }
    }

    private static List<double[]> rows(String name) throws IOException {
        try (InputStream in = resource(name + ".predictions.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(
                            line ->
                                    Arrays.stream(line.split(","))
                                            .mapToDouble(Double::parseDouble)
                                            .toArray())
                    .toList();
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                ReferenceScoresTest.class.getResourceAsStream("/score/" + name), name);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
