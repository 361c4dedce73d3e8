package io.tidemark.server.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders of datasets as the worker publishes them, whole or not at all. Only read. */
final class DatasetFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path datasets;

    DatasetFiles(Path datasets) {
        this.datasets = datasets;
    }

    /**
     * A file of a dataset.
     *
     * @param name its place in the folder
     */
    record Part(String name, Path path, long bytes, String sha256) {}

    /** The manifest; empty when the folder is not there. */
    Optional<JsonNode> manifest(String id) throws IOException {
        return read(id, "manifest.json");
    }

    /** The certificate; empty when there is none. */
    Optional<JsonNode> certificate(String id) throws IOException {
        return read(id, "certificate.json");
    }

    private Optional<JsonNode> read(String id, String name) throws IOException {
        Path file = datasets.resolve(id).resolve(name);
        return Files.isRegularFile(file)
                ? Optional.of(JSON.readTree(file.toFile()))
                : Optional.empty();
    }

    /** The files of the split, or of all splits, in the fold, or in all. */
    List<Part> parts(String id, JsonNode manifest, String split, Optional<Long> fold) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode one : manifest.path("folds")) {
            if (fold.isPresent() && one.path("fold").asLong() != fold.get()) {
                continue;
            }
            one.path("splits")
                    .properties()
                    .forEach(
                            file -> {
                                if (split.equals("all") || split.equals(file.getKey())) {
                                    String name = file.getValue().path("file").asText();
                                    parts.add(
                                            new Part(
                                                    name,
                                                    datasets.resolve(id).resolve(name),
                                                    file.getValue().path("bytes").asLong(),
                                                    file.getValue().path("sha256").asText()));
                                }
                            });
        }
        return parts;
    }
}
