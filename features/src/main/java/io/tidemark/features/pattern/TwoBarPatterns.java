package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleShape.black;
import static io.tidemark.features.pattern.CandleShape.body;
import static io.tidemark.features.pattern.CandleShape.bodyHigh;
import static io.tidemark.features.pattern.CandleShape.bodyLow;
import static io.tidemark.features.pattern.CandleShape.colour;
import static io.tidemark.features.pattern.CandleShape.gapDown;
import static io.tidemark.features.pattern.CandleShape.gapUp;
import static io.tidemark.features.pattern.CandleShape.lowerShadow;
import static io.tidemark.features.pattern.CandleShape.upperShadow;
import static io.tidemark.features.pattern.CandleShape.white;
import static io.tidemark.features.pattern.CandleThreshold.dojiBody;
import static io.tidemark.features.pattern.CandleThreshold.equal;
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.longShadow;
import static io.tidemark.features.pattern.CandleThreshold.near;
import static io.tidemark.features.pattern.CandleThreshold.shortBody;
import static io.tidemark.features.pattern.CandleThreshold.veryShortShadow;

import io.tidemark.features.bar.Bars;

/**
 * Patterns of two bars that turn a move, or say how the second answers the first. i is the last
 * bar.
 */
final class TwoBarPatterns {
    private TwoBarPatterns() {}

    /** A small body over a long lower shadow, near or below the low before. */
    static int hammer(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && lowerShadow(b, i) > longShadow(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && bodyLow(b, i) <= b.low(i - 1) + near(b, i - 1)
                ? 100
                : 0;
    }

    /** A small body over a long lower shadow, near or above the high before. */
    static int hangingMan(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && lowerShadow(b, i) > longShadow(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && bodyLow(b, i) >= b.high(i - 1) - near(b, i - 1)
                ? -100
                : 0;
    }

    /** A small body under a long upper shadow, below the body before. */
    static int invertedHammer(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && upperShadow(b, i) > longShadow(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && gapDown(b, i - 1, i)
                ? 100
                : 0;
    }

    /** A small body under a long upper shadow, above the body before. */
    static int shootingStar(Bars b, int i) {
        return body(b, i) < shortBody(b, i)
                        && upperShadow(b, i) > longShadow(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && gapUp(b, i - 1, i)
                ? -100
                : 0;
    }

    /** A body around the whole of an opposite one. */
    static int engulfing(Bars b, int i) {
        return (white(b, i)
                                && black(b, i - 1)
                                && b.close(i) > b.open(i - 1)
                                && b.open(i) < b.close(i - 1))
                        || (black(b, i)
                                && white(b, i - 1)
                                && b.open(i) > b.close(i - 1)
                                && b.close(i) < b.open(i - 1))
                ? colour(b, i) * 100
                : 0;
    }

    /** A short body within a long one. */
    static int harami(Bars b, int i) {
        return body(b, i - 1) > longBody(b, i - 1)
                        && body(b, i) <= shortBody(b, i)
                        && bodyHigh(b, i) < bodyHigh(b, i - 1)
                        && bodyLow(b, i) > bodyLow(b, i - 1)
                ? -colour(b, i - 1) * 100
                : 0;
    }

    /** A doji within a long body. */
    static int haramiCross(Bars b, int i) {
        return body(b, i - 1) > longBody(b, i - 1)
                        && body(b, i) <= dojiBody(b, i)
                        && bodyHigh(b, i) < bodyHigh(b, i - 1)
                        && bodyLow(b, i) > bodyLow(b, i - 1)
                ? -colour(b, i - 1) * 100
                : 0;
    }

    /** A short black body within a long black one. */
    static int homingPigeon(Bars b, int i) {
        return black(b, i - 1)
                        && black(b, i)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && body(b, i) <= shortBody(b, i)
                        && b.open(i) < b.open(i - 1)
                        && b.close(i) > b.close(i - 1)
                ? 100
                : 0;
    }

    /** Two black bars with the same close. */
    static int matchingLow(Bars b, int i) {
        return black(b, i - 1)
                        && black(b, i)
                        && b.close(i) <= b.close(i - 1) + equal(b, i - 1)
                        && b.close(i) >= b.close(i - 1) - equal(b, i - 1)
                ? 100
                : 0;
    }

    /** A white bar from below the low to above the middle of a long black one. */
    static int piercing(Bars b, int i) {
        return black(b, i - 1)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && white(b, i)
                        && body(b, i) > longBody(b, i)
                        && b.open(i) < b.low(i - 1)
                        && b.close(i) < b.open(i - 1)
                        && b.close(i) > b.close(i - 1) + body(b, i - 1) * 0.5
                ? 100
                : 0;
    }

    /** A black bar from above the high to below the middle of a long white one. */
    static int darkCloudCover(Bars b, int i) {
        return white(b, i - 1)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && black(b, i)
                        && b.open(i) > b.high(i - 1)
                        && b.close(i) > b.open(i - 1)
                        && b.close(i) < b.close(i - 1) - body(b, i - 1) * 0.5
                ? -100
                : 0;
    }
}
