package io.tidemark.server.training;

import io.tidemark.server.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * By how much the loss grows when one feature's values are dealt out to other rows (Breiman 2001).
 * Near 0 or below: the model does not need it.
 */
final class Importance {
    private Importance() {}

    /** By feature name, in the features' order. O(features x rows x cost of a prediction). */
    static Map<String, Double> of(
            Model model,
            Target target,
            List<String> names,
            double[][] scaled,
            double[] labels,
            long seed) {
        double loss = Scores.of(target, labels, Predictions.all(model, scaled)).loss();
        Map<String, Double> importance = new LinkedHashMap<>();
        double[] kept = new double[scaled.length];
        for (int column = 0; column < names.size(); column++) {
            for (int i = 0; i < kept.length; i++) {
                kept[i] = scaled[i][column];
            }
            int[] order = shuffled(kept.length, new SplittableRandom(seed + column));
            for (int i = 0; i < kept.length; i++) {
                scaled[i][column] = kept[order[i]];
            }
            double without = Scores.of(target, labels, Predictions.all(model, scaled)).loss();
            for (int i = 0; i < kept.length; i++) {
                scaled[i][column] = kept[i];
            }
            importance.put(names.get(column), without - loss);
        }
        return importance;
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
