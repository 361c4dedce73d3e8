package io.tidemark.job.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * A row group of a file: what is read at once.
 *
 * @param offset where it begins in the file, bytes
 * @param bytes its length
 * @param minMicros no time in it is earlier
 * @param maxMicros no time in it is later
 * @param rows how many there are
 */
record RowGroup(Path file, long offset, long bytes, long minMicros, long maxMicros, long rows) {
    private static final int LOOKS = 10;

    /** Of a file, by the statistics of that column of timestamps; the file's own order. */
    static List<RowGroup> of(Path file, String timeColumn) throws IOException {
        ParquetReadOptions options = ParquetFiles.plainOptions();
        try (ParquetFileReader reader = ParquetFileReader.open(FlinkInputFile.of(file), options)) {
            List<RowGroup> groups = new ArrayList<>();
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                groups.add(of(file, block, timeColumn));
            }
            return groups;
        }
    }

    /**
     * Those of a folder's files that may have a time in [from, to). Looks again when a file was
     * switched for others while it looked.
     */
    static List<RowGroup> within(Path folder, String timeColumn, long fromMicros, long toMicros)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<RowGroup> groups = new ArrayList<>();
                for (Path file : ArchiveFolders.files(folder)) {
                    for (RowGroup group : of(file, timeColumn)) {
                        if (group.minMicros() < toMicros && group.maxMicros() >= fromMicros) {
                            groups.add(group);
                        }
                    }
                }
                return groups;
            } catch (FileNotFoundException switched) {
                if (attempt == LOOKS) {
                    throw switched;
                }
            }
        }
    }

    private static RowGroup of(Path file, BlockMetaData block, String timeColumn) {
        long min = Long.MIN_VALUE;
        long max = Long.MAX_VALUE;
        for (ColumnChunkMetaData column : block.getColumns()) {
            if (column.getPath().toDotString().equals(timeColumn)
                    && column.getStatistics() instanceof LongStatistics times
                    && times.hasNonNullValue()) {
                min = times.getMin();
                max = times.getMax();
            }
        }
        return new RowGroup(
                file,
                block.getStartingPos(),
                block.getCompressedSize(),
                min,
                max,
                block.getRowCount());
    }
}
