package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.label.Labels;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.dataset.Certificate.Check;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file against the archive: each knows only the past, is the row that was replayed,
 * scaled as is said, and has the label that the archive's prices give.
 */
final class RowChecks {
    private final String name;
    private final FeatureRows replayed;
    private final Labels labels;
    private final Scaling scaling;
    private final LongStream.Builder times = LongStream.builder();
    private String past = "";
    private String rows = "";
    private String label = "";
    private long count;
    private long last = Long.MIN_VALUE;
    private @Nullable FeatureRow same;

    /**
     * @param replayed rows from the time of the file's first on
     */
    RowChecks(String name, FeatureRows replayed, Labels labels, Scaling scaling) {
        this.name = name;
        this.replayed = replayed;
        this.labels = labels;
        this.scaling = scaling;
    }

    /** Takes the next row of the file. */
    void take(FeatureRow row) throws IOException {
        long at = row.gridTimeMicros();
        times.add(at);
        count++;
        if (past.isEmpty() && row.maxEventTimeMicros() >= at) {
            past =
                    "the row at %d us knows an event at %d us"
                            .formatted(at, row.maxEventTimeMicros());
        }
        while (same == null || same.gridTimeMicros() < at) {
            same = replayed.next();
            if (same == null) {
                break;
            }
        }
        double written = row.values()[row.values().length - 1];
        boolean isSame =
                same != null
                        && at > last
                        && DatasetAssembly.scaled(same, written, scaling).equals(row);
        if (rows.isEmpty() && !isSame) {
            rows = "the row at %d us is not that of the archive".formatted(at);
        }
        double foretold = labels.at(at);
        if (label.isEmpty()
                && Double.doubleToLongBits(foretold) != Double.doubleToLongBits(written)) {
            label = "the label at %d us is %s, by the archive %s".formatted(at, written, foretold);
        }
        last = at;
    }

    /** What came out. */
    List<Check> checks(long rowsOfManifest) {
        String all = "%d rows".formatted(count);
        return List.of(
                Check.of(name + ": only the past", past, all),
                Check.of(name + ": rows of the archive", rows, all),
                Check.of(name + ": labels of the archive", label, all),
                Check.of(
                        name + ": rows of the manifest",
                        count == rowsOfManifest
                                ? ""
                                : "%d rows, by the manifest %d".formatted(count, rowsOfManifest),
                        all));
    }

    /** The times of the rows, as they came. */
    long[] times() {
        return times.build().toArray();
    }
}
