package io.tidemark.server.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What anybody can foretell without a model. Of numbers: {@code zero}; {@code mean} of train;
 * {@code last_value}, the newest label that was known at T. Of classes: {@code majority}, the
 * shares of train; {@code last_value}, half for the newest class known, half for those shares.
 */
final class Baselines {
    private final Target target;
    private final Rows train;

    Baselines(Target target, Rows train) {
        this.target = target;
        this.train = train;
    }

    /** Scores by name. */
    Map<String, Scores> scores(Rows rows) {
        Map<String, Scores> scores = new LinkedHashMap<>();
        double[][] usual = new double[rows.count()][];
        Arrays.fill(usual, usual());
        if (target.isClass()) {
            scores.put("majority", Scores.of(target, rows.labels(), usual));
        } else {
            double[][] zero = new double[rows.count()][1];
            scores.put("zero", Scores.of(target, rows.labels(), zero));
            scores.put("mean", Scores.of(target, rows.labels(), usual));
        }
        scores.put("last_value", Scores.of(target, rows.labels(), lastValues(rows)));
        return scores;
    }

    private double[] usual() {
        if (!target.isClass()) {
            return new double[] {Arrays.stream(train.labels()).average().orElseThrow()};
        }
        double[] shares = new double[target.outputs()];
        for (int label : target.positions(train.labels())) {
            shares[label] += 1.0 / train.count();
        }
        for (int label = 0; label < shares.length; label++) {
            shares[label] = Math.min(1, shares[label]);
        }
        return shares;
    }

    private double[][] lastValues(Rows rows) {
        List<double[]> answers = new ArrayList<>();
        int known = -1;
        double[] usual = usual();
        for (int i = 0; i < rows.count(); i++) {
            while (rows.timesMicros()[known + 1] + target.reachMicros() <= rows.timesMicros()[i]
                    && known + 1 < i) {
                known++;
            }
            answers.add(known < 0 ? usual : after(rows.labels()[known], usual));
        }
        return answers.toArray(double[][]::new);
    }

    private double[] after(double label, double[] usual) {
        if (!target.isClass()) {
            return new double[] {label};
        }
        double[] shares = new double[usual.length];
        int last = target.positions(new double[] {label})[0];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = usual[i] / 2 + (i == last ? 0.5 : 0);
        }
        return shares;
    }
}
