package io.tidemark.features.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Predictions of about the same probability. Only bins with a prediction are told.
 *
 * @param from lower end of the bin, a tenth wide
 * @param meanProbability what was said
 * @param frequency what came
 */
public record CalibrationBin(double from, long count, double meanProbability, double frequency) {
    private static final int BINS = 10;

    static List<CalibrationBin> of(boolean[] came, double[] said) {
        long[] counts = new long[BINS];
        double[] sums = new double[BINS];
        long[] hits = new long[BINS];
        for (int i = 0; i < said.length; i++) {
            int bin = Math.min((int) (said[i] * BINS), BINS - 1);
            counts[bin]++;
            sums[bin] += said[i];
            hits[bin] += came[i] ? 1 : 0;
        }
        List<CalibrationBin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bins.add(
                        new CalibrationBin(
                                bin / (double) BINS,
                                counts[bin],
                                sums[bin] / counts[bin],
                                (double) hits[bin] / counts[bin]));
            }
        }
        return List.copyOf(bins);
    }

    static double error(List<CalibrationBin> bins, int total) {
        double sum = 0;
        for (CalibrationBin bin : bins) {
            sum += Math.abs(bin.meanProbability - bin.frequency) * bin.count / total;
        }
        return sum;
    }
}
