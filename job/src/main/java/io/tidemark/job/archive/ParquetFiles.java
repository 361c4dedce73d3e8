package io.tidemark.job.archive;

import io.tidemark.schemas.archive.ArchiveModel;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/**
 * How every file of the archive is written and read: zstd, a checksum in every page that is
 * verified on reading, statistics and column indexes, dictionaries for what repeats, lists as the
 * Parquet standard spells them.
 */
public final class ParquetFiles {
    /**
     * Uncompressed bytes a file buffers before it writes a row group. A task has a file open for
     * each type and hour it sees, so this bounds its memory; Parquet's default is 128 MiB.
     */
    private static final long ROW_GROUP_BYTES = 32L << 20;

    private static final Set<String> IDENTITIES = Set.of("id", "event_id", "trace_id");

    private static final int PAGE_BYTES = 1 << 20;

    /** Parquet's key of the schema a reader wants; its constant is private. */
    private static final String READ_SCHEMA = "parquet.avro.read.schema";

    private ParquetFiles() {}

    /** Writes records of the archive, as its sinks do. */
    public static ParquetWriter<IndexedRecord> writer(OutputFile file, Schema schema)
            throws IOException {
        return writer(file, schema, ArchiveModel.INSTANCE, ROW_GROUP_BYTES);
    }

    /** Writes records of that model, in row groups of so many bytes before compression. */
    static ParquetWriter<IndexedRecord> writer(
            OutputFile file, Schema schema, GenericData model, long rowGroupBytes)
            throws IOException {
        AvroParquetWriter.Builder<IndexedRecord> builder =
                AvroParquetWriter.<IndexedRecord>builder(file).withSchema(schema);
        for (Schema.Field column : schema.getFields()) {
            if (neverRepeats(column)) {
                builder.withDictionaryEncoding(column.name(), false);
            }
        }
        return builder.withDataModel(model)
                .withConf(plain(Map.of(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, "false")))
                .withCodecFactory(new ZstdCodec())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(rowGroupBytes)
                .withPageSize(PAGE_BYTES)
                .withDictionaryEncoding(true)
                .withStatisticsEnabled(true)
                .withPageWriteChecksumEnabled(true)
                .build();
    }

    /** Whether a dictionary of the column would be as long as the column: times and identities. */
    private static boolean neverRepeats(Schema.Field column) {
        Schema type = column.schema();
        boolean isLong =
                type.getType() == Schema.Type.LONG
                        || (type.isUnion()
                                && type.getTypes().stream()
                                        .anyMatch(one -> one.getType() == Schema.Type.LONG));
        return isLong || IDENTITIES.contains(column.name());
    }

    /** Reads a file of this or an older release as records of that schema. */
    public static <T extends IndexedRecord> ParquetReader<T> reader(InputFile file, Schema schema)
            throws IOException {
        ParquetConfiguration configuration = plain(Map.of(READ_SCHEMA, schema.toString()));
        return AvroParquetReader.<T>builder(file, configuration)
                .withDataModel(ArchiveModel.INSTANCE)
                .withCompatibility(false)
                .withCodecFactory(new ZstdCodec())
                .usePageChecksumVerification()
                .build();
    }

    /** Reads those records of a row group that the filter lets through. */
    static <T extends IndexedRecord> ParquetReader<T> reader(
            RowGroup group, Schema schema, FilterPredicate wanted) throws IOException {
        ParquetConfiguration configuration = plain(Map.of(READ_SCHEMA, schema.toString()));
        return AvroParquetReader.<T>builder(FlinkInputFile.of(group.file()), configuration)
                .withDataModel(ArchiveModel.INSTANCE)
                .withCompatibility(false)
                .withCodecFactory(new ZstdCodec())
                .withFilter(FilterCompat.get(wanted))
                .withFileRange(group.offset(), group.offset() + group.bytes())
                .usePageChecksumVerification()
                .build();
    }

    /** Reads all records of a row group, as that model has them. */
    static ParquetReader<IndexedRecord> plainReader(
            RowGroup group, Schema schema, GenericData model) throws IOException {
        ParquetConfiguration configuration = plain(Map.of(READ_SCHEMA, schema.toString()));
        return AvroParquetReader.<IndexedRecord>builder(
                        FlinkInputFile.of(group.file()), configuration)
                .withDataModel(model)
                .withCompatibility(false)
                .withCodecFactory(new ZstdCodec())
                .withFileRange(group.offset(), group.offset() + group.bytes())
                .usePageChecksumVerification()
                .build();
    }

    /** For a look at a file's footer. */
    static ParquetReadOptions plainOptions() {
        return ParquetReadOptions.builder(plain(Map.of())).build();
    }

    private static ParquetConfiguration plain(Map<String, String> values) {
        return new PlainParquetConfiguration(values);
    }
}
