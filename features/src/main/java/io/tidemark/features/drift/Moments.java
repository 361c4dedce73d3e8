package io.tidemark.features.drift;

/**
 * Count, mean and spread of finite values. Merged by the formula of Chan, Golub and LeVeque (1983),
 * which does not cancel.
 *
 * @param count of values, 0 or more
 * @param mean of them; 0 when there is none
 * @param squares sum of the squared distances to the mean
 */
public record Moments(long count, double mean, double squares) {
    /** Of no values. */
    public static final Moments NONE = new Moments(0, 0, 0);

    /** With one value more; NaN and infinite ones are passed over. */
    public Moments with(double value) {
        if (!Double.isFinite(value)) {
            return this;
        }
        double distance = value - mean;
        double moved = mean + distance / (count + 1);
        return new Moments(count + 1, moved, squares + distance * (value - moved));
    }

    /** Of these values and others. */
    public Moments and(Moments other) {
        if (count == 0) {
            return other;
        }
        if (other.count == 0) {
            return this;
        }
        long all = count + other.count;
        double distance = other.mean - mean;
        return new Moments(
                all,
                mean + distance * other.count / all,
                squares
                        + other.squares
                        + distance * distance * ((double) count * other.count / all));
    }

    /** Standard deviation of the sample (divisor n - 1); NaN of fewer than two values. */
    public double std() {
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
    }
}
