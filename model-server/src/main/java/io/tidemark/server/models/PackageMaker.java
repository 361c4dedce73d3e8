package io.tidemark.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.training.Hyperparameters;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Scores;
import io.tidemark.server.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes packages of training results. */
public final class PackageMaker {
    private static final int SAMPLES = 8;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private PackageMaker() {}

    /**
     * What the package is made of beside the result.
     *
     * @param train the rows it was fitted on
     * @param labelType as the dataset's manifest says
     */
    public record Origin(
            ModelPackage.Dataset dataset,
            String featureRegistryVersion,
            List<String> features,
            ModelPackage.Missing missing,
            String labelType,
            long horizonMicros,
            double threshold,
            long seed,
            String createdAt,
            String codeVersion,
            Rows train) {}

    /** The version's content; its model file must be written as {@link ModelFile#write} does. */
    public static ModelPackage of(long number, TrainingResult result, Origin origin, byte[] model) {
        return new ModelPackage(
                ModelPackage.FORMAT,
                "v" + number,
                origin.createdAt(),
                origin.codeVersion(),
                result.algorithm().wireName(),
                hyperparameters(result.hyperparameters()),
                origin.seed(),
                origin.dataset(),
                origin.featureRegistryVersion(),
                origin.features(),
                new ModelPackage.Scaling(result.scaling().mean(), result.scaling().deviation()),
                origin.missing(),
                new ModelPackage.Label(
                        origin.labelType(),
                        result.target().classes(),
                        origin.horizonMicros(),
                        origin.threshold(),
                        result.target().isClass() ? 0 : result.validation().loss()),
                metrics(result),
                result.importance(),
                drift(origin),
                samples(result, origin.train()),
                Map.of(
                        PackageStore.MODEL,
                        new ModelPackage.StoredFile(model.length, Sha256.of(model))));
    }

    private static Map<String, Double> hyperparameters(Hyperparameters with) {
        Map<String, Double> named = new LinkedHashMap<>();
        JSON.valueToTree(with)
                .properties()
                .forEach(
                        one -> {
                            if (one.getValue().doubleValue() != 0) {
                                named.put(one.getKey(), one.getValue().doubleValue());
                            }
                        });
        return named;
    }

    private static JsonNode metrics(TrainingResult result) {
        ObjectNode metrics = JSON.createObjectNode();
        metrics.put("loss", result.target().isClass() ? "log_loss" : "root_mean_squared_error");
        metrics.set("candidate_losses", JSON.valueToTree(result.candidateLosses()));
        metrics.set("train", scores(result.train()));
        metrics.set("validation", scores(result.validation()));
        metrics.set("test", scores(result.test()));
        metrics.set("baselines", scores(result.baselines()));
        metrics.set("test_baselines", scores(result.testBaselines()));
        return metrics;
    }

    private static JsonNode scores(Map<String, Scores> scores) {
        ObjectNode named = JSON.createObjectNode();
        scores.forEach((name, one) -> named.set(name, scores(one)));
        return named;
    }

    /** What is not defined is null, as JSON has no NaN. */
    private static JsonNode scores(@Nullable Scores scores) {
        if (scores == null) {
            return JSON.nullNode();
        }
        ObjectNode tree =
                JSON.valueToTree(
                        scores.regression() != null
                                ? scores.regression()
                                : scores.classification());
        for (Map.Entry<String, JsonNode> one : tree.properties()) {
            if (one.getValue().isDouble() && Double.isNaN(one.getValue().doubleValue())) {
                one.setValue(JSON.nullNode());
            }
        }
        return tree;
    }

    private static List<ModelPackage.DriftBaseline> drift(Origin origin) {
        List<ModelPackage.DriftBaseline> baseline = new ArrayList<>();
        double[][] rows = origin.train().features();
        for (int column = 0; column < origin.features().size(); column++) {
            int at = column;
            double[] values =
                    Arrays.stream(rows)
                            .mapToDouble(row -> row[at])
                            .filter(value -> !Double.isNaN(value))
                            .sorted()
                            .toArray();
            double mean = Arrays.stream(values).average().orElse(0);
            double variance =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
            double[] deciles = new double[values.length == 0 ? 0 : 9];
            for (int i = 0; i < deciles.length; i++) {
                deciles[i] = values[(int) ((long) (i + 1) * (values.length - 1) / 10)];
            }
            baseline.add(
                    new ModelPackage.DriftBaseline(
                            origin.features().get(column),
                            mean,
                            Math.sqrt(variance),
                            1 - (double) values.length / rows.length,
                            deciles));
        }
        return baseline;
    }

    /** Rows spread over train, and what the model says of them. */
    private static List<ModelPackage.Sample> samples(TrainingResult result, Rows train) {
        List<ModelPackage.Sample> samples = new ArrayList<>();
        int count = Math.min(SAMPLES, train.count());
        for (int i = 0; i < count; i++) {
            double[] features = train.features()[(int) ((long) i * train.count() / count)];
            double[] scaled = new double[features.length];
            result.scaling().scale(features, scaled);
            Double[] told = new Double[features.length];
            for (int column = 0; column < told.length; column++) {
                told[column] = Double.isNaN(features[column]) ? null : features[column];
            }
            samples.add(new ModelPackage.Sample(told, result.model().predict(scaled)));
        }
        return samples;
    }
}
