package io.tidemark.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.server.model.LinearModel;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.models.ModelPackage;
import io.tidemark.server.models.PackageStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A version without a training: the number foretold is the first of two features. */
final class TestModels {
    /** Who activates, and why, as a body. */
    static final String WHO = "{\"activated_by\":\"anna\",\"activation_reason\":\"a test\"}";

    private static final byte[] PAGE = "<html></html>".getBytes(StandardCharsets.UTF_8);

    private TestModels() {}

    /** The next version, active; told mid_price and spread of feature registry 1.0.0. */
    static String activate(TestDatabase database, Path directory) {
        String version = publish(database, directory, 1);
        database.execute(
                "INSERT INTO model_activation (number, version, activated_by, reason)"
                        + " SELECT coalesce(max(number), 0) + 1, %s, 'anna', 'a test' FROM model_activation"
                                .formatted(version.substring(1)));
        return version;
    }

    /** The next version, not active; the number foretold is so many times the first feature. */
    static String publish(TestDatabase database, Path directory, double weight) {
        byte[] model = ModelFile.write(new LinearModel(0, new double[] {weight, 0}));
        long number =
                Long.parseLong(
                        database.text("SELECT coalesce(max(number), 0) + 1 FROM model_version"));
        String sha256 =
                PackageStore.in(directory)
                        .publish(
                                Map.of("model.bin", model, "report.html", PAGE),
                                content(number, model, weight))
                        .orElseThrow();
        database.execute(
                "INSERT INTO model_version (number, package_sha256, algorithm, dataset_id,"
                        + " certificate_sha256, metrics) VALUES (%d, '%s', 'ridge', 'd', '11', '{}')"
                                .formatted(number, sha256));
        return "v" + number;
    }

    private static ModelPackage content(long number, byte[] model, double weight) {
        return new ModelPackage(
                1,
                "v" + number,
                "2026-01-01T00:00:00Z",
                "test",
                "ridge",
                Map.of("penalty", 1.0),
                1,
                new ModelPackage.Dataset("d", "BTCUSDT", 0, "00", "11"),
                "1.0.0",
                List.of("mid_price", "spread"),
                new ModelPackage.Scaling(new double[2], new double[] {1, 1}),
                ModelPackage.Missing.IMPUTE,
                new ModelPackage.Label("returns", new double[0], 60_000_000, 0.001, 0.5),
                JsonNodeFactory.instance.objectNode(),
                Map.of("mid_price", 1.0, "spread", 0.0),
                List.of(),
                List.of(
                        new ModelPackage.Sample(
                                new Double[] {2.0, null}, new double[] {2 * weight})),
                Map.of(
                        "model.bin",
                        new ModelPackage.StoredFile(model.length, Sha256.of(model)),
                        "report.html",
                        new ModelPackage.StoredFile(PAGE.length, Sha256.of(PAGE))));
    }
}
