package io.tidemark.server.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.label.LabelText;
import io.tidemark.features.label.LabelType;
import io.tidemark.server.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One fold of a dataset whose certificate holds: it passed, it is the manifest's, and every file is
 * as the manifest says. Each file is read once, so what was hashed is what is trained on.
 *
 * @param fold which one this is, from 0
 * @param folds how many there are
 * @param label as {@link LabelText}; with what the stream makes no outcomes of, when it has that
 */
public record CertifiedDataset(
        String id,
        String symbol,
        int fold,
        int folds,
        String manifestSha256,
        String certificateSha256,
        String registryVersion,
        List<String> features,
        String labelType,
        boolean isClass,
        long horizonMicros,
        long reachMicros,
        double threshold,
        String label,
        Splits splits) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Rows NONE = new Rows(new long[0], new double[0][], new double[0]);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the last fold of a dataset: its train has the newest rows.
     *
     * @param datasets the folder of datasets
     * @throws DatasetRefusedException when it is not to be trained on, saying why
     */
    public static CertifiedDataset open(Path datasets, String id) throws DatasetRefusedException {
        return open(datasets, id, OptionalInt.empty());
    }

    /** Reads another fold of this dataset, which must not have changed since. */
    public CertifiedDataset fold(Path datasets, int number) throws DatasetRefusedException {
        CertifiedDataset other = open(datasets, id, OptionalInt.of(number));
        if (!other.manifestSha256.equals(manifestSha256)) {
            throw new DatasetRefusedException("dataset %s was made anew meanwhile".formatted(id));
        }
        return other;
    }

    private static CertifiedDataset open(Path datasets, String id, OptionalInt number)
            throws DatasetRefusedException {
        if (!ID.matcher(id).matches()) {
            throw new DatasetRefusedException("'%s' is no id of a dataset".formatted(id));
        }
        Path folder = datasets.resolve(id);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new DatasetRefusedException("there is no dataset " + id);
        }
        byte[] manifestBytes = bytes(folder, "manifest.json");
        byte[] certificateBytes = bytes(folder, "certificate.json");
        String manifestSha256 = Sha256.of(manifestBytes);
        try {
            JsonNode certificate = JSON.readTree(certificateBytes);
            if (!certificate.required("passed").asBoolean(false)) {
                throw new DatasetRefusedException(
                        "the certificate of dataset %s says that it did not pass".formatted(id));
            }
            if (!certificate.required("manifest_sha256").asText().equals(manifestSha256)
                    || !certificate.required("dataset_id").asText().equals(id)) {
                throw new DatasetRefusedException(
                        "the certificate of dataset %s is not that of its manifest".formatted(id));
            }
            JsonNode manifest = JSON.readTree(manifestBytes);
            if (manifest.required("manifest_format").asInt() != 1) {
                throw new DatasetRefusedException(
                        "the manifest's format %s is not known here"
                                .formatted(manifest.get("manifest_format")));
            }
            if (!manifest.required("scaling").required("method").asText().equals("none")) {
                throw new DatasetRefusedException(
                        "dataset %s is scaled; a model scales by itself, from rows as they are served"
                                .formatted(id));
            }
            return read(folder, id, number, manifest, manifestSha256, Sha256.of(certificateBytes));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new DatasetRefusedException(
                    "dataset %s cannot be read: %s".formatted(id, e.getMessage()));
        } catch (IOException e) {
            throw new DatasetRefusedException(
                    "a file of dataset %s cannot be read: %s".formatted(id, e.getMessage()));
        }
    }

    private static CertifiedDataset read(
            Path folder,
            String id,
            OptionalInt number,
            JsonNode manifest,
            String manifestSha256,
            String certificateSha256)
            throws IOException, DatasetRefusedException {
        List<String> features = new ArrayList<>();
        manifest.required("features").forEach(name -> features.add(name.asText()));
        JsonNode label = manifest.required("label");
        JsonNode folds = manifest.required("folds");
        JsonNode fold = folds.required(number.orElse(folds.size() - 1));
        JsonNode splits = fold.required("splits");
        String column = label.required("column").asText();
        return new CertifiedDataset(
                id,
                manifest.required("symbol").asText(),
                fold.required("fold").asInt(),
                folds.size(),
                manifestSha256,
                certificateSha256,
                manifest.required("registry").required("version").asText(),
                List.copyOf(features),
                label.required("type").asText(),
                label.required("is_class").asBoolean(),
                label.required("horizon_us").asLong(),
                manifest.required("separation").required("reach_us").asLong(),
                label.required("threshold").asDouble(),
                text(label, manifest.path("request")),
                new Splits(
                        rows(folder, splits.get("train"), features, column),
                        rows(folder, splits.get("validation"), features, column),
                        rows(folder, splits.get("test"), features, column)));
    }

    private static String text(JsonNode label, JsonNode request) {
        String text =
                LabelText.of(
                        new LabelDefinition(
                                LabelType.of(label.required("type").asText()),
                                label.required("horizon_us").asLong(),
                                label.required("threshold").asDouble(),
                                label.path("volatility_us").asLong(0),
                                label.path("costs").asDouble(0)));
        String price = request.path("dataset.price-source").asText("trade");
        String tolerance = request.path("dataset.tolerance").asText("");
        return text
                + (price.equals("trade") ? "" : ":price=" + price)
                + (tolerance.isEmpty() ? "" : ":tolerance=" + tolerance);
    }

    private static Rows rows(
            Path folder, @Nullable JsonNode split, List<String> features, String label)
            throws IOException, DatasetRefusedException {
        if (split == null || split.isNull()) {
            return NONE;
        }
        String name = split.required("file").asText();
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new DatasetRefusedException("the manifest names a file elsewhere");
        }
        byte[] bytes = bytes(folder, name);
        if (!Sha256.of(bytes).equals(split.required("sha256").asText())) {
            throw new DatasetRefusedException(name + " is not the file that was certified");
        }
        Rows rows = parsed(name, bytes, features, label);
        if (rows.count() != split.required("rows").asLong()) {
            throw new DatasetRefusedException(
                    "%s has %d rows, the manifest says %s"
                            .formatted(name, rows.count(), split.get("rows")));
        }
        return rows;
    }

    private static Rows parsed(String name, byte[] bytes, List<String> features, String label)
            throws IOException, DatasetRefusedException {
        try {
            return name.endsWith(".csv")
                    ? SplitFiles.csv(bytes, features, label)
                    : SplitFiles.parquet(bytes, features, label);
        } catch (RuntimeException e) {
            // Parquet's reader throws whatever a bad file leads it to.
            throw new DatasetRefusedException(
                    "%s cannot be read (%s)".formatted(name, e.getClass().getSimpleName()));
        }
    }

    private static byte[] bytes(Path folder, String name) throws DatasetRefusedException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new DatasetRefusedException("the dataset has no " + name);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DatasetRefusedException(name + " cannot be read");
        }
    }
}
