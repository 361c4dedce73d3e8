package io.tidemark.features.book;

/** What a side was before a full book replaced it: what is compared, and arrays to use again. */
final class FormerSide {
    private double[] keys = new double[0];
    private double[] sizes = new double[0];
    private int count;

    /** Takes a side's arrays, answers those of the side before. */
    double[] takeKeys(double[] taken, int levels) {
        double[] spare = keys;
        keys = taken;
        count = levels;
        return spare;
    }

    double[] takeSizes(double[] taken) {
        double[] spare = sizes;
        sizes = taken;
        return spare;
    }

    /** Size added plus size removed on the way to that side, worst level first. O(levels). */
    double churnTo(double[] newKeys, double[] newSizes, int newCount) {
        double churn = 0;
        int old = 0;
        for (int i = 0; i < newCount; i++) {
            while (old < count && keys[old] < newKeys[i]) {
                churn += sizes[old++];
            }
            boolean stays = old < count && keys[old] == newKeys[i];
            churn += stays ? Math.abs(newSizes[i] - sizes[old++]) : newSizes[i];
        }
        while (old < count) {
            churn += sizes[old++];
        }
        return churn;
    }
}
