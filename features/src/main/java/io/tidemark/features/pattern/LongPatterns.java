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
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.near;
import static io.tidemark.features.pattern.CandleThreshold.shortBody;
import static io.tidemark.features.pattern.CandleThreshold.veryShortShadow;

import io.tidemark.features.bar.Bars;

/** Patterns of four and five bars. i is the last bar. */
final class LongPatterns {
    private LongPatterns() {}

    /** Three bars one way that the fourth undoes. */
    static int threeLineStrike(Bars b, int i) {
        return colour(b, i - 3) == colour(b, i - 2)
                        && colour(b, i - 2) == colour(b, i - 1)
                        && colour(b, i) != colour(b, i - 1)
                        && b.open(i - 2) >= bodyLow(b, i - 3) - near(b, i - 3)
                        && b.open(i - 2) <= bodyHigh(b, i - 3) + near(b, i - 3)
                        && b.open(i - 1) >= bodyLow(b, i - 2) - near(b, i - 2)
                        && b.open(i - 1) <= bodyHigh(b, i - 2) + near(b, i - 2)
                        && ((white(b, i - 1)
                                        && b.close(i - 1) > b.close(i - 2)
                                        && b.close(i - 2) > b.close(i - 3)
                                        && b.open(i) > b.close(i - 1)
                                        && b.close(i) < b.open(i - 3))
                                || (black(b, i - 1)
                                        && b.close(i - 1) < b.close(i - 2)
                                        && b.close(i - 2) < b.close(i - 3)
                                        && b.open(i) < b.close(i - 1)
                                        && b.close(i) > b.open(i - 3)))
                ? colour(b, i - 1) * 100
                : 0;
    }

    /** Four black bars, the last around the whole third. */
    static int concealingBabySwallow(Bars b, int i) {
        return black(b, i - 3)
                        && black(b, i - 2)
                        && black(b, i - 1)
                        && black(b, i)
                        && lowerShadow(b, i - 3) < veryShortShadow(b, i - 3)
                        && upperShadow(b, i - 3) < veryShortShadow(b, i - 3)
                        && lowerShadow(b, i - 2) < veryShortShadow(b, i - 2)
                        && upperShadow(b, i - 2) < veryShortShadow(b, i - 2)
                        && gapDown(b, i - 2, i - 1)
                        && upperShadow(b, i - 1) > veryShortShadow(b, i - 1)
                        && b.high(i - 1) > b.close(i - 2)
                        && b.high(i) > b.high(i - 1)
                        && b.low(i) < b.low(i - 1)
                ? 100
                : 0;
    }

    /** A run away by a gap, undone by the fifth bar. */
    static int breakaway(Bars b, int i) {
        return body(b, i - 4) > longBody(b, i - 4)
                        && colour(b, i - 4) == colour(b, i - 3)
                        && colour(b, i - 3) == colour(b, i - 1)
                        && colour(b, i - 1) != colour(b, i)
                        && ((black(b, i - 4)
                                        && gapDown(b, i - 4, i - 3)
                                        && b.high(i - 2) < b.high(i - 3)
                                        && b.low(i - 2) < b.low(i - 3)
                                        && b.high(i - 1) < b.high(i - 2)
                                        && b.low(i - 1) < b.low(i - 2)
                                        && b.close(i) > b.open(i - 3)
                                        && b.close(i) < b.close(i - 4))
                                || (white(b, i - 4)
                                        && gapUp(b, i - 4, i - 3)
                                        && b.high(i - 2) > b.high(i - 3)
                                        && b.low(i - 2) > b.low(i - 3)
                                        && b.high(i - 1) > b.high(i - 2)
                                        && b.low(i - 1) > b.low(i - 2)
                                        && b.close(i) < b.open(i - 3)
                                        && b.close(i) > b.close(i - 4)))
                ? colour(b, i) * 100
                : 0;
    }

    /** Four black bars down, then a white one up by a gap. */
    static int ladderBottom(Bars b, int i) {
        return black(b, i - 4)
                        && black(b, i - 3)
                        && black(b, i - 2)
                        && b.open(i - 4) > b.open(i - 3)
                        && b.open(i - 3) > b.open(i - 2)
                        && b.close(i - 4) > b.close(i - 3)
                        && b.close(i - 3) > b.close(i - 2)
                        && black(b, i - 1)
                        && upperShadow(b, i - 1) > veryShortShadow(b, i - 1)
                        && white(b, i)
                        && b.open(i) > b.open(i - 1)
                        && b.close(i) > b.high(i - 1)
                ? 100
                : 0;
    }

    /** A long white bar, three small ones that hold it, a new high. */
    static int matHold(Bars b, int i) {
        return body(b, i - 4) > longBody(b, i - 4)
                        && body(b, i - 3) < shortBody(b, i - 3)
                        && body(b, i - 2) < shortBody(b, i - 2)
                        && body(b, i - 1) < shortBody(b, i - 1)
                        && white(b, i - 4)
                        && black(b, i - 3)
                        && white(b, i)
                        && gapUp(b, i - 4, i - 3)
                        && bodyLow(b, i - 2) < b.close(i - 4)
                        && bodyLow(b, i - 1) < b.close(i - 4)
                        && bodyLow(b, i - 2) > b.close(i - 4) - body(b, i - 4) * 0.5
                        && bodyLow(b, i - 1) > b.close(i - 4) - body(b, i - 4) * 0.5
                        && bodyHigh(b, i - 2) < b.open(i - 3)
                        && bodyHigh(b, i - 1) < bodyHigh(b, i - 2)
                        && b.open(i) > b.close(i - 1)
                        && b.close(i)
                                > Math.max(Math.max(b.high(i - 3), b.high(i - 2)), b.high(i - 1))
                ? 100
                : 0;
    }

    /** A long bar, three small ones against it within its range, a long one on. */
    static int risingFallingThreeMethods(Bars b, int i) {
        return body(b, i - 4) > longBody(b, i - 4)
                        && body(b, i - 3) < shortBody(b, i - 3)
                        && body(b, i - 2) < shortBody(b, i - 2)
                        && body(b, i - 1) < shortBody(b, i - 1)
                        && body(b, i) > longBody(b, i)
                        && colour(b, i - 4) != colour(b, i - 3)
                        && colour(b, i - 3) == colour(b, i - 2)
                        && colour(b, i - 2) == colour(b, i - 1)
                        && colour(b, i - 1) != colour(b, i)
                        && bodyLow(b, i - 3) < b.high(i - 4)
                        && bodyHigh(b, i - 3) > b.low(i - 4)
                        && bodyLow(b, i - 2) < b.high(i - 4)
                        && bodyHigh(b, i - 2) > b.low(i - 4)
                        && bodyLow(b, i - 1) < b.high(i - 4)
                        && bodyHigh(b, i - 1) > b.low(i - 4)
                        && b.close(i - 2) * colour(b, i - 4) < b.close(i - 3) * colour(b, i - 4)
                        && b.close(i - 1) * colour(b, i - 4) < b.close(i - 2) * colour(b, i - 4)
                        && b.open(i) * colour(b, i - 4) > b.close(i - 1) * colour(b, i - 4)
                        && b.close(i) * colour(b, i - 4) > b.close(i - 4) * colour(b, i - 4)
                ? 100 * colour(b, i - 4)
                : 0;
    }
}
