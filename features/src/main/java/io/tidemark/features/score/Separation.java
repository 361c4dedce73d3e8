package io.tidemark.features.score;

/**
 * How well a score tells one class from the rest. NaN when one of the two sides is empty.
 *
 * @param rocAuc the share of pairs in which the class scores higher; ties are half
 * @param averagePrecision sum over thresholds of (recall gained) x (precision there)
 * @param kolmogorovSmirnov the largest distance of the two distributions of scores
 */
record Separation(double rocAuc, double averagePrecision, double kolmogorovSmirnov) {

    static Separation of(boolean[] isClass, double[] scores) {
        int[] order = Ranks.ascending(scores);
        long positives = 0;
        for (boolean one : isClass) {
            positives += one ? 1 : 0;
        }
        long negatives = isClass.length - positives;
        if (positives == 0 || negatives == 0) {
            return new Separation(Double.NaN, Double.NaN, Double.NaN);
        }
        double wins = 0;
        double precisions = 0;
        double farthest = 0;
        long above = 0;
        long falseAbove = 0;
        for (int to = order.length; to > 0; ) {
            int from = to;
            long here = 0;
            while (from > 0 && scores[order[from - 1]] == scores[order[to - 1]]) {
                from--;
                here += isClass[order[from]] ? 1 : 0;
            }
            long falseHere = to - from - here;
            wins += here * (negatives - falseAbove - falseHere / 2.0);
            above += here;
            falseAbove += falseHere;
            precisions += here * ((double) above / (above + falseAbove));
            farthest =
                    Math.max(
                            farthest,
                            Math.abs((double) above / positives - (double) falseAbove / negatives));
            to = from;
        }
        return new Separation(
                wins / ((double) positives * negatives), precisions / positives, farthest);
    }
}
