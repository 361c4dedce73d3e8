package io.tidemark.job.archive;

import io.tidemark.schemas.archive.FeatureRowSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The rows of many files of one folder as few, each sorted by symbol and time, with small row
 * groups, so that who wants one symbol reads little else. The files follow each other in time: a
 * reader in order of time has one of them on the heap, not the folder.
 *
 * <p>Rows are copied column by column as their file has them, also columns that this release does
 * not know. On the heap are at most the rows of one file to be, and of the row groups that overlap
 * in time.
 */
public final class SortedParts {
    private static final long ROW_GROUP_BYTES = 4L << 20;
    private static final String SYMBOL = "symbol";
    private static final String EVENT_TIME = "event_time";
    private static final String SCHEMA_KEY = "parquet.avro.schema";

    /** Without conversions: a time stays the number it is in the file. */
    private static final GenericData PLAIN = new GenericData();

    private final Path folder;
    private final long rowsAFile;
    private final FileNaming naming;
    private final List<String> names = new ArrayList<>();
    private long rows;

    /** What a file is called while it is written and hidden, and who hears that it begins. */
    @FunctionalInterface
    public interface FileNaming {
        /** The visible name of the n-th file, from 0. */
        String name(int n) throws IOException;
    }

    /**
     * What was written.
     *
     * @param names visible names, in order of time within a schema; the files are hidden still
     * @param rows in all of them
     */
    public record Written(List<String> names, long rows) {}

    private SortedParts(Path folder, long rowsAFile, FileNaming naming) {
        this.folder = folder;
        this.rowsAFile = rowsAFile;
        this.naming = naming;
    }

    /**
     * Writes the rows of those files into hidden files of the same folder.
     *
     * @param rowsAFile about how many: rows of one time are not torn apart
     * @throws IOException when a file cannot be read, or the rows written are not as many as the
     *     files have
     */
    public static Written write(Path folder, List<String> files, long rowsAFile, FileNaming naming)
            throws IOException {
        SortedParts parts = new SortedParts(folder, rowsAFile, naming);
        Map<String, List<Path>> bySchema = new TreeMap<>();
        for (String file : files) {
            Path path = new Path(folder, file);
            bySchema.computeIfAbsent(schemaOf(path), s -> new ArrayList<>()).add(path);
        }
        long wanted = 0;
        for (Map.Entry<String, List<Path>> same : bySchema.entrySet()) {
            wanted += parts.write(new Schema.Parser().parse(same.getKey()), same.getValue());
        }
        if (parts.rows != wanted) {
            throw new IOException(
                    "wanted to write the %d rows of %s, wrote %d"
                            .formatted(wanted, folder, parts.rows));
        }
        return new Written(parts.names, parts.rows);
    }

    private static String schemaOf(Path file) throws IOException {
        ParquetReadOptions options = ParquetFiles.plainOptions();
        try (ParquetFileReader reader = ParquetFileReader.open(FlinkInputFile.of(file), options)) {
            String schema =
                    reader.getFooter().getFileMetaData().getKeyValueMetaData().get(SCHEMA_KEY);
            if (schema == null) {
                throw new IOException("no Avro schema in " + file + ", so not of this archive");
            }
            return schema;
        }
    }

    private long write(Schema schema, List<Path> files) throws IOException {
        String time = schema.getField(EVENT_TIME) == null ? FeatureRowSchema.GRID_TIME : EVENT_TIME;
        int symbolAt = schema.getField(SYMBOL).pos();
        int timeAt = schema.getField(time).pos();
        List<RowGroup> groups = new ArrayList<>();
        long wanted = 0;
        for (Path file : files) {
            for (RowGroup group : RowGroup.of(file, time)) {
                groups.add(group);
                wanted += group.rows();
            }
        }
        Sweep<RowGroup, IndexedRecord> sweep =
                new Sweep<>(
                        groups,
                        RowGroup::minMicros,
                        (group, into) -> load(group, schema, into),
                        Comparator.comparingLong(row -> (long) row.get(timeAt)),
                        row -> (long) row.get(timeAt));
        List<IndexedRecord> waiting = new ArrayList<>();
        for (IndexedRecord row = sweep.next(); row != null; row = sweep.next()) {
            if (waiting.size() >= rowsAFile
                    && (long) row.get(timeAt)
                            > (long) waiting.get(waiting.size() - 1).get(timeAt)) {
                writeFile(schema, symbolAt, waiting);
            }
            waiting.add(row);
        }
        if (!waiting.isEmpty()) {
            writeFile(schema, symbolAt, waiting);
        }
        return wanted;
    }

    private static void load(RowGroup group, Schema schema, List<IndexedRecord> into)
            throws IOException {
        try (ParquetReader<IndexedRecord> reader = ParquetFiles.plainReader(group, schema, PLAIN)) {
            for (IndexedRecord row = reader.read(); row != null; row = reader.read()) {
                into.add(row);
            }
        }
    }

    /** Writes and forgets them; they come in order of time. */
    private void writeFile(Schema schema, int symbolAt, List<IndexedRecord> waiting)
            throws IOException {
        waiting.sort(Comparator.comparing(row -> row.get(symbolAt).toString()));
        String name = naming.name(names.size());
        Path hidden = new Path(folder, FolderSwitch.hidden(name));
        try (FSDataOutputStream stream =
                hidden.getFileSystem().create(hidden, WriteMode.OVERWRITE)) {
            try (ParquetWriter<IndexedRecord> writer =
                    ParquetFiles.writer(
                            new StreamOutputFile(stream), schema, PLAIN, ROW_GROUP_BYTES)) {
                for (IndexedRecord row : waiting) {
                    writer.write(row);
                }
            }
            stream.sync();
        }
        rows += written(hidden);
        names.add(name);
        waiting.clear();
    }

    /** As the footer on the disk says. */
    private static long written(Path file) throws IOException {
        ParquetReadOptions options = ParquetFiles.plainOptions();
        try (ParquetFileReader reader = ParquetFileReader.open(FlinkInputFile.of(file), options)) {
            return reader.getRecordCount();
        }
    }
}
