package io.tidemark.features.score;

/**
 * How often which class was predicted for which.
 *
 * @param counts by true class, then predicted class; square
 */
record Confusion(long[][] counts) {

    static Confusion of(int[] truth, int[] predicted, int classes) {
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            counts[truth[i]][predicted[i]]++;
        }
        return new Confusion(counts);
    }

    long actual(int label) {
        long sum = 0;
        for (long count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    long predicted(int label) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[label];
        }
        return sum;
    }

    long total() {
        long sum = 0;
        for (int label = 0; label < counts.length; label++) {
            sum += actual(label);
        }
        return sum;
    }

    long correct() {
        long sum = 0;
        for (int label = 0; label < counts.length; label++) {
            sum += counts[label][label];
        }
        return sum;
    }

    /** 0 when the class was never predicted. */
    double precision(int label) {
        long predicted = predicted(label);
        return predicted == 0 ? 0 : (double) counts[label][label] / predicted;
    }

    /** 0 when the class never was. */
    double recall(int label) {
        long actual = actual(label);
        return actual == 0 ? 0 : (double) counts[label][label] / actual;
    }

    double f1(int label) {
        long both = actual(label) + predicted(label);
        return both == 0 ? 0 : 2.0 * counts[label][label] / both;
    }

    /** Mean recall of the classes there were. */
    double balancedAccuracy() {
        double sum = 0;
        int there = 0;
        for (int label = 0; label < counts.length; label++) {
            if (actual(label) > 0) {
                sum += recall(label);
                there++;
            }
        }
        return sum / there;
    }

    /** Matthews' for any number of classes (Gorodkin 2004); 0 when all is one class. */
    double matthews() {
        double all = total();
        double chance = 0;
        double predictedSquares = 0;
        double actualSquares = 0;
        for (int label = 0; label < counts.length; label++) {
            double predicted = predicted(label);
            double actual = actual(label);
            chance += predicted * actual;
            predictedSquares += predicted * predicted;
            actualSquares += actual * actual;
        }
        double scale =
                Math.sqrt(all * all - predictedSquares) * Math.sqrt(all * all - actualSquares);
        return scale == 0 ? 0 : (correct() * all - chance) / scale;
    }

    /** Cohen's; NaN when chance alone agrees always. */
    double kappa() {
        double all = total();
        double chance = 0;
        for (int label = 0; label < counts.length; label++) {
            chance += (double) predicted(label) * actual(label);
        }
        double expected = chance / (all * all);
        return expected == 1 ? Double.NaN : (correct() / all - expected) / (1 - expected);
    }
}
