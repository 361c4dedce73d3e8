package io.tidemark.job.archive;

import java.io.IOException;
import java.io.Serializable;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file of the archive while it is written. The first row decides the schema: a folder
 * holds rows of one schema only, so one sink serves all kinds.
 *
 * <p>Every error rises and fails the task, which restarts from its checkpoint: after an error
 * Parquet's writer silently drops rows or tears the file, so nothing here catches and goes on.
 */
final class ParquetBulkWriter<T> implements BulkWriter<T> {
    private final StreamOutputFile file;
    private final RecordOf<T> records;
    private @Nullable ParquetWriter<IndexedRecord> writer;

    private ParquetBulkWriter(StreamOutputFile file, RecordOf<T> records) {
        this.file = file;
        this.records = records;
    }

    static <T> BulkWriter.Factory<T> factory(RecordOf<T> records) {
        return stream -> new ParquetBulkWriter<>(new StreamOutputFile(stream), records);
    }

    @Override
    public void addElement(T row) throws IOException {
        IndexedRecord record = records.of(row);
        if (writer == null) {
            writer = ParquetFiles.writer(file, record.getSchema());
        }
        writer.write(record);
    }

    /** Nothing: Parquet writes whole row groups. The sink ends the part at every checkpoint. */
    @Override
    public void flush() {}

    @Override
    public void finish() throws IOException {
        if (writer == null) {
            throw new IOException("a part must have a row to be a Parquet file, got none");
        }
        writer.close();
    }

    /** The row as a record; the record's schema is the file's. */
    @FunctionalInterface
    interface RecordOf<T> extends Serializable {
        IndexedRecord of(T row);
    }
}
