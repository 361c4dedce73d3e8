package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.split.Place;
import io.tidemark.job.archive.FeatureRowFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file of one split, Parquet or CSV. Rows have the features' values and then the label. In CSV
 * an undefined value is empty and numbers are the shortest that read back as the same bits.
 */
final class DatasetFile {
    private static final String FIRST_COLUMNS =
            "symbol,grid_time,registry_version,completeness,event_count,max_event_time";

    private DatasetFile() {}

    /** Where it lies in the dataset: in the Hive form, which gives readers fold and split. */
    static String name(int fold, Place split, boolean csv) {
        return "fold=%d/split=%s/rows.%s"
                .formatted(fold, split.name().toLowerCase(Locale.ROOT), csv ? "csv" : "parquet");
    }

    /** Takes rows in order of time. */
    interface Writer extends Closeable {
        void write(FeatureRow row) throws IOException;
    }

    /** Gives rows in the order of the file; null after the last. */
    interface Reader extends Closeable {
        @Nullable FeatureRow next() throws IOException;
    }

    /** Begins a file; whole and on disk when closed without an error. */
    static Writer writer(Path file, String version, List<String> columns) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (file.toString().endsWith(".csv")) {
            return new CsvWriter(file, columns);
        }
        FeatureRowFile.Writer parquet = new FeatureRowFile.Writer(file, version, columns);
        return new Writer() {
            @Override
            public void write(FeatureRow row) throws IOException {
                parquet.write(row);
            }

            @Override
            public void close() throws IOException {
                parquet.close();
                sync(file);
            }
        };
    }

    /** Opens a file. */
    static Reader reader(Path file, String version, List<String> columns) throws IOException {
        if (file.toString().endsWith(".csv")) {
            return new CsvReader(file);
        }
        FeatureRowFile.Reader parquet = new FeatureRowFile.Reader(file, version, columns);
        return new Reader() {
            @Override
            public @Nullable FeatureRow next() throws IOException {
                return parquet.next();
            }

            @Override
            public void close() throws IOException {
                parquet.close();
            }
        };
    }

    /** Brings what is written onto the disk. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static final class CsvWriter implements Writer {
        private final Path file;
        private final BufferedWriter out;

        CsvWriter(Path file, List<String> columns) throws IOException {
            this.file = file;
            out = Files.newBufferedWriter(file);
            out.write(FIRST_COLUMNS + "," + String.join(",", columns) + "\n");
        }

        @Override
        public void write(FeatureRow row) throws IOException {
            StringBuilder line = new StringBuilder(row.symbol());
            line.append(',').append(time(row.gridTimeMicros()));
            line.append(',').append(row.registryVersion());
            line.append(',').append(row.completeness());
            line.append(',').append(row.eventCount());
            line.append(',');
            if (row.maxEventTimeMicros() != Long.MIN_VALUE) {
                line.append(time(row.maxEventTimeMicros()));
            }
            for (double value : row.values()) {
                line.append(',');
                if (!Double.isNaN(value)) {
                    line.append(value);
                }
            }
            out.append(line).append('\n');
        }

        private static String time(long micros) {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
        }

        @Override
        public void close() throws IOException {
            out.close();
            sync(file);
        }
    }

    private static final class CsvReader implements Reader {
        private final BufferedReader in;

        CsvReader(Path file) throws IOException {
            in = Files.newBufferedReader(file);
            String header = in.readLine();
            if (header == null || !header.startsWith(FIRST_COLUMNS)) {
                throw new IOException(file + " is no file of a dataset");
            }
        }

        @Override
        public @Nullable FeatureRow next() throws IOException {
            String line = in.readLine();
            if (line == null) {
                return null;
            }
            String[] fields = line.split(",", -1);
            double[] values = new double[fields.length - 6];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        fields[i + 6].isEmpty() ? Double.NaN : Double.parseDouble(fields[i + 6]);
            }
            return new FeatureRow(
                    fields[0],
                    micros(fields[1]),
                    fields[2],
                    values,
                    Integer.parseInt(fields[3]),
                    Long.parseLong(fields[4]),
                    fields[5].isEmpty() ? Long.MIN_VALUE : micros(fields[5]));
        }

        private static long micros(String text) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
