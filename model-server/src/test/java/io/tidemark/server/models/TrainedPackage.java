package io.tidemark.server.models;

import io.tidemark.server.model.ModelFile;
import io.tidemark.server.training.Algorithm;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Splits;
import io.tidemark.server.training.Target;
import io.tidemark.server.training.Trainer;
import io.tidemark.server.training.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** A training of a second, and the packages of it. */
record TrainedPackage(TrainingResult result, Rows train, byte[] model) {
    static final List<String> FEATURES = List.of("a", "b", "c");
    static final byte[] PAGE = "<html>a page</html>".getBytes(StandardCharsets.UTF_8);

    /** Of numbers. */
    static TrainedPackage of(Algorithm algorithm) {
        SplittableRandom random = new SplittableRandom(1);
        return of(
                algorithm,
                new Splits(rows(random, 300), rows(random, 100), rows(random, 100)),
                Target.numbers(1));
    }

    /** Of two classes. */
    static TrainedPackage ofClasses(Algorithm algorithm) {
        SplittableRandom random = new SplittableRandom(1);
        Splits splits =
                new Splits(
                        rounded(rows(random, 300)),
                        rounded(rows(random, 100)),
                        rounded(rows(random, 100)));
        return of(algorithm, splits, Target.classesOf(splits.train().labels(), 1));
    }

    private static TrainedPackage of(Algorithm algorithm, Splits splits, Target target) {
        TrainingResult result =
                new Trainer(FEATURES, algorithm, false, 1).train(splits, target, done -> {});
        return new TrainedPackage(result, splits.train(), ModelFile.write(result.model()));
    }

    /** By name, beside package.json. */
    Map<String, byte[]> files() {
        return Map.of("model.bin", model, "report.html", PAGE);
    }

    ModelPackage content(long number) {
        return content(number, "d");
    }

    /** Packages of one number that differ. */
    ModelPackage content(long number, String datasetId) {
        return PackageMaker.of(
                number,
                result,
                new PackageMaker.Origin(
                        new ModelPackage.Dataset(datasetId, "BTCUSDT", 0, "00", "11"),
                        "1.0.0",
                        FEATURES,
                        ModelPackage.Missing.IMPUTE,
                        "returns",
                        1,
                        0.001,
                        1,
                        "2026-01-01T00:00:00Z",
                        "test",
                        train,
                        List.of(result.foldScores(0, train)),
                        PackageMaker.drift(FEATURES, train, 10)),
                files());
    }

    private static Rows rounded(Rows rows) {
        double[] labels = Arrays.stream(rows.labels()).map(label -> label < 1 ? 0 : 1).toArray();
        return new Rows(rows.timesMicros(), rows.features(), labels);
    }

    private static Rows rows(SplittableRandom random, int count) {
        double[][] features = new double[count][FEATURES.size()];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            for (int column = 0; column < FEATURES.size(); column++) {
                features[i][column] =
                        random.nextInt(20) == 0 ? Double.NaN : 10 * random.nextGaussian();
            }
            labels[i] = (features[i][0] > 0 ? 1 : 0) + random.nextDouble();
        }
        return new Rows(LongStream.range(0, count).toArray(), features, labels);
    }
}
