package io.tidemark.job.archive;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.archive.FeatureRowSchema;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/**
 * The archive of one registry version's rows, read in the order of grid time, then symbol. Only the
 * row groups that overlap at one time are on the heap.
 */
public final class FeatureRows {
    private static final Comparator<FeatureRow> ORDER =
            Comparator.comparingLong(FeatureRow::gridTimeMicros).thenComparing(FeatureRow::symbol);

    private final Schema schema;
    private final SymbolChoice symbols;
    private final long fromMicros;
    private final long toMicros;
    private final Iterator<Path> hours;
    private @Nullable SwitchedSweep<RowGroup, FeatureRow> hour;

    private FeatureRows(
            Schema schema,
            SymbolChoice symbols,
            long fromMicros,
            long toMicros,
            Iterator<Path> hours) {
        this.schema = schema;
        this.symbols = symbols;
        this.fromMicros = fromMicros;
        this.toMicros = toMicros;
        this.hours = hours;
    }

    /**
     * Rows with grid time in [from, to).
     *
     * @param root the folder that has {@code features/}
     * @param names the features of the version, in its order
     */
    public static FeatureRows in(
            Path root,
            String version,
            List<String> names,
            SymbolChoice symbols,
            long fromMicros,
            long toMicros)
            throws IOException {
        NavigableMap<Long, Path> all = ArchiveFolders.hours(folder(root, version));
        return new FeatureRows(
                FeatureRowSchema.of(version, names),
                symbols,
                fromMicros,
                toMicros,
                all.subMap(fromMicros - ArchiveFolders.HOUR, false, toMicros, false)
                        .values()
                        .iterator());
    }

    /** Where the rows of a version lie. */
    static Path folder(Path root, String version) {
        return new Path(root, "features/" + ArchivePartition.of("registry", version));
    }

    /** Whether there is any row of the version, of any time. */
    public static boolean exist(Path root, String version) throws IOException {
        for (Path hour : ArchiveFolders.hours(folder(root, version)).values()) {
            if (!ArchiveFolders.files(hour).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The next row; null after the last. */
    public @Nullable FeatureRow next() throws IOException {
        while (true) {
            if (hour == null) {
                if (!hours.hasNext()) {
                    return null;
                }
                hour = sweep(hours.next());
            }
            FeatureRow row = hour.next();
            if (row != null) {
                return row;
            }
            hour = null;
        }
    }

    private SwitchedSweep<RowGroup, FeatureRow> sweep(Path folder) {
        return new SwitchedSweep<>(
                () ->
                        new Sweep<>(
                                RowGroup.within(
                                        folder, FeatureRowSchema.GRID_TIME, fromMicros, toMicros),
                                RowGroup::minMicros,
                                this::load,
                                ORDER,
                                FeatureRow::gridTimeMicros),
                ORDER);
    }

    private void load(RowGroup group, List<FeatureRow> into) throws IOException {
        var time = FilterApi.longColumn(FeatureRowSchema.GRID_TIME);
        try (ParquetReader<IndexedRecord> reader =
                ParquetFiles.reader(
                        group,
                        schema,
                        FilterApi.and(
                                FilterApi.gtEq(time, fromMicros), FilterApi.lt(time, toMicros)))) {
            for (IndexedRecord one = reader.read(); one != null; one = reader.read()) {
                FeatureRow row = FeatureRowRecords.row(one);
                if (symbols.has(row.symbol())) {
                    into.add(row);
                }
            }
        }
    }
}
