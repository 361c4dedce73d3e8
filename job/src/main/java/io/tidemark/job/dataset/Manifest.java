package io.tidemark.job.dataset;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.job.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code manifest.json} says, as far as certifying needs it. {@link ManifestWriter} writes it.
 *
 * @param request by setting
 * @param registrySha256 that the manifest gives for the registry's text
 * @param scalings of each fold
 * @param files of splits, by their place in the folder
 */
public record Manifest(
        String datasetId,
        String symbol,
        String createdAt,
        Map<String, String> request,
        Registry registry,
        String registrySha256,
        List<Scaling> scalings,
        Map<String, SplitFile> files) {
    /** Its place in the folder. */
    static final String NAME = "manifest.json";

    /** The form that {@link ManifestWriter} writes and this reads. */
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What it says of a file. */
    public record SplitFile(int fold, String split, long rows, long bytes, String sha256) {}

    /** Keeps the collections. */
    public Manifest {
        request = Map.copyOf(request);
        scalings = List.copyOf(scalings);
        files = new LinkedHashMap<>(files);
    }

    /** Reads the manifest of a dataset; IOException when there is none or it is none. */
    public static Manifest of(Path dataset) throws IOException {
        Path file = dataset.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(dataset + " is no dataset: it has no " + NAME);
        }
        try {
            return read(JSON.readTree(file.toFile()));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DatasetException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static Manifest read(JsonNode root) {
        if (root.path("manifest_format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "wanted format %d, got %s".formatted(FORMAT, root.path("manifest_format")));
        }
        Map<String, String> request = new TreeMap<>();
        root.required("request")
                .properties()
                .forEach(one -> request.put(one.getKey(), one.getValue().asText()));
        boolean standardized =
                root.required("scaling").required("method").asText().equals("z_score");
        double clip = root.required("scaling").required("clip").asDouble();
        List<Scaling> scalings = new ArrayList<>();
        Map<String, SplitFile> files = new LinkedHashMap<>();
        for (JsonNode fold : root.required("folds")) {
            JsonNode scaling = fold.required("scaling");
            scalings.add(
                    new Scaling(
                            numbers(scaling.required("mean")),
                            numbers(scaling.required("deviation")),
                            clip,
                            standardized));
            fold.required("splits")
                    .properties()
                    .forEach(
                            split ->
                                    files.put(
                                            split.getValue().required("file").asText(),
                                            file(fold, split.getKey(), split.getValue())));
        }
        JsonNode registry = root.required("registry");
        return new Manifest(
                root.required("dataset_id").asText(),
                root.required("symbol").asText(),
                root.required("created_at").asText(),
                request,
                new Registry(
                        registry.required("yaml").asText(),
                        registry.required("cadence_us").asLong()),
                registry.required("sha256").asText(),
                scalings,
                files);
    }

    private static SplitFile file(JsonNode fold, String split, JsonNode file) {
        return new SplitFile(
                fold.required("fold").asInt(),
                split,
                file.required("rows").asLong(),
                file.required("bytes").asLong(),
                file.required("sha256").asText());
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).isNull() ? Double.NaN : list.get(i).asDouble();
        }
        return numbers;
    }

    /**
     * The specification the dataset was made by.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    public DatasetSpec spec(String archiveRoot) {
        return DatasetSettings.of(request, registry, archiveRoot);
    }
}
