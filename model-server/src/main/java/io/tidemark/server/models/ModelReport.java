package io.tidemark.server.models;

import io.tidemark.report.ReportPage;
import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.FoldScores;
import io.tidemark.server.training.Scores;
import io.tidemark.server.training.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A page to look at beside a version: how good it is beside what anybody could say, whether its
 * probabilities mean what they say, what it needs, and whether the choice holds on other folds.
 */
final class ModelReport {
    private final TrainingResult result;
    private final CertifiedDataset dataset;
    private final PackageMaker.Origin origin;
    private final ModelCharts charts;

    ModelReport(TrainingResult result, CertifiedDataset dataset, PackageMaker.Origin origin) {
        this.result = result;
        this.dataset = dataset;
        this.origin = origin;
        this.charts = new ModelCharts(result, dataset.splits());
    }

    /** UTF-8. */
    byte[] html() {
        ReportPage page =
                new ReportPage(
                        "%s on dataset %s".formatted(result.algorithm().wireName(), dataset.id()),
                        "%s, %s over %s s, features of registry %s, fold %d, seed %d, made %s"
                                .formatted(
                                        dataset.symbol(),
                                        dataset.labelType(),
                                        dataset.horizonMicros() / 1e6,
                                        dataset.registryVersion(),
                                        dataset.fold(),
                                        origin.seed(),
                                        origin.createdAt()));
        page.heading("How good it is");
        page.paragraph(
                "The candidate was chosen on validation; test was looked at once, when it was"
                        + " chosen.");
        page.table(header(), scores());
        page.heading("Does it mean what it says")
                .chart(charts.calibration())
                .chart(charts.receiver());
        page.heading("What it needs")
                .paragraph(
                        "By how much the loss on validation grows when a feature is dealt out"
                                + " anew.")
                .chart(charts.importance());
        page.heading("Candidates").table(List.of("candidate", "loss on validation"), candidates());
        page.heading("Folds")
                .paragraph("The chosen candidate, fitted anew on the train rows of each fold.")
                .table(
                        List.of(
                                "fold",
                                "train rows",
                                "validation",
                                "best baseline",
                                "test",
                                "best baseline"),
                        folds())
                .chart(charts.foldLosses(origin.folds()));
        return page.html().getBytes(StandardCharsets.UTF_8);
    }

    private List<String> header() {
        return result.target().isClass()
                ? List.of("", "rows", "log loss", "accuracy", "balanced", "F1", "Brier", "ROC AUC")
                : List.of("", "rows", "RMSE", "MAE", "R²", "rank IC");
    }

    private List<List<String>> scores() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("train", result.train()));
        rows.add(row("validation", result.validation()));
        result.baselines().forEach((name, one) -> rows.add(row("validation: " + name, one)));
        if (result.test() != null) {
            rows.add(row("test", result.test()));
        }
        result.testBaselines().forEach((name, one) -> rows.add(row("test: " + name, one)));
        return rows;
    }

    private static List<String> row(String name, @Nullable Scores scores) {
        List<String> cells = new ArrayList<>(List.of(name));
        if (scores != null && scores.regression() != null) {
            var one = scores.regression();
            cells.add(Integer.toString(one.count()));
            add(cells, one.rootMeanSquaredError(), one.meanAbsoluteError(), one.r2());
            add(cells, one.rankCorrelation());
        } else if (scores != null && scores.classification() != null) {
            var one = scores.classification();
            cells.add(Integer.toString(one.count()));
            add(cells, one.logLoss(), one.accuracy(), one.balancedAccuracy(), one.f1());
            add(cells, one.brier(), one.rocAuc());
        }
        return cells;
    }

    private static void add(List<String> cells, double... values) {
        for (double value : values) {
            cells.add(Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.5g", value));
        }
    }

    private List<List<String>> candidates() {
        List<List<String>> rows = new ArrayList<>();
        List<Double> losses = result.candidateLosses();
        for (int i = 0; i < losses.size(); i++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(i + 1)));
            add(cells, losses.get(i));
            rows.add(cells);
        }
        return rows;
    }

    private List<List<String>> folds() {
        List<List<String>> rows = new ArrayList<>();
        for (FoldScores fold : origin.folds()) {
            List<String> cells =
                    new ArrayList<>(
                            List.of(
                                    Integer.toString(fold.fold()),
                                    Integer.toString(fold.trainRows())));
            add(cells, fold.validationLoss(), fold.validationBaseline());
            add(cells, fold.testLoss(), fold.testBaseline());
            rows.add(cells);
        }
        return rows;
    }
}
