package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleShape.black;
import static io.tidemark.features.pattern.CandleShape.body;
import static io.tidemark.features.pattern.CandleShape.colour;
import static io.tidemark.features.pattern.CandleShape.lowerShadow;
import static io.tidemark.features.pattern.CandleShape.upperShadow;
import static io.tidemark.features.pattern.CandleShape.white;
import static io.tidemark.features.pattern.CandleThreshold.equal;
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.veryShortShadow;

import io.tidemark.features.bar.Bars;

/**
 * Patterns of two bars of opposite colours that meet at a line, or part from it. i is the last bar.
 */
final class NeckLinePatterns {
    private NeckLinePatterns() {}

    /** A white bar from below up to the low of a long black one. */
    static int onNeck(Bars b, int i) {
        return black(b, i - 1)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && white(b, i)
                        && b.open(i) < b.low(i - 1)
                        && b.close(i) <= b.low(i - 1) + equal(b, i - 1)
                        && b.close(i) >= b.low(i - 1) - equal(b, i - 1)
                ? -100
                : 0;
    }

    /** A white bar from below up to, or just over, the close of a long black one. */
    static int inNeck(Bars b, int i) {
        return black(b, i - 1)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && white(b, i)
                        && b.open(i) < b.low(i - 1)
                        && b.close(i) <= b.close(i - 1) + equal(b, i - 1)
                        && b.close(i) >= b.close(i - 1)
                ? -100
                : 0;
    }

    /** A white bar from below into, not over, the middle of a long black one. */
    static int thrusting(Bars b, int i) {
        return black(b, i - 1)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && white(b, i)
                        && b.open(i) < b.low(i - 1)
                        && b.close(i) > b.close(i - 1) + equal(b, i - 1)
                        && b.close(i) <= b.close(i - 1) + body(b, i - 1) * 0.5
                ? -100
                : 0;
    }

    /** Two long opposite bars with the same close. */
    static int counterattack(Bars b, int i) {
        return colour(b, i - 1) != colour(b, i)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && body(b, i) > longBody(b, i)
                        && b.close(i) <= b.close(i - 1) + equal(b, i - 1)
                        && b.close(i) >= b.close(i - 1) - equal(b, i - 1)
                ? colour(b, i) * 100
                : 0;
    }

    /** Two opposite bars with the same open, the second a belt hold. */
    static int separatingLines(Bars b, int i) {
        return colour(b, i - 1) != colour(b, i)
                        && b.open(i) <= b.open(i - 1) + equal(b, i - 1)
                        && b.open(i) >= b.open(i - 1) - equal(b, i - 1)
                        && body(b, i) > longBody(b, i)
                        && ((white(b, i) && lowerShadow(b, i) < veryShortShadow(b, i))
                                || (black(b, i) && upperShadow(b, i) < veryShortShadow(b, i)))
                ? colour(b, i) * 100
                : 0;
    }

    /** Two opposite marubozus apart by a gap; the second says the sign. */
    static int kicking(Bars b, int i) {
        return colour(b, i - 1) != colour(b, i)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && upperShadow(b, i - 1) < veryShortShadow(b, i - 1)
                        && lowerShadow(b, i - 1) < veryShortShadow(b, i - 1)
                        && body(b, i) > longBody(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && ((black(b, i - 1) && b.low(i) > b.high(i - 1))
                                || (white(b, i - 1) && b.high(i) < b.low(i - 1)))
                ? colour(b, i) * 100
                : 0;
    }

    /** Two opposite marubozus apart by a gap; the longer says the sign. */
    static int kickingByLength(Bars b, int i) {
        if (kicking(b, i) == 0) {
            return 0;
        }
        return colour(b, body(b, i) > body(b, i - 1) ? i : i - 1) * 100;
    }
}
