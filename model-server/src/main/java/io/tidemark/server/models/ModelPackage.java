package io.tidemark.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.features.drift.DriftBaseline;
import io.tidemark.features.drift.LongRunSpread;
import io.tidemark.server.model.InputScaling;
import java.util.List;
import java.util.Map;

/**
 * What {@code package.json} says: all there is to know of a version but the model itself.
 *
 * @param packageFormat 1
 * @param version {@code v1}, {@code v2}, …
 * @param createdAt ISO 8601
 * @param codeVersion of the server that trained it
 * @param dataset what it was trained on
 * @param features names in the order the model is told them, of that feature registry version
 * @param missing what is done about an undefined feature
 * @param metrics scores of train, validation, test and of baselines; for people and gates
 * @param importance by feature, on validation
 * @param driftBaseline per feature, of train before scaling; the job reads the copies in the
 *     database
 * @param samples inputs and what the model answers to them, in every bit
 * @param files by name, beside this one
 */
public record ModelPackage(
        int packageFormat,
        String version,
        String createdAt,
        String codeVersion,
        String algorithm,
        Map<String, Double> hyperparameters,
        long seed,
        Dataset dataset,
        String featureRegistryVersion,
        List<String> features,
        Scaling scaling,
        Missing missing,
        Label label,
        JsonNode metrics,
        Map<String, Double> importance,
        List<StoredBaseline> driftBaseline,
        List<Sample> samples,
        Map<String, StoredFile> files) {
    static final int FORMAT = 1;

    /** What is done about an undefined feature. */
    public enum Missing {
        /** The prediction is refused. */
        REFUSE,
        /** It counts as its mean in train. */
        IMPUTE
    }

    /**
     * @param certificateSha256 of the certificate's bytes
     */
    public record Dataset(
            String id, String symbol, int fold, String manifestSha256, String certificateSha256) {}

    /** See {@link InputScaling}. */
    public record Scaling(double[] mean, double[] deviation) {}

    /**
     * What is foretold.
     *
     * @param type as the dataset's manifest says
     * @param classes ascending; empty when it is a number
     * @param residualDeviation of numbers, the root of the mean squared error on validation; else 0
     */
    public record Label(
            String type,
            double[] classes,
            long horizonUs,
            double threshold,
            double residualDeviation) {}

    /**
     * A {@link DriftBaseline} as JSON has it.
     *
     * @param edges between the bins
     * @param counts of the bins, that of undefined values last
     * @param values how many are finite, of which mean and squares tell
     * @param window rows of a window held to it
     * @param spread trace and squares; empty when it is not known
     */
    public record StoredBaseline(
            String feature,
            double[] edges,
            long[] counts,
            long values,
            double mean,
            double squares,
            int window,
            double[] spread) {
        static StoredBaseline of(String feature, DriftBaseline baseline) {
            LongRunSpread spread = baseline.spread();
            return new StoredBaseline(
                    feature,
                    baseline.bins().innerEdges(),
                    baseline.counts(),
                    baseline.moments().count(),
                    baseline.moments().mean(),
                    baseline.moments().squares(),
                    baseline.window(),
                    Double.isNaN(spread.trace())
                            ? new double[0]
                            : new double[] {spread.trace(), spread.squares()});
        }
    }

    /** Features of a row, null where undefined, and the answer. */
    public record Sample(Double[] features, double[] answer) {}

    /** A file of the package. */
    public record StoredFile(long bytes, String sha256) {}
}
