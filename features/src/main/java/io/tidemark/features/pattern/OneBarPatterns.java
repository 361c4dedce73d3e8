package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleShape.black;
import static io.tidemark.features.pattern.CandleShape.body;
import static io.tidemark.features.pattern.CandleShape.bodyHigh;
import static io.tidemark.features.pattern.CandleShape.bodyLow;
import static io.tidemark.features.pattern.CandleShape.colour;
import static io.tidemark.features.pattern.CandleShape.lowerShadow;
import static io.tidemark.features.pattern.CandleShape.range;
import static io.tidemark.features.pattern.CandleShape.upperShadow;
import static io.tidemark.features.pattern.CandleShape.white;
import static io.tidemark.features.pattern.CandleThreshold.dojiBody;
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.longShadow;
import static io.tidemark.features.pattern.CandleThreshold.near;
import static io.tidemark.features.pattern.CandleThreshold.shortBody;
import static io.tidemark.features.pattern.CandleThreshold.shortShadow;
import static io.tidemark.features.pattern.CandleThreshold.veryLongShadow;
import static io.tidemark.features.pattern.CandleThreshold.veryShortShadow;

import io.tidemark.features.bar.Bars;

/**
 * Patterns of one bar: how its body and shadows compare with those of the ten before. i is the last
 * bar.
 */
final class OneBarPatterns {
    private OneBarPatterns() {}

    /** Open and close nearly the same. */
    static int doji(Bars b, int i) {
        return body(b, i) <= dojiBody(b, i) ? 100 : 0;
    }

    /** A doji at the top of its range. */
    static int dragonflyDoji(Bars b, int i) {
        return body(b, i) <= dojiBody(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && lowerShadow(b, i) > veryShortShadow(b, i)
                ? 100
                : 0;
    }

    /** A doji at the bottom of its range. */
    static int gravestoneDoji(Bars b, int i) {
        return body(b, i) <= dojiBody(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && upperShadow(b, i) > veryShortShadow(b, i)
                ? 100
                : 0;
    }

    /** A doji with a long shadow. */
    static int longLeggedDoji(Bars b, int i) {
        return body(b, i) <= dojiBody(b, i)
                        && (lowerShadow(b, i) > longShadow(b, i)
                                || upperShadow(b, i) > longShadow(b, i))
                ? 100
                : 0;
    }

    /** A long-legged doji with its body in the middle. */
    static int rickshawMan(Bars b, int i) {
        return body(b, i) <= dojiBody(b, i)
                        && lowerShadow(b, i) > longShadow(b, i)
                        && upperShadow(b, i) > longShadow(b, i)
                        && (bodyLow(b, i) <= b.low(i) + range(b, i) / 2 + near(b, i)
                                && bodyHigh(b, i) >= b.low(i) + range(b, i) / 2 - near(b, i))
                ? 100
                : 0;
    }

    /** A dragonfly doji with a very long lower shadow. */
    static int takuri(Bars b, int i) {
        return body(b, i) <= dojiBody(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && lowerShadow(b, i) > veryLongShadow(b, i)
                ? 100
                : 0;
    }

    /** A long body nearly without shadows. */
    static int marubozu(Bars b, int i) {
        return body(b, i) > longBody(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                ? colour(b, i) * 100
                : 0;
    }

    /** A long body without a shadow at the close. */
    static int closingMarubozu(Bars b, int i) {
        return body(b, i) > longBody(b, i)
                        && ((white(b, i) && upperShadow(b, i) < veryShortShadow(b, i))
                                || (black(b, i) && lowerShadow(b, i) < veryShortShadow(b, i)))
                ? colour(b, i) * 100
                : 0;
    }

    /** A long body without a shadow at the open. */
    static int beltHold(Bars b, int i) {
        return body(b, i) > longBody(b, i)
                        && ((white(b, i) && lowerShadow(b, i) < veryShortShadow(b, i))
                                || (black(b, i) && upperShadow(b, i) < veryShortShadow(b, i)))
                ? colour(b, i) * 100
                : 0;
    }

    /** A long body with short shadows. */
    static int longLine(Bars b, int i) {
        return body(b, i) > longBody(b, i)
                        && upperShadow(b, i) < shortShadow(b, i)
                        && lowerShadow(b, i) < shortShadow(b, i)
                ? colour(b, i) * 100
                : 0;
    }

    /** A short body with short shadows. */
    static int shortLine(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && upperShadow(b, i) < shortShadow(b, i)
                        && lowerShadow(b, i) < shortShadow(b, i)
                ? colour(b, i) * 100
                : 0;
    }

    /** A short body between shadows longer than it. */
    static int spinningTop(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && upperShadow(b, i) > body(b, i)
                        && lowerShadow(b, i) > body(b, i)
                ? colour(b, i) * 100
                : 0;
    }

    /** A short body between very long shadows. */
    static int highWave(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && upperShadow(b, i) > veryLongShadow(b, i)
                        && lowerShadow(b, i) > veryLongShadow(b, i)
                ? colour(b, i) * 100
                : 0;
    }
}
