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
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.longShadow;
import static io.tidemark.features.pattern.CandleThreshold.shortBody;
import static io.tidemark.features.pattern.CandleThreshold.veryShortShadow;

import io.tidemark.features.bar.Bars;

/** Patterns with a small body, the star, away from the bodies beside it. i is the last bar. */
final class StarPatterns {
    private StarPatterns() {}

    /** A doji that gaps from a long body. */
    static int dojiStar(Bars b, int i) {
        return body(b, i - 1) > longBody(b, i - 1)
                        && body(b, i) <= dojiBody(b, i)
                        && ((white(b, i - 1) && gapUp(b, i - 1, i))
                                || (black(b, i - 1) && gapDown(b, i - 1, i)))
                ? -colour(b, i - 1) * 100
                : 0;
    }

    /** A star below a long black bar, then a white one well into it. */
    static int morningStar(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && black(b, i - 2)
                        && body(b, i - 1) <= shortBody(b, i - 1)
                        && gapDown(b, i - 2, i - 1)
                        && body(b, i) > shortBody(b, i)
                        && white(b, i)
                        && b.close(i) > b.close(i - 2) + body(b, i - 2) * 0.3
                ? 100
                : 0;
    }

    /** A morning star whose star is a doji. */
    static int morningDojiStar(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && black(b, i - 2)
                        && body(b, i - 1) <= dojiBody(b, i - 1)
                        && gapDown(b, i - 2, i - 1)
                        && body(b, i) > shortBody(b, i)
                        && white(b, i)
                        && b.close(i) > b.close(i - 2) + body(b, i - 2) * 0.3
                ? 100
                : 0;
    }

    /** A star above a long white bar, then a black one well into it. */
    static int eveningStar(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && white(b, i - 2)
                        && body(b, i - 1) <= shortBody(b, i - 1)
                        && gapUp(b, i - 2, i - 1)
                        && body(b, i) > shortBody(b, i)
                        && black(b, i)
                        && b.close(i) < b.close(i - 2) - body(b, i - 2) * 0.3
                ? -100
                : 0;
    }

    /** An evening star whose star is a doji. */
    static int eveningDojiStar(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && white(b, i - 2)
                        && body(b, i - 1) <= dojiBody(b, i - 1)
                        && gapUp(b, i - 2, i - 1)
                        && body(b, i) > shortBody(b, i)
                        && black(b, i)
                        && b.close(i) < b.close(i - 2) - body(b, i - 2) * 0.3
                ? -100
                : 0;
    }

    /** A doji star that no shadow reaches. */
    static int abandonedBaby(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && body(b, i - 1) <= dojiBody(b, i - 1)
                        && body(b, i) > shortBody(b, i)
                        && ((white(b, i - 2)
                                        && black(b, i)
                                        && b.close(i) < b.close(i - 2) - body(b, i - 2) * 0.3
                                        && b.low(i - 1) > b.high(i - 2)
                                        && b.high(i) < b.low(i - 1))
                                || (black(b, i - 2)
                                        && white(b, i)
                                        && b.close(i) > b.close(i - 2) + body(b, i - 2) * 0.3
                                        && b.high(i - 1) < b.low(i - 2)
                                        && b.low(i) > b.high(i - 1)))
                ? colour(b, i) * 100
                : 0;
    }

    /** Three dojis, the middle one apart. */
    static int tristar(Bars b, int i) {
        if (body(b, i - 2) > dojiBody(b, i - 2)
                || body(b, i - 1) > dojiBody(b, i - 2)
                || body(b, i) > dojiBody(b, i - 2)) {
            return 0;
        }
        if (gapUp(b, i - 2, i - 1) && bodyHigh(b, i) < bodyHigh(b, i - 1)) {
            return -100;
        }
        return gapDown(b, i - 2, i - 1) && bodyLow(b, i) > bodyLow(b, i - 1) ? 100 : 0;
    }

    /** Three black bars, each within the one before. */
    static int threeStarsInSouth(Bars b, int i) {
        return black(b, i - 2)
                        && black(b, i - 1)
                        && black(b, i)
                        && body(b, i - 2) > longBody(b, i - 2)
                        && lowerShadow(b, i - 2) > longShadow(b, i - 2)
                        && body(b, i - 1) < body(b, i - 2)
                        && b.open(i - 1) > b.close(i - 2)
                        && b.open(i - 1) <= b.high(i - 2)
                        && b.low(i - 1) < b.close(i - 2)
                        && b.low(i - 1) >= b.low(i - 2)
                        && lowerShadow(b, i - 1) > veryShortShadow(b, i - 1)
                        && body(b, i) < shortBody(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && b.low(i) > b.low(i - 1)
                        && b.high(i) < b.high(i - 1)
                ? 100
                : 0;
    }

    /** A long black bar, a black one that makes a new low, a small white one above it. */
    static int uniqueThreeRiver(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && black(b, i - 2)
                        && black(b, i - 1)
                        && b.close(i - 1) > b.close(i - 2)
                        && b.open(i - 1) <= b.open(i - 2)
                        && b.low(i - 1) < b.low(i - 2)
                        && body(b, i) < shortBody(b, i)
                        && white(b, i)
                        && b.open(i) > b.low(i - 1)
                ? 100
                : 0;
    }
}
