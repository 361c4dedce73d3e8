package io.tidemark.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.training.FoldScores;
import io.tidemark.server.training.Hyperparameters;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
     * @param folds the choice on every fold
     * @param drift of the rows it was fitted on
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
            Rows train,
            List<FoldScores> folds,
            List<ModelPackage.StoredBaseline> drift) {}

    /**
     * The version's content.
     *
     * @param files by name, the model's as {@link ModelFile#write} does it
     */
    public static ModelPackage of(
            long number, TrainingResult result, Origin origin, Map<String, byte[]> files) {
        Map<String, ModelPackage.StoredFile> stored = new TreeMap<>();
        files.forEach(
                (name, bytes) ->
                        stored.put(
                                name, new ModelPackage.StoredFile(bytes.length, Sha256.of(bytes))));
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
                metrics(result, origin.folds()),
                result.importance(),
                origin.drift(),
                samples(result, origin.train()),
                stored);
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

    private static JsonNode metrics(TrainingResult result, List<FoldScores> folds) {
        ObjectNode metrics = JSON.createObjectNode();
        metrics.put("loss", result.target().isClass() ? "log_loss" : "root_mean_squared_error");
        metrics.set("candidate_losses", JSON.valueToTree(result.candidateLosses()));
        metrics.set("train", ScoresJson.of(result.train()));
        metrics.set("validation", ScoresJson.of(result.validation()));
        metrics.set("test", ScoresJson.of(result.test()));
        metrics.set("baselines", ScoresJson.of(result.baselines()));
        metrics.set("test_baselines", ScoresJson.of(result.testBaselines()));
        metrics.set("folds", ScoresJson.of(folds));
        return metrics;
    }

    /** The baseline of every feature, by rows as the engine made them. */
    public static List<ModelPackage.StoredBaseline> drift(
            List<String> features, Rows train, int windowRows) {
        List<ModelPackage.StoredBaseline> baselines = new ArrayList<>();
        for (int column = 0; column < features.size(); column++) {
            int at = column;
            double[] values = Arrays.stream(train.features()).mapToDouble(row -> row[at]).toArray();
            baselines.add(
                    ModelPackage.StoredBaseline.of(
                            features.get(column), DriftBaseline.of(values, windowRows)));
        }
        return baselines;
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
