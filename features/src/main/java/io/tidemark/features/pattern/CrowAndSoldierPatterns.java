package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleShape.black;
import static io.tidemark.features.pattern.CandleShape.body;
import static io.tidemark.features.pattern.CandleShape.gapUp;
import static io.tidemark.features.pattern.CandleShape.lowerShadow;
import static io.tidemark.features.pattern.CandleShape.upperShadow;
import static io.tidemark.features.pattern.CandleShape.white;
import static io.tidemark.features.pattern.CandleThreshold.equal;
import static io.tidemark.features.pattern.CandleThreshold.far;
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.longShadow;
import static io.tidemark.features.pattern.CandleThreshold.near;
import static io.tidemark.features.pattern.CandleThreshold.shortBody;
import static io.tidemark.features.pattern.CandleThreshold.shortShadow;
import static io.tidemark.features.pattern.CandleThreshold.veryShortShadow;

import io.tidemark.features.bar.Bars;

/** Patterns of rows of black bars, the crows, or of white ones, the soldiers. i is the last bar. */
final class CrowAndSoldierPatterns {
    private CrowAndSoldierPatterns() {}

    /** A long white bar, then two black ones, from above back into it. */
    static int twoCrows(Bars b, int i) {
        return white(b, i - 2)
                        && body(b, i - 2) > longBody(b, i - 2)
                        && black(b, i - 1)
                        && gapUp(b, i - 2, i - 1)
                        && black(b, i)
                        && b.open(i) < b.open(i - 1)
                        && b.open(i) > b.close(i - 1)
                        && b.close(i) > b.open(i - 2)
                        && b.close(i) < b.close(i - 2)
                ? -100
                : 0;
    }

    /** Three black bars that close at their lows, each lower. */
    static int threeBlackCrows(Bars b, int i) {
        return white(b, i - 3)
                        && black(b, i - 2)
                        && lowerShadow(b, i - 2) < veryShortShadow(b, i - 2)
                        && black(b, i - 1)
                        && lowerShadow(b, i - 1) < veryShortShadow(b, i - 1)
                        && black(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && b.open(i - 1) < b.open(i - 2)
                        && b.open(i - 1) > b.close(i - 2)
                        && b.open(i) < b.open(i - 1)
                        && b.open(i) > b.close(i - 1)
                        && b.high(i - 3) > b.close(i - 2)
                        && b.close(i - 2) > b.close(i - 1)
                        && b.close(i - 1) > b.close(i)
                ? -100
                : 0;
    }

    /** Three black crows that each open at the close before. */
    static int identicalThreeCrows(Bars b, int i) {
        return black(b, i - 2)
                        && lowerShadow(b, i - 2) < veryShortShadow(b, i - 2)
                        && black(b, i - 1)
                        && lowerShadow(b, i - 1) < veryShortShadow(b, i - 1)
                        && black(b, i)
                        && lowerShadow(b, i) < veryShortShadow(b, i)
                        && b.close(i - 2) > b.close(i - 1)
                        && b.close(i - 1) > b.close(i)
                        && b.open(i - 1) <= b.close(i - 2) + equal(b, i - 2)
                        && b.open(i - 1) >= b.close(i - 2) - equal(b, i - 2)
                        && b.open(i) <= b.close(i - 1) + equal(b, i - 1)
                        && b.open(i) >= b.close(i - 1) - equal(b, i - 1)
                ? -100
                : 0;
    }

    /** Two black bars that stay above a long white one. */
    static int upsideGapTwoCrows(Bars b, int i) {
        return white(b, i - 2)
                        && body(b, i - 2) > longBody(b, i - 2)
                        && black(b, i - 1)
                        && body(b, i - 1) <= shortBody(b, i - 1)
                        && gapUp(b, i - 2, i - 1)
                        && black(b, i)
                        && b.open(i) > b.open(i - 1)
                        && b.close(i) < b.close(i - 1)
                        && b.close(i) > b.close(i - 2)
                ? -100
                : 0;
    }

    /** Three white bars that close at their highs, each higher. */
    static int threeWhiteSoldiers(Bars b, int i) {
        return white(b, i - 2)
                        && upperShadow(b, i - 2) < veryShortShadow(b, i - 2)
                        && white(b, i - 1)
                        && upperShadow(b, i - 1) < veryShortShadow(b, i - 1)
                        && white(b, i)
                        && upperShadow(b, i) < veryShortShadow(b, i)
                        && b.close(i) > b.close(i - 1)
                        && b.close(i - 1) > b.close(i - 2)
                        && b.open(i - 1) > b.open(i - 2)
                        && b.open(i - 1) <= b.close(i - 2) + near(b, i - 2)
                        && b.open(i) > b.open(i - 1)
                        && b.open(i) <= b.close(i - 1) + near(b, i - 1)
                        && body(b, i - 1) > body(b, i - 2) - far(b, i - 2)
                        && body(b, i) > body(b, i - 1) - far(b, i - 1)
                        && body(b, i) > shortBody(b, i)
                ? 100
                : 0;
    }

    /** Three white bars that lose their strength. */
    static int advanceBlock(Bars b, int i) {
        return white(b, i - 2)
                        && white(b, i - 1)
                        && white(b, i)
                        && b.close(i) > b.close(i - 1)
                        && b.close(i - 1) > b.close(i - 2)
                        && b.open(i - 1) > b.open(i - 2)
                        && b.open(i - 1) <= b.close(i - 2) + near(b, i - 2)
                        && b.open(i) > b.open(i - 1)
                        && b.open(i) <= b.close(i - 1) + near(b, i - 1)
                        && body(b, i - 2) > longBody(b, i - 2)
                        && upperShadow(b, i - 2) < shortShadow(b, i - 2)
                        && ((body(b, i - 1) < body(b, i - 2) - far(b, i - 2)
                                        && body(b, i) < body(b, i - 1) + near(b, i - 1))
                                || (body(b, i) < body(b, i - 1) - far(b, i - 1))
                                || (body(b, i) < body(b, i - 1)
                                        && body(b, i - 1) < body(b, i - 2)
                                        && (upperShadow(b, i) > shortShadow(b, i)
                                                || upperShadow(b, i - 1) > shortShadow(b, i - 1)))
                                || (body(b, i) < body(b, i - 1)
                                        && upperShadow(b, i) > longShadow(b, i)))
                ? -100
                : 0;
    }

    /** Two long white bars and a small one that rides on them. */
    static int stalledPattern(Bars b, int i) {
        return white(b, i - 2)
                        && white(b, i - 1)
                        && white(b, i)
                        && b.close(i) > b.close(i - 1)
                        && b.close(i - 1) > b.close(i - 2)
                        && body(b, i - 2) > longBody(b, i - 2)
                        && body(b, i - 1) > longBody(b, i - 1)
                        && upperShadow(b, i - 1) < veryShortShadow(b, i - 1)
                        && b.open(i - 1) > b.open(i - 2)
                        && b.open(i - 1) <= b.close(i - 2) + near(b, i - 2)
                        && body(b, i) < shortBody(b, i)
                        && b.open(i) >= b.close(i - 1) - body(b, i) - near(b, i - 1)
                ? -100
                : 0;
    }
}
