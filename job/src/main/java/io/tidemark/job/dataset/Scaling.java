package io.tidemark.job.dataset;

/**
 * What is done to each feature: clipped, then standardized, by mean and deviation of the train rows
 * of its fold and nothing else.
 *
 * @param means of the features; NaN of one that train has no value of, which stays as it is
 * @param deviations population standard deviations; of 0 a value only loses its mean
 * @param clip to so many deviations; 0: not
 */
record Scaling(double[] means, double[] deviations, double clip, boolean standardized) {

    static Scaling fitted(DatasetSpec spec, SplitStatistics train) {
        int features = train.features();
        double[] means = new double[features];
        double[] deviations = new double[features];
        for (int i = 0; i < features; i++) {
            means[i] = train.mean(i);
            deviations[i] = train.deviation(i);
        }
        return new Scaling(means, deviations, spec.clip(), spec.standardized());
    }

    /** The features scaled, in a new array with room for the label. */
    double[] of(double[] features) {
        double[] scaled = new double[features.length + 1];
        for (int i = 0; i < features.length; i++) {
            scaled[i] = Double.isNaN(means[i]) ? features[i] : one(i, features[i]);
        }
        return scaled;
    }

    private double one(int feature, double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        double mean = means[feature];
        double deviation = deviations[feature];
        double result = value;
        if (clip > 0) {
            result = Math.max(mean - clip * deviation, result);
            result = Math.min(mean + clip * deviation, result);
        }
        if (standardized) {
            result = deviation > 0 ? (result - mean) / deviation : result - mean;
        }
        return result;
    }
}
