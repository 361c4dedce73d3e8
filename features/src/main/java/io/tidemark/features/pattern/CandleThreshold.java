package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleShape.body;
import static io.tidemark.features.pattern.CandleShape.lowerShadow;
import static io.tidemark.features.pattern.CandleShape.range;
import static io.tidemark.features.pattern.CandleShape.upperShadow;

import io.tidemark.features.bar.Bars;

/**
 * What counts as long, short or near for bar i, in quote currency: TA-Lib's default candle
 * settings, a factor of a mean over the bars before it. The sums run from the oldest bar to the
 * newest, as TA-Lib's do when it is asked for one bar.
 */
final class CandleThreshold {
    private static final int BARS = 10;
    private static final int NEAR_BARS = 5;

    private CandleThreshold() {}

    /** Bodies above it are long: the mean body. */
    static double longBody(Bars b, int i) {
        double sum = 0;
        for (int k = i - BARS; k < i; k++) {
            sum += body(b, k);
        }
        return sum / BARS;
    }

    /** Bodies below it are short: the mean body. */
    static double shortBody(Bars b, int i) {
        return longBody(b, i);
    }

    /** Bodies up to it are dojis: a tenth of the mean range. */
    static double dojiBody(Bars b, int i) {
        return 0.1 * meanRange(b, i, BARS);
    }

    /** Shadows above it are long: the bar's own body. */
    static double longShadow(Bars b, int i) {
        return body(b, i);
    }

    /** Shadows above it are very long: twice the bar's own body. */
    static double veryLongShadow(Bars b, int i) {
        return 2 * body(b, i);
    }

    /** Shadows below it are short: half the mean of both shadows together. */
    static double shortShadow(Bars b, int i) {
        double sum = 0;
        for (int k = i - BARS; k < i; k++) {
            sum += upperShadow(b, k) + lowerShadow(b, k);
        }
        return sum / BARS / 2;
    }

    /** Shadows below it are very short: a tenth of the mean range. */
    static double veryShortShadow(Bars b, int i) {
        return 0.1 * meanRange(b, i, BARS);
    }

    /** A distance up to it is near: a fifth of the mean range of five bars. */
    static double near(Bars b, int i) {
        return 0.2 * meanRange(b, i, NEAR_BARS);
    }

    /** A distance above it is far: three fifths of the mean range of five bars. */
    static double far(Bars b, int i) {
        return 0.6 * meanRange(b, i, NEAR_BARS);
    }

    /** A distance up to it is none: a twentieth of the mean range of five bars. */
    static double equal(Bars b, int i) {
        return 0.05 * meanRange(b, i, NEAR_BARS);
    }

    private static double meanRange(Bars b, int i, int bars) {
        double sum = 0;
        for (int k = i - bars; k < i; k++) {
            sum += range(b, k);
        }
        return sum / bars;
    }
}
