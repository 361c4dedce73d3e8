package io.tidemark.local.capture;

import java.util.Map;
import java.util.TreeMap;

/** How many messages of a recording became no event, by reason. Not for use by several threads. */
public final class SkippedCounts {
    private final Map<String, Long> byReason = new TreeMap<>();

    SkippedCounts() {}

    void add(String reason) {
        add(reason, 1);
    }

    void add(String reason, long count) {
        if (byReason.merge(reason, count, Long::sum) == 0) {
            byReason.remove(reason);
        }
    }

    /** The count for that reason; 0 where there was none. */
    public long of(String reason) {
        return byReason.getOrDefault(reason, 0L);
    }

    /** All reasons with their counts, in alphabetical order. */
    public Map<String, Long> byReason() {
        return Map.copyOf(byReason);
    }

    /** For people: {@code 13 subscription answers, 2 unreadable lines}; "none". */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        byReason.forEach(
                (reason, count) ->
                        text.append(text.isEmpty() ? "" : ", ")
                                .append(count)
                                .append(' ')
                                .append(reason));
        return text.isEmpty() ? "none" : text.toString();
    }
}
