package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleShape.black;
import static io.tidemark.features.pattern.CandleShape.body;
import static io.tidemark.features.pattern.CandleShape.bodyHigh;
import static io.tidemark.features.pattern.CandleShape.bodyLow;
import static io.tidemark.features.pattern.CandleShape.colour;
import static io.tidemark.features.pattern.CandleShape.gapDown;
import static io.tidemark.features.pattern.CandleShape.gapUp;
import static io.tidemark.features.pattern.CandleShape.white;
import static io.tidemark.features.pattern.CandleThreshold.equal;
import static io.tidemark.features.pattern.CandleThreshold.longBody;
import static io.tidemark.features.pattern.CandleThreshold.near;
import static io.tidemark.features.pattern.CandleThreshold.shortBody;

import io.tidemark.features.bar.Bars;

/** Patterns of three bars that confirm one of two, and those around a gap. i is the last bar. */
final class ThreeBarPatterns {
    private ThreeBarPatterns() {}

    /** A harami that the next bar confirms. */
    static int threeInside(Bars b, int i) {
        return body(b, i - 2) > longBody(b, i - 2)
                        && body(b, i - 1) <= shortBody(b, i - 1)
                        && bodyHigh(b, i - 1) < bodyHigh(b, i - 2)
                        && bodyLow(b, i - 1) > bodyLow(b, i - 2)
                        && ((white(b, i - 2) && black(b, i) && b.close(i) < b.open(i - 2))
                                || (black(b, i - 2) && white(b, i) && b.close(i) > b.open(i - 2)))
                ? -colour(b, i - 2) * 100
                : 0;
    }

    /** An engulfing that the next bar confirms. */
    static int threeOutside(Bars b, int i) {
        return (white(b, i - 1)
                                && black(b, i - 2)
                                && b.close(i - 1) > b.open(i - 2)
                                && b.open(i - 1) < b.close(i - 2)
                                && b.close(i) > b.close(i - 1))
                        || (black(b, i - 1)
                                && white(b, i - 2)
                                && b.open(i - 1) > b.close(i - 2)
                                && b.close(i - 1) < b.open(i - 2)
                                && b.close(i) < b.close(i - 1))
                ? colour(b, i - 1) * 100
                : 0;
    }

    /** Two black bars with the same close around a white one. */
    static int stickSandwich(Bars b, int i) {
        return black(b, i - 2)
                        && white(b, i - 1)
                        && black(b, i)
                        && b.low(i - 1) > b.close(i - 2)
                        && b.close(i) <= b.close(i - 2) + equal(b, i - 2)
                        && b.close(i) >= b.close(i - 2) - equal(b, i - 2)
                ? 100
                : 0;
    }

    /** Two white bars of one size side by side after a gap. */
    static int gapSideBySideWhite(Bars b, int i) {
        return ((gapUp(b, i - 2, i - 1) && gapUp(b, i - 2, i))
                                || (gapDown(b, i - 2, i - 1) && gapDown(b, i - 2, i)))
                        && white(b, i - 1)
                        && white(b, i)
                        && body(b, i) >= body(b, i - 1) - near(b, i - 1)
                        && body(b, i) <= body(b, i - 1) + near(b, i - 1)
                        && b.open(i) >= b.open(i - 1) - equal(b, i - 1)
                        && b.open(i) <= b.open(i - 1) + equal(b, i - 1)
                ? gapUp(b, i - 2, i - 1) ? 100 : -100
                : 0;
    }

    /** A bar that goes back into a gap and does not close it. */
    static int tasukiGap(Bars b, int i) {
        return (gapUp(b, i - 2, i - 1)
                                && white(b, i - 1)
                                && black(b, i)
                                && b.open(i) < b.close(i - 1)
                                && b.open(i) > b.open(i - 1)
                                && b.close(i) < b.open(i - 1)
                                && b.close(i) > bodyHigh(b, i - 2)
                                && Math.abs(body(b, i - 1) - body(b, i)) < near(b, i - 1))
                        || (gapDown(b, i - 2, i - 1)
                                && black(b, i - 1)
                                && white(b, i)
                                && b.open(i) < b.open(i - 1)
                                && b.open(i) > b.close(i - 1)
                                && b.close(i) > b.open(i - 1)
                                && b.close(i) < bodyLow(b, i - 2)
                                && Math.abs(body(b, i - 1) - body(b, i)) < near(b, i - 1))
                ? colour(b, i - 1) * 100
                : 0;
    }

    /** A bar that closes a gap between two of the other colour. */
    static int gapThreeMethods(Bars b, int i) {
        return colour(b, i - 2) == colour(b, i - 1)
                        && colour(b, i - 1) != colour(b, i)
                        && b.open(i) < bodyHigh(b, i - 1)
                        && b.open(i) > bodyLow(b, i - 1)
                        && b.close(i) < bodyHigh(b, i - 2)
                        && b.close(i) > bodyLow(b, i - 2)
                        && ((white(b, i - 2) && gapUp(b, i - 2, i - 1))
                                || (black(b, i - 2) && gapDown(b, i - 2, i - 1)))
                ? colour(b, i - 2) * 100
                : 0;
    }
}
