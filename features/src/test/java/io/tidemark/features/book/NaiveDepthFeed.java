package io.tidemark.features.book;

import io.tidemark.features.engine.Events;
import io.tidemark.schemas.event.BookUpdate;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A feed that keeps its best levels only, and the book it means, as two sorted maps: changes are
 * most often near the best, and a level that comes or goes pushes the worst out or lets the next
 * in, both told in the same message.
 */
final class NaiveDepthFeed {
    private final SplittableRandom random;
    private final int depth;
    private long updateId = 10;

    final NavigableMap<Double, Double> bids = new TreeMap<>(Comparator.reverseOrder());
    final NavigableMap<Double, Double> asks = new TreeMap<>();

    /** Size added plus size removed by the last message, in its order. */
    double churn;

    NaiveDepthFeed(long seed, int depth) {
        random = new SplittableRandom(seed);
        this.depth = depth;
    }

    BookUpdate full() {
        churn = churnOf(bids, -1) + churnOf(asks, 1);
        return Events.snapshot(0, depth, updateId, pairs(bids), pairs(asks));
    }

    /** Another book than before, told in full; sizes are halves, so that sums of them are exact. */
    private double churnOf(NavigableMap<Double, Double> side, int sign) {
        NavigableMap<Double, Double> before = new TreeMap<>(side);
        side.clear();
        while (side.size() < depth) {
            side.put(price(sign, random.nextInt(2 * depth)), size());
        }
        double sum = 0;
        for (double price : before.keySet()) {
            sum += Math.abs(side.getOrDefault(price, 0.0) - before.getOrDefault(price, 0.0));
        }
        for (double price : side.keySet()) {
            sum += before.containsKey(price) ? 0 : side.getOrDefault(price, 0.0);
        }
        return sum;
    }

    /**
     * The next change.
     *
     * @param bestFirst whether its levels come best first; else in any order
     */
    BookUpdate change(boolean bestFirst) {
        double[] b = change(bids, -1, bestFirst);
        double[] a = change(asks, 1, bestFirst);
        churn = take(b, bids) + take(a, asks);
        updateId++;
        return Events.delta(0, depth, updateId, b, a);
    }

    private double[] change(NavigableMap<Double, Double> side, int sign, boolean bestFirst) {
        NavigableMap<Double, Double> told = new TreeMap<>(side.comparator());
        int levels = random.nextInt(8);
        for (int i = 0; i < levels; i++) {
            double near = random.nextDouble();
            int tick = (int) (2 * depth * near * near * near);
            told.put(price(sign, tick), random.nextInt(4) == 0 ? 0 : size());
        }
        NavigableMap<Double, Double> after = new TreeMap<>(side);
        take(pairs(told), after);
        while (after.size() > depth) {
            told.put(after.lastKey(), 0.0);
            after.pollLastEntry();
        }
        double[] pairs = pairs(told);
        if (!bestFirst) {
            shuffle(pairs);
        }
        return pairs;
    }

    private static double take(double[] pairs, NavigableMap<Double, Double> side) {
        double sum = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            Double former =
                    pairs[i + 1] == 0 ? side.remove(pairs[i]) : side.put(pairs[i], pairs[i + 1]);
            sum += Math.abs(pairs[i + 1] - (former == null ? 0 : former));
        }
        return sum;
    }

    private void shuffle(double[] pairs) {
        for (int i = pairs.length - 2; i > 0; i -= 2) {
            int other = 2 * random.nextInt(i / 2 + 1);
            for (int k = 0; k < 2; k++) {
                double number = pairs[i + k];
                pairs[i + k] = pairs[other + k];
                pairs[other + k] = number;
            }
        }
    }

    private double price(int sign, int tick) {
        return (500_000 + sign * (1 + tick)) / 10.0;
    }

    private double size() {
        return random.nextInt(1, 10_000) / 2.0;
    }

    private static double[] pairs(NavigableMap<Double, Double> side) {
        double[] pairs = new double[2 * side.size()];
        int[] at = {0};
        side.forEach(
                (price, size) -> {
                    pairs[at[0]++] = price;
                    pairs[at[0]++] = size;
                });
        return pairs;
    }
}
