package io.tidemark.job.upkeep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What upkeep did.
 *
 * @param compacted folders whose files were switched for sorted ones
 * @param filesBefore files of those folders before, {@code filesAfter} after
 * @param bytesBefore their bytes, {@code bytesAfter} after
 * @param rows of those folders
 * @param deleted folders that were too old and deleted
 * @param moved folders that were too old and moved
 * @param restored folders that came back
 * @param orphans unfinished files removed
 * @param busy folders that another upkeep, or the stream, was at
 * @param noRoom folders left as they are because the disk has not the room
 * @param failures what did not work, each with its folder; the rest was done
 */
public record UpkeepReport(
        long compacted,
        long filesBefore,
        long filesAfter,
        long bytesBefore,
        long bytesAfter,
        long rows,
        long deleted,
        long moved,
        long restored,
        long orphans,
        long busy,
        long noRoom,
        List<String> failures) {
    /** Nothing done. */
    public static final UpkeepReport NOTHING =
            new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    public UpkeepReport {
        failures = List.copyOf(failures);
    }

    static UpkeepReport compaction(
            long filesBefore, long filesAfter, long bytesBefore, long bytesAfter, long rows) {
        return new UpkeepReport(
                1,
                filesBefore,
                filesAfter,
                bytesBefore,
                bytesAfter,
                rows,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of());
    }

    static UpkeepReport ofDeleted() {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, List.of());
    }

    static UpkeepReport ofMoved() {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, List.of());
    }

    static UpkeepReport ofRestored() {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, List.of());
    }

    static UpkeepReport ofOrphans(long orphans) {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 0, 0, orphans, 0, 0, List.of());
    }

    static UpkeepReport ofBusy() {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, List.of());
    }

    static UpkeepReport ofNoRoom() {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, List.of());
    }

    static UpkeepReport failure(String what) {
        return new UpkeepReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(what));
    }

    /** Both together. */
    public UpkeepReport plus(UpkeepReport other) {
        List<String> all = new ArrayList<>(failures);
        all.addAll(other.failures);
        return new UpkeepReport(
                compacted + other.compacted,
                filesBefore + other.filesBefore,
                filesAfter + other.filesAfter,
                bytesBefore + other.bytesBefore,
                bytesAfter + other.bytesAfter,
                rows + other.rows,
                deleted + other.deleted,
                moved + other.moved,
                restored + other.restored,
                orphans + other.orphans,
                busy + other.busy,
                noRoom + other.noRoom,
                all);
    }

    /** Whether nothing is left that should have been done. */
    public boolean complete() {
        return failures.isEmpty() && noRoom == 0;
    }

    /** What to print. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%,d folders compacted: %,d rows, %,d files to %,d, %.1f MiB to %.1f",
                        compacted,
                        rows,
                        filesBefore,
                        filesAfter,
                        bytesBefore / 1048576.0,
                        bytesAfter / 1048576.0));
        add(lines, deleted, "%,d folders deleted");
        add(lines, moved, "%,d folders moved away");
        add(lines, restored, "%,d folders restored");
        add(lines, orphans, "%,d files of lost attempts removed");
        add(lines, busy, "%,d folders left to the next run: somebody is at them");
        add(lines, noRoom, "%,d folders left as they are: the disk has not the room");
        failures.forEach(failure -> lines.add("failed: " + failure));
        return lines;
    }

    private static void add(List<String> lines, long count, String text) {
        if (count > 0) {
            lines.add(String.format(Locale.ROOT, text, count));
        }
    }
}
