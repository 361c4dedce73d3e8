package io.tidemark.features.pattern;

import static io.tidemark.features.pattern.CandleThreshold.near;

import io.tidemark.features.bar.Bars;

/**
 * The Hikkake patterns: an inside bar, a break of it that may be false (100 when it broke down,
 * -100 up), and within three bars a close beyond the inside bar on the other side (200, -200). A
 * new pattern takes the place of one before it; one is confirmed once.
 */
final class HikkakePatterns {
    private static final int BARS_TO_CONFIRM = 3;

    private HikkakePatterns() {}

    /** An inside bar and a break. */
    static int hikkake(Bars b, int i) {
        return result(b, i, HikkakePatterns::broken);
    }

    /** A Hikkake after a second inside bar with a close at its end. */
    static int modifiedHikkake(Bars b, int i) {
        return result(b, i, HikkakePatterns::brokenModified);
    }

    private static int result(Bars b, int i, Shape shape) {
        int now = shape.at(b, i);
        if (now != 0) {
            return now;
        }
        for (int p = i - 1; p >= i - BARS_TO_CONFIRM; p--) {
            int before = shape.at(b, p);
            if (before != 0) {
                return firstConfirmedAt(b, i, p, before) ? 2 * before : 0;
            }
        }
        return 0;
    }

    private static boolean firstConfirmedAt(Bars b, int i, int p, int direction) {
        for (int k = p + 1; k < i; k++) {
            if (confirms(b, k, p, direction)) {
                return false;
            }
        }
        return confirms(b, i, p, direction);
    }

    private static boolean confirms(Bars b, int k, int p, int direction) {
        return direction > 0 ? b.close(k) > b.high(p - 1) : b.close(k) < b.low(p - 1);
    }

    private static int broken(Bars b, int i) {
        return inside(b, i - 1) ? breakOf(b, i) : 0;
    }

    private static int brokenModified(Bars b, int i) {
        if (!inside(b, i - 2) || !inside(b, i - 1)) {
            return 0;
        }
        int direction = breakOf(b, i);
        boolean atItsEnd =
                direction > 0
                        ? b.close(i - 2) <= b.low(i - 2) + near(b, i - 2)
                        : b.close(i - 2) >= b.high(i - 2) - near(b, i - 2);
        return atItsEnd ? direction : 0;
    }

    private static boolean inside(Bars b, int i) {
        return b.high(i) < b.high(i - 1) && b.low(i) > b.low(i - 1);
    }

    private static int breakOf(Bars b, int i) {
        if (b.high(i) < b.high(i - 1) && b.low(i) < b.low(i - 1)) {
            return 100;
        }
        return b.high(i) > b.high(i - 1) && b.low(i) > b.low(i - 1) ? -100 : 0;
    }

    private interface Shape {
        int at(Bars b, int i);
    }
}
