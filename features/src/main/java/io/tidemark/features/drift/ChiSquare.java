package io.tidemark.features.drift;

/** The chi-squared distribution of any positive number of degrees of freedom. */
public final class ChiSquare {
    /** Lanczos (1964), g = 7, n = 9: relative error below 1e-14. */
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private static final int ITERATIONS = 10_000;

    private ChiSquare() {}

    /**
     * P(X > x), 0 to 1: the regularised upper incomplete gamma function Q(df/2, x/2), by its series
     * below df/2 + 1 and its continued fraction (modified Lentz) above it. DLMF 8.11.4, 8.9.2.
     *
     * @param degreesOfFreedom more than 0
     */
    public static double upperTail(double x, double degreesOfFreedom) {
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException(
                    "degrees of freedom must be more than 0, got " + degreesOfFreedom);
        }
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x <= 0) {
            return 1;
        }
        double a = degreesOfFreedom / 2;
        double half = x / 2;
        double front = Math.exp(a * Math.log(half) - half - lnGamma(a));
        return half < a + 1 ? 1 - front * series(a, half) : front * continuedFraction(a, half);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int k = 1; k < ITERATIONS && term > sum * 1e-17; k++) {
            term *= x / (a + k);
            sum += term;
        }
        return sum;
    }

    private static double continuedFraction(double a, double x) {
        double tiny = Double.MIN_NORMAL;
        double b = x + 1 - a;
        double c = 1 / tiny;
        double d = 1 / b;
        double h = d;
        for (int k = 1; k < ITERATIONS; k++) {
            double an = -k * (k - a);
            b += 2;
            d = an * d + b;
            d = 1 / (Math.abs(d) < tiny ? tiny : d);
            c = b + an / c;
            c = Math.abs(c) < tiny ? tiny : c;
            double factor = d * c;
            h *= factor;
            if (Math.abs(factor - 1) < 1e-16) {
                break;
            }
        }
        return h;
    }

    /** ln of the gamma function, z more than 0. */
    static double lnGamma(double z) {
        if (z < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * z)) - lnGamma(1 - z);
        }
        double x = z - 1;
        double sum = LANCZOS[0];
        for (int k = 1; k < LANCZOS.length; k++) {
            sum += LANCZOS[k] / (x + k);
        }
        double t = x + LANCZOS.length - 1.5;
        return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum);
    }

    /**
     * The x with P(X > x) = tail, by bisection to a relative 1e-13.
     *
     * @param tail between 0 and 1, both out
     */
    public static double quantileOfUpperTail(double tail, double degreesOfFreedom) {
        if (!(tail > 0 && tail < 1)) {
            throw new IllegalArgumentException("a tail must be between 0 and 1, got " + tail);
        }
        double low = 0;
        double high = Math.max(1, 2 * degreesOfFreedom);
        while (upperTail(high, degreesOfFreedom) > tail) {
            low = high;
            high *= 2;
        }
        while (high - low > 1e-13 * high) {
            double middle = (low + high) / 2;
            if (upperTail(middle, degreesOfFreedom) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
