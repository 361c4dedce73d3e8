package io.tidemark.server.models;

import io.tidemark.features.score.CalibrationBin;
import io.tidemark.features.score.RocCurve;
import io.tidemark.report.Chart;
import io.tidemark.server.training.FoldScores;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Scores;
import io.tidemark.server.training.Splits;
import io.tidemark.server.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pictures of a model's report. */
final class ModelCharts {
    private static final int CURVE_POINTS = 200;
    private static final int MOST_FEATURES = 30;
    private static final int PARTS = 10;

    private final TrainingResult result;
    private final Splits splits;

    ModelCharts(TrainingResult result, Splits splits) {
        this.result = result;
        this.splits = splits;
    }

    /** Of classes said against come; of numbers the same by tenths of what was foretold. */
    Chart calibration() {
        Map<String, List<Chart.Point>> series = new LinkedHashMap<>();
        curve(series, "validation", splits.validation(), result.validation());
        curve(series, "test", splits.test(), result.test());
        double[] said = ofX(series);
        series.put(
                "ideal",
                Stream.of(said[0], said[said.length - 1])
                        .map(end -> new Chart.Point(end, end))
                        .toList());
        return result.target().isClass()
                ? Chart.curves("calibration", "probability said", "share that came", series)
                : Chart.curves("calibration, by tenths", "foretold", "came, in the mean", series);
    }

    private void curve(
            Map<String, List<Chart.Point>> series,
            String name,
            Rows rows,
            @Nullable Scores scores) {
        if (scores == null) {
            return;
        }
        if (scores.classification() != null) {
            List<Chart.Point> points = new ArrayList<>();
            for (CalibrationBin bin : scores.classification().calibration()) {
                points.add(new Chart.Point(bin.meanProbability(), bin.frequency()));
            }
            series.put(name, points);
            return;
        }
        series.put(name, tenths(rows));
    }

    private List<Chart.Point> tenths(Rows rows) {
        double[][] answers = result.answers(rows);
        Integer[] order = new Integer[rows.count()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> answers[i][0]));
        List<Chart.Point> points = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            int from = (int) ((long) part * order.length / PARTS);
            int to = (int) ((part + 1L) * order.length / PARTS);
            double said = 0;
            double came = 0;
            for (int i = from; i < to; i++) {
                said += answers[order[i]][0] / (to - from);
                came += rows.labels()[order[i]] / (to - from);
            }
            if (to > from) {
                points.add(new Chart.Point(said, came));
            }
        }
        return points;
    }

    private static double[] ofX(Map<String, List<Chart.Point>> series) {
        return series.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Chart.Point::x)
                .sorted()
                .toArray();
    }

    /** Each class against the rest; of numbers, whether what was foretold tells up from down. */
    Chart receiver() {
        Rows rows = splits.validation();
        double[][] answers = result.answers(rows);
        double[] classes = result.target().classes();
        Map<String, List<Chart.Point>> series = new LinkedHashMap<>();
        if (!result.target().isClass()) {
            boolean[] up = new boolean[rows.count()];
            for (int i = 0; i < up.length; i++) {
                up[i] = rows.labels()[i] > 0;
            }
            roc(series, "above 0", up, answers, 0);
        }
        for (int label = classes.length == 2 ? 1 : 0; label < classes.length; label++) {
            boolean[] isClass = new boolean[rows.count()];
            for (int i = 0; i < isClass.length; i++) {
                isClass[i] = rows.labels()[i] == classes[label];
            }
            roc(series, "class " + (long) classes[label], isClass, answers, label);
        }
        series.put("chance", List.of(new Chart.Point(0, 0), new Chart.Point(1, 1)));
        return Chart.curves(
                "receiver operating characteristic, validation", "false alarms", "hits", series);
    }

    private static void roc(
            Map<String, List<Chart.Point>> series,
            String name,
            boolean[] isClass,
            double[][] answers,
            int output) {
        double[] scores = Arrays.stream(answers).mapToDouble(one -> one[output]).toArray();
        series.put(
                name,
                RocCurve.of(isClass, scores, CURVE_POINTS).points().stream()
                        .map(point -> new Chart.Point(point.falseShare(), point.trueShare()))
                        .toList());
    }

    /** The largest first. */
    Chart importance() {
        List<Map.Entry<String, Double>> largest =
                result.importance().entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(MOST_FEATURES)
                        .toList();
        Chart bars =
                Chart.bars(
                        "importance",
                        largest.stream().map(Map.Entry::getKey).toList(),
                        Map.of(
                                "importance",
                                largest.stream().mapToDouble(Map.Entry::getValue).toArray()));
        return new Chart(bars.title(), true, bars.option());
    }

    /** Beside the best baseline of each fold. */
    Chart foldLosses(List<FoldScores> folds) {
        Map<String, double[]> series = new LinkedHashMap<>();
        series.put("validation", folds.stream().mapToDouble(FoldScores::validationLoss).toArray());
        series.put(
                "best baseline",
                folds.stream().mapToDouble(FoldScores::validationBaseline).toArray());
        return Chart.bars(
                "loss by fold",
                folds.stream().map(fold -> Integer.toString(fold.fold())).toList(),
                series);
    }
}
