package io.tidemark.job.archive;

import io.tidemark.job.archive.ParquetBulkWriter.RecordOf;
import io.tidemark.job.archive.PartitionAssigner.PartitionOf;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;

/**
 * What the archive's sinks share: parts named {@code part-*.parquet}, written under a hidden name
 * ({@code .part-*.inprogress.*}) and given their own at the checkpoint that covers their rows.
 */
final class ArchiveSinks {
    private ArchiveSinks() {}

    static <T> ArchiveSink<T> sink(Path folder, PartitionOf<T> partition, RecordOf<T> records) {
        FileSink<T> files =
                FileSink.forBulkFormat(folder, ParquetBulkWriter.factory(records))
                        .withBucketAssigner(new PartitionAssigner<>(partition))
                        .withOutputFileConfig(
                                OutputFileConfig.builder()
                                        .withPartPrefix("part")
                                        .withPartSuffix(".parquet")
                                        .build())
                        .build();
        return new ArchiveSink<>(folder, files);
    }
}
