package io.tidemark.bench.predict;

import io.tidemark.server.model.ModelFile;
import io.tidemark.server.models.ModelPackage;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.PackageMaker;
import io.tidemark.server.models.StoredModel;
import io.tidemark.server.training.Algorithm;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Splits;
import io.tidemark.server.training.Target;
import io.tidemark.server.training.Trainer;
import io.tidemark.server.training.TrainingResult;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A model of boosted trees as the server trains them, on rows with a little to be found in them.
 *
 * @param rows the server is told too
 */
record BoostedModel(List<String> features, double[][] rows, TrainingResult result, byte[] file) {
    static final String REGISTRY_VERSION = "1.0.0";
    private static final long HORIZON_MICROS = 60_000_000;

    /** The same for the same numbers. */
    static BoostedModel fit(int features, int count) {
        List<String> names = IntStream.range(0, features).mapToObj(i -> "feature_" + i).toList();
        SplittableRandom random = new SplittableRandom(1);
        Rows train = rows(random, features, count, 0);
        Splits splits =
                new Splits(
                        train,
                        rows(random, features, count / 4, count),
                        rows(random, features, count / 4, 2L * count));
        TrainingResult result =
                new Trainer(names, Algorithm.BOOSTED_TREES, false, 1)
                        .train(splits, Target.numbers(HORIZON_MICROS), share -> {});
        return new BoostedModel(names, train.features(), result, ModelFile.write(result.model()));
    }

    private static Rows rows(SplittableRandom random, int features, int count, long first) {
        long[] times = new long[count];
        double[][] values = new double[count][features];
        double[] labels = new double[count];
        for (int row = 0; row < count; row++) {
            times[row] = (first + row) * 1_000_000;
            for (int i = 0; i < features; i++) {
                values[row][i] = random.nextGaussian();
            }
            labels[row] =
                    1e-4
                            * (values[row][0] * values[row][1]
                                    + Math.abs(values[row][2])
                                    + random.nextGaussian());
        }
        return new Rows(times, values, labels);
    }

    /** A new version of it. */
    StoredModel publish(ModelRegistry registry) {
        PackageMaker.Origin origin =
                new PackageMaker.Origin(
                        new ModelPackage.Dataset("bench", "SYM000USDT", 0, "00", "11"),
                        REGISTRY_VERSION,
                        features,
                        ModelPackage.Missing.IMPUTE,
                        "returns",
                        HORIZON_MICROS,
                        0,
                        1,
                        "2026-01-01T00:00:00Z",
                        "bench",
                        new Rows(new long[rows.length], rows, new double[rows.length]),
                        List.of(),
                        List.of());
        Map<String, byte[]> files = Map.of("model.bin", file);
        return registry.publish(
                files, number -> PackageMaker.of(number, result, origin, files), "returns:60s");
    }
}
