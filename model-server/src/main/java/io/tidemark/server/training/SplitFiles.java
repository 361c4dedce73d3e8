package io.tidemark.server.training;

import io.tidemark.schemas.archive.FeatureRowSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/** The rows of a split's file, Parquet or CSV. */
final class SplitFiles {
    private SplitFiles() {}

    /**
     * @param bytes of the file
     * @param features the columns wanted, in that order
     */
    static Rows parquet(byte[] bytes, List<String> features, String label) throws IOException {
        Collected rows = new Collected();
        try (ParquetReader<GenericRecord> reader =
                AvroParquetReader.<GenericRecord>builder(
                                new BytesInputFile(bytes), new PlainParquetConfiguration())
                        .withDataModel(new GenericData())
                        .withCompatibility(false)
                        .withCodecFactory(new ZstdPages())
                        .usePageChecksumVerification()
                        .build()) {
            for (GenericRecord one = reader.read(); one != null; one = reader.read()) {
                double[] values = new double[features.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = number(one.get(features.get(i)));
                }
                rows.add(
                        ((Number) one.get(FeatureRowSchema.GRID_TIME)).longValue(),
                        values,
                        number(one.get(label)));
            }
        }
        return rows.rows();
    }

    static Rows csv(byte[] bytes, List<String> features, String label) throws IOException {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            throw new IOException("the file is empty");
        }
        List<String> header = Arrays.asList(lines.get(0).split(",", -1));
        int time = header.indexOf(FeatureRowSchema.GRID_TIME);
        int labelAt = header.indexOf(label);
        int[] at = features.stream().mapToInt(header::indexOf).toArray();
        if (time < 0 || labelAt < 0 || Arrays.stream(at).anyMatch(i -> i < 0)) {
            throw new IOException("a column of the manifest is missing");
        }
        Collected rows = new Collected();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells.length != header.size()) {
                throw new IOException("a line has not as many cells as the header");
            }
            double[] values = Arrays.stream(at).mapToDouble(i -> number(cells[i])).toArray();
            rows.add(
                    ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(cells[time])),
                    values,
                    number(cells[labelAt]));
        }
        return rows.rows();
    }

    private static double number(@Nullable Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    private static final class Collected {
        private final List<Long> times = new ArrayList<>();
        private final List<double[]> features = new ArrayList<>();
        private final List<Double> labels = new ArrayList<>();

        void add(long timeMicros, double[] values, double label) throws IOException {
            if (!Double.isFinite(label)) {
                throw new IOException("a row has no label");
            }
            for (double value : values) {
                if (Double.isInfinite(value)) {
                    throw new IOException("a feature is infinite");
                }
            }
            times.add(timeMicros);
            features.add(values);
            labels.add(label);
        }

        Rows rows() {
            return new Rows(
                    times.stream().mapToLong(Long::longValue).toArray(),
                    features.toArray(double[][]::new),
                    labels.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}
