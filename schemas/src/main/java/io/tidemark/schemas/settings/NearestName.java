package io.tidemark.schemas.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name a mistyped one most likely meant: the least edits, then alphabetical. */
final class NearestName {
    private NearestName() {}

    static Optional<String> to(String mistyped, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.comparingInt((String name) -> edits(mistyped, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, O(a * b). */
    static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
