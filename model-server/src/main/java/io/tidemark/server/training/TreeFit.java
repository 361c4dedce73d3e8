package io.tidemark.server.training;

import io.tidemark.server.model.TreeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import smile.base.cart.Loss;
import smile.base.cart.SplitRule;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;
import smile.math.MathEx;

/** Forests and boosted trees by Smile. A seed gives the same bits, however many cores there are. */
final class TreeFit {
    private static final String LABEL = "label";
    private static final int PARTS = 4;

    private TreeFit() {}

    /** A forest of numbers; a split looks at a third of the columns. */
    static TreeModel forest(
            double[][] scaled, double[] labels, Hyperparameters parameters, long seed) {
        DataFrame data = frame(scaled).merge(DoubleVector.of(LABEL, labels));
        int width = scaled[0].length;
        FlatTrees flat = new FlatTrees(0);
        inParts(
                        parameters.trees(),
                        seed,
                        part ->
                                smile.regression.RandomForest.fit(
                                        Formula.lhs(LABEL),
                                        data,
                                        part.trees(),
                                        Math.max(1, width / 3),
                                        parameters.depth(),
                                        parameters.leaves(),
                                        parameters.leafRows(),
                                        1.0,
                                        part.seeds()))
                .forEach(forest -> List.of(forest.trees()).forEach(tree -> flat.add(tree, 1)));
        return new TreeModel(width, 1, TreeModel.Sum.MEAN, 0, 1, flat.trees());
    }

    /** A forest of classes; a split looks at the square root of the columns. */
    static TreeModel forest(
            double[][] scaled, int[] labels, int classes, Hyperparameters parameters, long seed) {
        DataFrame data = frame(scaled).merge(IntVector.of(LABEL, labels));
        int width = scaled[0].length;
        FlatTrees flat = new FlatTrees(classes);
        inParts(
                        parameters.trees(),
                        seed,
                        part ->
                                smile.classification.RandomForest.fit(
                                        Formula.lhs(LABEL),
                                        data,
                                        part.trees(),
                                        (int) Math.max(1, Math.sqrt(width)),
                                        SplitRule.GINI,
                                        parameters.depth(),
                                        parameters.leaves(),
                                        parameters.leafRows(),
                                        1.0,
                                        null,
                                        part.seeds()))
                .forEach(
                        forest ->
                                List.of(forest.models())
                                        .forEach(one -> flat.add(one.tree, one.weight)));
        return new TreeModel(width, classes, TreeModel.Sum.SHARES, 0, 1, flat.trees());
    }

    /** Boosted trees of numbers, by least squares. */
    static TreeModel boosted(
            double[][] scaled, double[] labels, Hyperparameters parameters, long seed) {
        DataFrame data = frame(scaled).merge(DoubleVector.of(LABEL, labels));
        MathEx.setSeed(seed);
        return flat(
                scaled[0].length,
                smile.regression.GradientTreeBoost.fit(
                        Formula.lhs(LABEL),
                        data,
                        Loss.ls(),
                        parameters.trees(),
                        parameters.depth(),
                        parameters.leaves(),
                        parameters.leafRows(),
                        parameters.rate(),
                        parameters.sample()));
    }

    /** Boosted trees of classes, by log loss. */
    static TreeModel boosted(
            double[][] scaled, int[] labels, int classes, Hyperparameters parameters, long seed) {
        DataFrame data = frame(scaled).merge(IntVector.of(LABEL, labels));
        MathEx.setSeed(seed);
        return flat(
                scaled[0].length,
                classes,
                smile.classification.GradientTreeBoost.fit(
                        Formula.lhs(LABEL),
                        data,
                        parameters.trees(),
                        parameters.depth(),
                        parameters.leaves(),
                        parameters.leafRows(),
                        parameters.rate(),
                        parameters.sample()));
    }

    static TreeModel flat(int width, smile.regression.GradientTreeBoost boost) {
        FlatTrees flat = new FlatTrees(0);
        List.of(boost.trees()).forEach(tree -> flat.add(tree, 1));
        Class<?> type = smile.regression.GradientTreeBoost.class;
        return new TreeModel(
                width,
                1,
                TreeModel.Sum.ADDED,
                FlatTrees.number(boost, type, "b"),
                FlatTrees.number(boost, type, "shrinkage"),
                flat.trees());
    }

    static TreeModel flat(int width, int classes, smile.classification.GradientTreeBoost boost) {
        FlatTrees flat = new FlatTrees(0);
        List.of(boost.trees()).forEach(tree -> flat.add(tree, 1));
        Class<?> type = smile.classification.GradientTreeBoost.class;
        return new TreeModel(
                width,
                classes,
                classes == 2 ? TreeModel.Sum.LOGISTIC : TreeModel.Sum.SOFTMAX,
                classes == 2 ? FlatTrees.number(boost, type, "b") : 0,
                FlatTrees.number(boost, type, "shrinkage"),
                flat.trees());
    }

    static DataFrame frame(double[][] scaled) {
        return DataFrame.of(
                scaled,
                IntStream.range(0, scaled[0].length)
                        .mapToObj(column -> "x" + column)
                        .toArray(String[]::new));
    }

    /** Some of a forest's trees. */
    private record Part(int trees, long seed) {
        /** Smile takes a seed of 0 or less as none. */
        LongStream seeds() {
            return new SplittableRandom(seed).longs(trees, 1, Long.MAX_VALUE);
        }
    }

    /**
     * Smile fits a forest's trees in parallel streams, each with the random numbers of its thread;
     * a thread that waits takes up another tree and draws them out of turn. So each part has a pool
     * of one thread.
     */
    private static <T> List<T> inParts(int trees, long seed, Function<Part, T> fit) {
        List<ForkJoinPool> pools = new ArrayList<>();
        try {
            IntFunction<Part> part =
                    i -> new Part((trees + PARTS - 1 - i) / PARTS, seed * PARTS + i);
            List<ForkJoinTask<T>> tasks =
                    IntStream.range(0, Math.min(PARTS, trees))
                            .mapToObj(part)
                            .map(
                                    one -> {
                                        ForkJoinPool pool = new ForkJoinPool(1);
                                        pools.add(pool);
                                        return pool.submit(() -> fit.apply(one));
                                    })
                            .toList();
            List<T> done = new ArrayList<>();
            for (ForkJoinTask<T> task : tasks) {
                done.add(task.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of a forest could not be fitted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fitting a forest", e);
        } finally {
            pools.forEach(ForkJoinPool::shutdownNow);
        }
    }
}
