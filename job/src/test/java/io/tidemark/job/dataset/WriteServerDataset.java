package io.tidemark.job.dataset;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes the Parquet files that the model server's tests train on, as a dataset has them: the rows
 * of its {@code TestDataset}, which makes the same in CSV. Run it with the folder as its argument,
 * {@code model-server/src/test/resources/dataset}, when the files' form changes.
 */
final class WriteServerDataset {
    private static final int ROWS = 200;

    private WriteServerDataset() {}

    public static void main(String[] args) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        long at = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z"));
        for (String split : List.of("train", "validation", "test")) {
            try (DatasetFile.Writer writer =
                    DatasetFile.writer(
                            Path.of(args[0], split + ".parquet"),
                            "1.0.0",
                            List.of("mid_price", "spread", "label"))) {
                for (int i = 0; i < ROWS; i++) {
                    double mid = random.nextGaussian();
                    double spread = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble();
                    double label = mid * 1e-3 + random.nextGaussian() * 1e-4;
                    writer.write(
                            new FeatureRow(
                                    "BTCUSDT",
                                    at,
                                    "1.0.0",
                                    new double[] {mid, spread, label},
                                    63,
                                    1,
                                    Long.MIN_VALUE));
                    at += 1_000_000;
                }
            }
        }
    }
}
