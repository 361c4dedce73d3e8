package io.tidemark.server;

import io.tidemark.server.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/** Datasets as the job publishes them, small: the label follows the first of two features. */
final class TestDataset {
    private TestDataset() {}

    /** CSV, of numbers, of feature registry 1.0.0 with mid_price and spread. */
    static void write(Path archive, String id, boolean passed) {
        Path folder = archive.resolve("datasets").resolve(id);
        StringBuilder splits = new StringBuilder();
        SplittableRandom random = new SplittableRandom(1);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        for (String split : new String[] {"train", "validation", "test"}) {
            StringBuilder rows =
                    new StringBuilder(
                            "symbol,grid_time,registry_version,completeness,event_count,"
                                    + "max_event_time,mid_price,spread,label\n");
            int count = 200;
            for (int i = 0; i < count; i++) {
                double mid = random.nextGaussian();
                String spread = random.nextInt(10) == 0 ? "" : "" + random.nextDouble();
                rows.append("BTCUSDT,%s,1.0.0,63,1,,".formatted(from))
                        .append(mid)
                        .append(',')
                        .append(spread)
                        .append(',')
                        .append(mid * 1e-3 + random.nextGaussian() * 1e-4)
                        .append('\n');
                from = from.plusSeconds(1);
            }
            String file = "fold=0/split=" + split + "/rows.csv";
            byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
            put(folder.resolve(file), bytes);
            splits.append(splits.isEmpty() ? "" : ",")
                    .append(
                            "\"%s\":{\"file\":\"%s\",\"sha256\":\"%s\",\"rows\":%d}"
                                    .formatted(split, file, Sha256.of(bytes), count));
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
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        put(folder.resolve("manifest.json"), bytes);
        String certificate =
                "{\"certificate_format\": 1, \"dataset_id\": \"%s\", \"manifest_sha256\": \"%s\", \"passed\": %s}"
                        .formatted(id, Sha256.of(bytes), passed);
        put(folder.resolve("certificate.json"), certificate.getBytes(StandardCharsets.UTF_8));
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
