package io.tidemark.server.models;

import io.tidemark.server.training.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes packages of this build, and what they answer, into a directory; see {@code
 * src/test/resources/packages}. Run once when a package's or a model file's format is new.
 */
final class WriteStoredPackages {
    private WriteStoredPackages() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        List<String> lines = new ArrayList<>();
        long number = 0;
        for (TrainedPackage trained :
                List.of(
                        TrainedPackage.of(Algorithm.RIDGE),
                        TrainedPackage.ofClasses(Algorithm.LOGISTIC),
                        TrainedPackage.of(Algorithm.BOOSTED_TREES),
                        TrainedPackage.ofClasses(Algorithm.PERCEPTRON))) {
            ModelPackage content = trained.content(++number);
            String sha256 = PackageStore.in(root).publish(trained.files(), content).orElseThrow();
            for (int row = 0; row < 20; row++) {
                double[] features = trained.train().features()[row];
                double[] scaled = new double[features.length];
                trained.result().scaling().scale(features, scaled);
                lines.add(
                        "%s %s %s %s"
                                .formatted(
                                        content.version(),
                                        sha256,
                                        bits(features),
                                        bits(trained.result().model().predict(scaled))));
            }
        }
        Files.write(root.resolve("answers.txt"), lines);
    }

    private static String bits(double[] values) {
        StringJoiner bits = new StringJoiner(",");
        for (double value : values) {
            bits.add(Long.toHexString(Double.doubleToRawLongBits(value)));
        }
        return bits.toString();
    }
}
