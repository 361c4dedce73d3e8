package io.tidemark.features.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic: at each threshold of a score, which share of the others
 * and which share of the class lie above it. Rises from (0, 0) to (1, 1); equal scores are one
 * step.
 */
public record RocCurve(List<Point> points) {
    /**
     * @param falseShare share of the others above the threshold
     * @param trueShare share of the class above it
     */
    public record Point(double falseShare, double trueShare) {}

    /** Keeps the list. */
    public RocCurve {
        points = List.copyOf(points);
    }

    /**
     * O(n log n); empty when one of the two sides is.
     *
     * @param scores finite
     * @param most about how many points are told, spread evenly over the rows
     */
    public static RocCurve of(boolean[] isClass, double[] scores, int most) {
        int n = Inputs.sameLength(isClass.length, scores.length);
        long positives = 0;
        for (int i = 0; i < n; i++) {
            Inputs.finite(scores[i]);
            positives += isClass[i] ? 1 : 0;
        }
        long negatives = n - positives;
        if (positives == 0 || negatives == 0) {
            return new RocCurve(List.of());
        }
        int[] order = Ranks.ascending(scores);
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        double apart = Math.max(1.0, (double) n / most);
        double next = apart;
        long above = 0;
        for (int i = n - 1; i >= 0; i--) {
            above += isClass[order[i]] ? 1 : 0;
            boolean isStep = i == 0 || scores[order[i - 1]] != scores[order[i]];
            int seen = n - i;
            if (isStep && (seen >= next || i == 0)) {
                points.add(
                        new Point((double) (seen - above) / negatives, (double) above / positives));
                next = seen + apart;
            }
        }
        return new RocCurve(points);
    }
}
