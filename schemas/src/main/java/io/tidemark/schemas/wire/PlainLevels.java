package io.tidemark.schemas.wire;

import io.tidemark.schemas.wire.FieldNumbers.Sign;

/**
 * Reads book levels of the usual form, {@code ["65114.20","10.122"],...}, from where they stand. It
 * stops before the first that is anything else, which is left to the general way. Not thread-safe.
 */
final class PlainLevels {
    private final PlainNumbers numbers = new PlainNumbers();

    /**
     * Adds the levels of the list whose opening bracket stands before that place, until there are
     * so many.
     *
     * @return behind the last level added; the place itself when none was
     */
    int read(byte[] bytes, int start, LevelBuffer into, int maxLevels) {
        int behind = start;
        int at = start;
        while (standsAt(bytes, at, '[', '"') && into.levels() < maxLevels) {
            double price = numbers.decimal(bytes, at + 1);
            int comma = numbers.end();
            if (!FieldNumbers.admits(price, Sign.POSITIVE) || !standsAt(bytes, comma, ',', '"')) {
                break;
            }
            double size = numbers.decimal(bytes, comma + 1);
            int bracket = numbers.end();
            if (!FieldNumbers.admits(size, Sign.NOT_NEGATIVE) || !standsAt(bytes, bracket, ']')) {
                break;
            }
            into.add(price, size);
            behind = bracket + 1;
            if (!standsAt(bytes, behind, ',')) {
                break;
            }
            at = behind + 1;
        }
        return behind;
    }

    private static boolean standsAt(byte[] bytes, int at, char what) {
        return at < bytes.length && bytes[at] == what;
    }

    private static boolean standsAt(byte[] bytes, int at, char first, char second) {
        return at + 1 < bytes.length && bytes[at] == first && bytes[at + 1] == second;
    }
}
