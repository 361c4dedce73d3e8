package io.tidemark.job.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** What a sink left on disk. */
final class ArchiveFiles {
    private ArchiveFiles() {}

    /** Relative paths of the files a reader sees: those that are not hidden. */
    static List<Path> visible(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** Every record of the visible files under the folder, read with Parquet's own reader. */
    static <T extends IndexedRecord> List<T> records(Path folder, Schema schema)
            throws IOException {
        List<T> records = new ArrayList<>();
        for (Path file : visible(folder)) {
            try (ParquetReader<T> reader =
                    ParquetFiles.reader(new LocalInputFile(folder.resolve(file)), schema)) {
                for (T record = reader.read(); record != null; record = reader.read()) {
                    records.add(record);
                }
            }
        }
        return records;
    }
}
