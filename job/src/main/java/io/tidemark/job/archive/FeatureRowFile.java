package io.tidemark.job.archive;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.archive.FeatureRowSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.jspecify.annotations.Nullable;

/** One Parquet file of rows on a local disk, in the schema of the feature archive. */
public final class FeatureRowFile {
    private FeatureRowFile() {}

    /** Writes a file; it is whole when closed without an error. */
    public static final class Writer implements AutoCloseable {
        private final FeatureRowRecords records;
        private final ParquetWriter<IndexedRecord> writer;

        /** Begins a file that is not there yet. */
        public Writer(Path file, String version, List<String> columns) throws IOException {
            records = new FeatureRowRecords(FeatureColumns.of(version, columns));
            writer =
                    ParquetFiles.writer(
                            new LocalOutputFile(file), FeatureRowSchema.of(version, columns));
        }

        /** Appends a row with as many values as there are columns. */
        public void write(FeatureRow row) throws IOException {
            writer.write(records.of(row));
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /** Reads a file from its beginning. */
    public static final class Reader implements AutoCloseable {
        private final ParquetReader<IndexedRecord> reader;

        /** Opens it. */
        public Reader(Path file, String version, List<String> columns) throws IOException {
            reader =
                    ParquetFiles.reader(
                            new LocalInputFile(file), FeatureRowSchema.of(version, columns));
        }

        /** The next row; null after the last. */
        public @Nullable FeatureRow next() throws IOException {
            IndexedRecord record = reader.read();
            return record == null ? null : FeatureRowRecords.row(record);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
