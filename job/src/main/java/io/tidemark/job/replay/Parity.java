package io.tidemark.job.replay;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.FeatureRows;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were served beside the same rows replayed: equal in every bit, or where they first
 * differ.
 *
 * <p>Not held against either: rows replayed after a symbol's last served one in which nothing
 * happened. The stream had not closed those steps, or it ended.
 *
 * @param equal rows that are the same
 * @param different rows that both have, and that are not the same
 * @param servedOnly rows the replay does not give
 * @param replayedOnly rows that were not served
 * @param beforeServed rows replayed of a time before anything was served; not compared
 * @param silentAfter silent rows replayed after the last served one of their symbol
 * @param first what the first difference is; null when there is none
 */
public record Parity(
        long equal,
        long different,
        long servedOnly,
        long replayedOnly,
        long beforeServed,
        long silentAfter,
        @Nullable String first) {

    /** Whether all that is compared is equal, and something is. */
    public boolean holds() {
        return equal > 0 && different == 0 && servedOnly == 0 && replayedOnly == 0;
    }

    /**
     * Compares; both sides are read to their end.
     *
     * @param names of the features, in the order of a row's values
     * @param fromFirstServed whether rows before the first served one are left alone
     */
    public static Parity of(
            FeatureRows served, FeatureRows replayed, List<String> names, boolean fromFirstServed)
            throws IOException {
        Comparison comparison = new Comparison(names, fromFirstServed);
        FeatureRow one = served.next();
        FeatureRow other = replayed.next();
        while (one != null || other != null) {
            if (one != null && (other == null || order(one, other) < 0)) {
                comparison.served(one);
                one = served.next();
            } else if (other != null && (one == null || order(one, other) > 0)) {
                comparison.replayed(other);
                other = replayed.next();
            } else if (one != null && other != null) {
                comparison.both(one, other);
                one = served.next();
                other = replayed.next();
            }
        }
        return comparison.end();
    }

    private static int order(FeatureRow one, FeatureRow other) {
        int order = Long.compare(one.gridTimeMicros(), other.gridTimeMicros());
        return order != 0 ? order : one.symbol().compareTo(other.symbol());
    }

    /** What to print. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d rows equal in every bit, %,d differ, %,d served only, %,d replayed only"
                        .formatted(equal, different, servedOnly, replayedOnly));
        if (beforeServed > 0) {
            lines.add("%,d rows of a time before the first served one".formatted(beforeServed));
        }
        if (silentAfter > 0) {
            lines.add(
                    "%,d silent rows after the last served one of their symbol"
                            .formatted(silentAfter));
        }
        if (first != null) {
            lines.add("first: " + first);
        }
        return lines;
    }

    /** Rows replayed of a symbol since its last served one. */
    private static final class Pending {
        private long rows;
        private long silent;
        private @Nullable FeatureRow first;
    }

    private static final class Comparison {
        private final List<String> names;
        private final boolean fromFirstServed;
        private final Map<String, Pending> pending = new TreeMap<>();
        private boolean anyServed;
        private long equal;
        private long different;
        private long servedOnly;
        private long replayedOnly;
        private long beforeServed;
        private long silentAfter;
        private @Nullable String first;
        private long firstMicros = Long.MAX_VALUE;

        Comparison(List<String> names, boolean fromFirstServed) {
            this.names = names;
            this.fromFirstServed = fromFirstServed;
        }

        void both(FeatureRow one, FeatureRow other) {
            wasServed(one);
            if (one.equals(other)) {
                equal++;
                return;
            }
            different++;
            note(one, difference(one, other));
        }

        void served(FeatureRow row) {
            wasServed(row);
            servedOnly++;
            note(row, "served only");
        }

        void replayed(FeatureRow row) {
            if (!anyServed && fromFirstServed) {
                beforeServed++;
                return;
            }
            Pending own = pending.computeIfAbsent(row.symbol(), symbol -> new Pending());
            own.rows++;
            own.silent += row.eventCount() == 0 ? 1 : 0;
            own.first = own.first == null && row.eventCount() > 0 ? row : own.first;
        }

        private void wasServed(FeatureRow row) {
            anyServed = true;
            Pending own = pending.remove(row.symbol());
            if (own != null) {
                missing(own, own.rows, row);
            }
        }

        private void missing(Pending own, long rows, @Nullable FeatureRow before) {
            replayedOnly += rows;
            FeatureRow row = own.first == null ? before : own.first;
            if (row != null) {
                note(
                        row,
                        own.first == null
                                ? "silent rows before it replayed only"
                                : "replayed only");
            }
        }

        Parity end() {
            for (Pending own : pending.values()) {
                silentAfter += own.silent;
                if (own.rows > own.silent) {
                    missing(own, own.rows - own.silent, null);
                }
            }
            return new Parity(
                    equal, different, servedOnly, replayedOnly, beforeServed, silentAfter, first);
        }

        private void note(FeatureRow row, String what) {
            if (row.gridTimeMicros() < firstMicros) {
                firstMicros = row.gridTimeMicros();
                first =
                        "%s at %s: %s"
                                .formatted(
                                        row.symbol(),
                                        Instant.EPOCH.plus(row.gridTimeMicros(), ChronoUnit.MICROS),
                                        what);
            }
        }

        private String difference(FeatureRow served, FeatureRow replayed) {
            for (int i = 0; i < Math.min(served.values().length, names.size()); i++) {
                double one = served.values()[i];
                double other = replayed.values()[i];
                if (Double.doubleToLongBits(one) != Double.doubleToLongBits(other)) {
                    return "%s was served as %s, replayed as %s"
                            .formatted(names.get(i), one, other);
                }
            }
            return "served with completeness %d, %d events, the last at %d us; replayed with %d, %d, %d"
                    .formatted(
                            served.completeness(),
                            served.eventCount(),
                            served.maxEventTimeMicros(),
                            replayed.completeness(),
                            replayed.eventCount(),
                            replayed.maxEventTimeMicros());
        }
    }
}
