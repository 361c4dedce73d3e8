package io.tidemark.server.models;

import io.tidemark.server.model.InputScaling;
import io.tidemark.server.model.Model;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.Rows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;

/**
 * A version ready to answer: its package agrees with its model, and the model answered the
 * package's samples in every bit.
 *
 * @param sha256 of package.json's bytes, so of all files
 */
public record LoadedModel(ModelPackage content, String sha256, InputScaling scaling, Model model) {
    /**
     * Far more than any training here makes. Counted, not measured: a clock would refuse a good
     * model on a busy machine.
     */
    private static final long MOST_STEPS = 1_000_000;

    /**
     * Checks everything that can be checked; runs nothing but our own arithmetic.
     *
     * @param version what the caller asked for
     * @param packageJson as it lies there
     * @param modelFile as it lies there
     * @throws ModelRefusedException saying why
     */
    static LoadedModel of(String version, byte[] packageJson, byte[] modelFile)
            throws ModelRefusedException {
        ModelPackage content = PackageJson.read(packageJson);
        refuseIf(
                !content.version().equals(version),
                "the package says it is %s, not %s".formatted(content.version(), version));
        ModelPackage.StoredFile file = content.files().get(PackageStore.MODEL);
        refuseIf(
                file == null
                        || file.bytes() != modelFile.length
                        || !file.sha256().equals(Sha256.of(modelFile)),
                "the model file is not the one the package was made with");
        Model model = ModelFile.read(modelFile);
        refuseIf(
                model.steps() > MOST_STEPS,
                "an answer takes up to %d steps, at most %d are waited for"
                        .formatted(model.steps(), MOST_STEPS));
        InputScaling scaling = scaling(content);
        int inputs = content.features().size();
        refuseIf(new HashSet<>(content.features()).size() != inputs, "a feature is named twice");
        refuseIf(
                model.inputs() != inputs || scaling.inputs() != inputs,
                "the model is told %d numbers, the package has %d features and %d scalings"
                        .formatted(model.inputs(), inputs, scaling.inputs()));
        refuseIf(
                model.outputs() != Math.max(1, content.label().classes().length),
                "the model has %d outputs, the package %d classes"
                        .formatted(model.outputs(), content.label().classes().length));
        LoadedModel loaded = new LoadedModel(content, Sha256.of(packageJson), scaling, model);
        loaded.answerSamples();
        return loaded;
    }

    private static InputScaling scaling(ModelPackage content) throws ModelRefusedException {
        try {
            return new InputScaling(content.scaling().mean(), content.scaling().deviation());
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("the scaling cannot be used: " + e.getMessage());
        }
    }

    private void answerSamples() throws ModelRefusedException {
        refuseIf(content.samples().isEmpty(), "the package has no samples to answer");
        for (ModelPackage.Sample sample : content.samples()) {
            refuseIf(
                    sample.features().length != scaling.inputs(),
                    "a sample has another number of features");
            double[] features = new double[sample.features().length];
            for (int i = 0; i < features.length; i++) {
                Double value = sample.features()[i];
                features[i] = value == null ? Double.NaN : value;
            }
            double[] answer = answer(features);
            refuseIf(
                    !Arrays.stream(answer).allMatch(Double::isFinite)
                            || !Arrays.equals(answer, sample.answer()),
                    "the model does not answer the package's samples as it did when it was made");
        }
    }

    /** The answer to features as the engine made them; NaN is undefined. */
    public double[] answer(double[] features) {
        double[] scaled = new double[features.length];
        scaling.scale(features, scaled);
        return model.predict(scaled);
    }

    /** Why it cannot be asked about the dataset's labels; empty when it can. */
    Optional<String> mismatch(CertifiedDataset dataset) {
        ModelPackage.Label label = content.label();
        if (!label.type().equals(dataset.labelType())
                || label.horizonUs() != dataset.horizonMicros()
                || label.threshold() != dataset.threshold()) {
            return Optional.of("foretells something else");
        }
        return dataset.features().containsAll(content.features())
                ? Optional.empty()
                : Optional.of("wants features that the dataset has not");
    }

    /** Its answers to rows of a dataset that it can be asked about. */
    double[][] answers(CertifiedDataset dataset, Rows rows) {
        int[] columns = content.features().stream().mapToInt(dataset.features()::indexOf).toArray();
        return Arrays.stream(rows.features())
                .map(row -> answer(Arrays.stream(columns).mapToDouble(i -> row[i]).toArray()))
                .toArray(double[][]::new);
    }

    private static void refuseIf(boolean wrong, String reason) throws ModelRefusedException {
        if (wrong) {
            throw new ModelRefusedException(reason);
        }
    }
}
