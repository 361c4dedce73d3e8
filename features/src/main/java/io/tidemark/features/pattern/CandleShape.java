package io.tidemark.features.pattern;

import io.tidemark.features.bar.Bars;

/** The parts of a candle, bar i: body and shadows in quote currency, colour, gaps. */
final class CandleShape {
    private CandleShape() {}

    static double body(Bars b, int i) {
        return Math.abs(b.close(i) - b.open(i));
    }

    static double bodyHigh(Bars b, int i) {
        return white(b, i) ? b.close(i) : b.open(i);
    }

    static double bodyLow(Bars b, int i) {
        return white(b, i) ? b.open(i) : b.close(i);
    }

    static double upperShadow(Bars b, int i) {
        return b.high(i) - bodyHigh(b, i);
    }

    static double lowerShadow(Bars b, int i) {
        return bodyLow(b, i) - b.low(i);
    }

    static double range(Bars b, int i) {
        return b.high(i) - b.low(i);
    }

    /** Closed at or above its open. */
    static boolean white(Bars b, int i) {
        return b.close(i) >= b.open(i);
    }

    static boolean black(Bars b, int i) {
        return !white(b, i);
    }

    /** 1 for white, -1 for black. */
    static int colour(Bars b, int i) {
        return white(b, i) ? 1 : -1;
    }

    /** Whether the body of the second bar lies above that of the first. */
    static boolean gapUp(Bars b, int first, int second) {
        return bodyLow(b, second) > bodyHigh(b, first);
    }

    /** Whether the body of the second bar lies below that of the first. */
    static boolean gapDown(Bars b, int first, int second) {
        return bodyHigh(b, second) < bodyLow(b, first);
    }
}
