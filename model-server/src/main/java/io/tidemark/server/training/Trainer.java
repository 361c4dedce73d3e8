package io.tidemark.server.training;

import io.tidemark.server.model.InputScaling;
import io.tidemark.server.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fits an algorithm: scaling by train alone, every candidate on train, the choice by the loss on
 * validation, test looked at once at the end. A pure function of its arguments.
 *
 * @param features names, in the rows' order
 * @param balanced whether every class counts the same, however rare it is
 */
public record Trainer(List<String> features, Algorithm algorithm, boolean balanced, long seed) {

    /**
     * The result; the same in every bit for the same arguments.
     *
     * @param progress told the share that is done, from 0 to 1
     * @throws IllegalArgumentException for rows that cannot be used, saying why
     * @throws CancellationException when the thread was interrupted; a fit under way is finished
     *     first
     */
    public TrainingResult train(Splits splits, Target target, Consumer<Double> progress) {
        Rows train = splits.train();
        InputScaling scaling = InputScaling.of(train.features());
        double[][] scaledTrain = scaling.scaled(train.features());
        double[][] scaledValidation = scaling.scaled(splits.validation().features());
        Fitting fitting =
                new Fitting(scaledTrain, train.labels(), target, weights(train, target), seed);
        List<Hyperparameters> candidates = Hyperparameters.candidates(algorithm);
        List<Double> losses = new ArrayList<>();
        @Nullable Model best = null;
        @Nullable Scores bestScores = null;
        int chosen = 0;
        for (Hyperparameters candidate : candidates) {
            progress.accept(losses.size() / (candidates.size() + 1.0));
            Model model = fitting.fit(algorithm, candidate);
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was cancelled");
            }
            Scores scores =
                    Scores.of(
                            target,
                            splits.validation().labels(),
                            Predictions.all(model, scaledValidation));
            if (bestScores == null || scores.loss() < bestScores.loss()) {
                best = model;
                bestScores = scores;
                chosen = losses.size();
            }
            losses.add(scores.loss());
        }
        if (best == null || bestScores == null) {
            throw new IllegalStateException(algorithm + " has no candidates");
        }
        progress.accept(losses.size() / (candidates.size() + 1.0));
        Baselines baselines = new Baselines(target, train);
        Rows test = splits.test();
        return new TrainingResult(
                algorithm,
                candidates.get(chosen),
                losses,
                target,
                scaling,
                best,
                Scores.of(target, train.labels(), Predictions.all(best, scaledTrain)),
                bestScores,
                test.count() == 0
                        ? null
                        : Scores.of(
                                target,
                                test.labels(),
                                Predictions.all(best, scaling.scaled(test.features()))),
                baselines.scores(splits.validation()),
                test.count() == 0 ? Map.of() : baselines.scores(test),
                Importance.of(
                        best,
                        target,
                        features,
                        scaledValidation,
                        splits.validation().labels(),
                        seed));
    }

    /**
     * Fits one candidate to another fold.
     *
     * @param target that of the last fold
     * @throws IllegalArgumentException when the fold has labels the target does not know
     * @throws CancellationException when the thread was interrupted
     */
    public FoldScores fold(int number, Splits splits, Target target, Hyperparameters with) {
        Rows train = splits.train();
        InputScaling scaling = InputScaling.of(train.features());
        Model model =
                new Fitting(
                                scaling.scaled(train.features()),
                                train.labels(),
                                target,
                                weights(train, target),
                                seed)
                        .fit(algorithm, with);
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was cancelled");
        }
        Baselines baselines = new Baselines(target, train);
        return new FoldScores(
                number,
                train.count(),
                loss(model, scaling, target, splits.validation()),
                TrainingResult.least(baselines.scores(splits.validation())),
                loss(model, scaling, target, splits.test()),
                splits.test().count() == 0
                        ? Double.NaN
                        : TrainingResult.least(baselines.scores(splits.test())));
    }

    private static double loss(Model model, InputScaling scaling, Target target, Rows rows) {
        return rows.count() == 0
                ? Double.NaN
                : Scores.of(
                                target,
                                rows.labels(),
                                Predictions.all(model, scaling.scaled(rows.features())))
                        .loss();
    }

    private double[] weights(Rows train, Target target) {
        if (!balanced || !target.isClass()) {
            return new double[0];
        }
        double[] counts = new double[target.outputs()];
        for (int label : target.positions(train.labels())) {
            counts[label]++;
        }
        return Arrays.stream(counts)
                .map(count -> train.count() / (counts.length * count))
                .toArray();
    }
}
