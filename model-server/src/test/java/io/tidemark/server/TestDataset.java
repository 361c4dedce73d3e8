package io.tidemark.server;

import io.tidemark.server.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;

/** Datasets as the job publishes them, small: the label follows the first of two features. */
final class TestDataset {
    private TestDataset() {}

    private static final int ROWS = 200;

    /** CSV, of numbers, of feature registry 1.0.0 with mid_price and spread. */
    static void write(Path archive, String id, boolean passed) {
        write(archive, id, passed, ".csv");
    }

    /** The same rows in Parquet: files the job wrote, see its {@code WriteServerDataset}. */
    static void writeParquet(Path archive, String id) {
        write(archive, id, true, ".parquet");
    }

    private static void write(Path archive, String id, boolean passed, String suffix) {
        Path folder = archive.resolve("datasets").resolve(id);
        StringBuilder splits = new StringBuilder();
        SplittableRandom random = new SplittableRandom(1);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        for (String split : new String[] {"train", "validation", "test"}) {
            double[][] rows = new double[ROWS][];
            for (int i = 0; i < ROWS; i++) {
                double mid = random.nextGaussian();
                double spread = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble();
                rows[i] = new double[] {mid, spread, mid * 1e-3 + random.nextGaussian() * 1e-4};
            }
            String name = "fold=0/split=" + split + "/rows" + suffix;
            Path file = folder.resolve(name);
            if (suffix.equals(".csv")) {
                put(file, csv(from, rows).getBytes(StandardCharsets.UTF_8));
            } else {
                put(file, resource("/dataset/" + split + ".parquet"));
            }
            from = from.plusSeconds(ROWS);
            splits.append(splits.isEmpty() ? "" : ",")
                    .append(
                            "\"%s\":{\"file\":\"%s\",\"sha256\":\"%s\",\"rows\":%d}"
                                    .formatted(split, name, sha256(file), ROWS));
        }
        String manifest =
                """
                {"manifest_format": 1, "dataset_id": "%s", "symbol": "BTCUSDT",
                 "registry": {"version": "1.0.0"}, "features": ["mid_price", "spread"],
                 "label": {"column": "label", "type": "returns", "is_class": false,
                           "horizon_us": 60000000, "threshold": 0.001},
                 "separation": {"reach_us": 60000000}, "scaling": {"method": "none", "clip": 0.0},
                 "folds": [{"fold": 0, "splits": {%s}}]}
                """
                        .formatted(id, splits);
        certify(folder, id, manifest, passed);
    }

    /** Another manifest, certified. */
    static void certify(Path archive, String id, String manifest) {
        certify(archive.resolve("datasets").resolve(id), id, manifest, true);
    }

    private static void certify(Path folder, String id, String manifest, boolean passed) {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        put(folder.resolve("manifest.json"), bytes);
        String certificate =
                "{\"certificate_format\": 1, \"dataset_id\": \"%s\", \"manifest_sha256\": \"%s\", \"passed\": %s}"
                        .formatted(id, Sha256.of(bytes), passed);
        put(folder.resolve("certificate.json"), certificate.getBytes(StandardCharsets.UTF_8));
    }

    private static String csv(Instant from, double[][] rows) {
        StringBuilder csv =
                new StringBuilder(
                        "symbol,grid_time,registry_version,completeness,event_count,"
                                + "max_event_time,mid_price,spread,label\n");
        for (int i = 0; i < rows.length; i++) {
            csv.append("BTCUSDT,%s,1.0.0,63,1,,".formatted(from.plusSeconds(i)))
                    .append(rows[i][0])
                    .append(',')
                    .append(Double.isNaN(rows[i][1]) ? "" : rows[i][1])
                    .append(',')
                    .append(rows[i][2])
                    .append('\n');
        }
        return csv.toString();
    }

    /** Of what is in the file. */
    static String sha256(Path file) {
        return Sha256.of(bytes(file));
    }

    private static byte[] resource(String name) {
        try (InputStream in = TestDataset.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
