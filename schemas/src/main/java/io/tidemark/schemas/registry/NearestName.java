package io.tidemark.schemas.registry;

import java.util.Collection;
import java.util.Comparator;

/** Says what an unknown name was probably meant to be. */
public final class NearestName {
    private NearestName() {}

    /**
     * A suffix for an error message: {@code "; did you mean 'x'?"} when a known name is within two
     * edits (or a third of the length, for long names), else the list of known names.
     */
    public static String hint(String unknown, Collection<String> known) {
        int reach = Math.max(2, unknown.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .filter(name -> distance(unknown, name) <= reach)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> "; known: " + known);
    }

    /** Levenshtein distance. Names longer than 100 characters count as far from everything. */
    private static int distance(String a, String b) {
        if (a.length() > 100 || b.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
