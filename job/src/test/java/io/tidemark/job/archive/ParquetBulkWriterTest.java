package io.tidemark.job.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetBulkWriterTest {
    private static final BulkWriter.Factory<ArchivedEvent> FACTORY =
            ParquetBulkWriter.factory(row -> ArchiveRecords.toRecord(row.event(), row.verdict()));

    @TempDir Path folder;

    @Test
    void oddValuesDoNotStopTheArchive() throws Exception {
        ArchivedEvent odd =
                new ArchivedEvent(
                        new Trade(
                                new EventHeader(
                                        "BTCUSDT",
                                        Long.MAX_VALUE,
                                        EventHeader.UNKNOWN_TIME,
                                        EventHeader.UNKNOWN_TIME,
                                        Long.MIN_VALUE,
                                        Long.MIN_VALUE,
                                        "\uD83D",
                                        "\u0000",
                                        "\uDE00"),
                                Double.NaN,
                                Double.NEGATIVE_INFINITY,
                                Trade.Side.BUY,
                                "",
                                false,
                                false),
                        Verdict.LATE);

        write(odd);

        List<SpecificRecord> read =
                ArchiveFiles.records(folder, ArchiveRecords.schema(EventType.TRADE));
        Trade trade = (Trade) ArchiveRecords.toEvent(read.get(0));
        assertThat(trade.header().eventTimeMicros()).isEqualTo(Long.MAX_VALUE);
        assertThat(trade.header().messageTimeMicros()).isEqualTo(EventHeader.UNKNOWN_TIME);
        assertThat(trade.header().id()).isEqualTo("\uFFFD");
        assertThat(trade.price()).isNaN();
        assertThat(trade.size()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void refusesToFinishAFileWithoutARow() throws Exception {
        try (FSDataOutputStream stream = stream()) {
            BulkWriter<ArchivedEvent> writer = FACTORY.create(stream);
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(IOException.class)
                    .hasMessage("a part must have a row to be a Parquet file, got none");
        }
    }

    @Test
    void leavesTheStreamOpenForTheSinkToCommit() throws Exception {
        try (FSDataOutputStream stream = stream()) {
            BulkWriter<ArchivedEvent> writer = FACTORY.create(stream);
            writer.addElement(NumberedEvents.archived(0));
            writer.finish();
            stream.write(1);
            assertThat(stream.getPos()).isPositive();
        }
    }

    @Test
    void aFlippedBitInAPageIsFoundOnReading() throws Exception {
        write(NumberedEvents.archived(0));
        Path file = folder.resolve("f.parquet");
        byte[] bytes = Files.readAllBytes(file);
        bytes[lastByteOfTheFirstColumn(file)] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(
                        () -> ArchiveFiles.records(folder, ArchiveRecords.schema(EventType.TRADE)))
                .hasStackTraceContaining("CRC checksum verification failed");
    }

    @Test
    void compressesWithZstdAndKeepsStatisticsAndDictionaries() throws Exception {
        // Every fifth is a trade.
        write(
                IntStream.range(0, 500)
                        .mapToObj(n -> NumberedEvents.archived(5L * n))
                        .toArray(ArchivedEvent[]::new));
        List<ColumnChunkMetaData> columns = columns(folder.resolve("f.parquet"));
        assertThat(columns)
                .allSatisfy(
                        column -> {
                            assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
                            assertThat(column.getStatistics().isEmpty()).isFalse();
                            assertThat(column.getColumnIndexReference()).isNotNull();
                        });
        assertThat(columns.get(0).getPath().toDotString()).isEqualTo("symbol");
        assertThat(columns.get(0).hasDictionaryPage()).isTrue();
        assertThat(columns)
                .filteredOn(
                        column ->
                                Set.of("event_time", "received_time", "venue_sequence", "id")
                                        .contains(column.getPath().toDotString()))
                .hasSize(4)
                .noneMatch(ColumnChunkMetaData::hasDictionaryPage);
    }

    private static int lastByteOfTheFirstColumn(Path file) throws IOException {
        ColumnChunkMetaData column = columns(file).get(0);
        return Math.toIntExact(column.getStartingPos() + column.getTotalSize() - 1);
    }

    private static List<ColumnChunkMetaData> columns(Path file) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        new LocalInputFile(file),
                        ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            return reader.getFooter().getBlocks().get(0).getColumns();
        }
    }

    private void write(ArchivedEvent... rows) throws IOException {
        try (FSDataOutputStream stream = stream()) {
            BulkWriter<ArchivedEvent> writer = FACTORY.create(stream);
            for (ArchivedEvent row : rows) {
                writer.addElement(row);
            }
            writer.finish();
        }
    }

    private FSDataOutputStream stream() throws IOException {
        return new LocalFileSystem()
                .create(
                        new org.apache.flink.core.fs.Path(folder.resolve("f.parquet").toUri()),
                        WriteMode.OVERWRITE);
    }
}
