package io.tidemark.job.dataset;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What was checked of a dataset, and how it came out.
 *
 * @param checks all of them, in the order they were made
 */
public record Certificate(String datasetId, List<Check> checks) {
    /** Its place in the folder of the dataset. */
    static final String NAME = "certificate.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * One check.
     *
     * @param found what was looked at, or the first fault
     */
    public record Check(String name, boolean passed, String found) {
        /** Passed unless there is a fault, which then is what was found. */
        static Check of(String name, String fault, String found) {
            return new Check(name, fault.isEmpty(), fault.isEmpty() ? found : fault);
        }
    }

    /** Keeps the list. */
    public Certificate {
        checks = List.copyOf(checks);
    }

    /** Whether a trainer may use the dataset. */
    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
    }

    /** Those that did not pass. */
    public List<Check> failed() {
        return checks.stream().filter(check -> !check.passed()).toList();
    }

    /** Writes {@code certificate.json} beside the manifest, onto the disk. */
    void write(Path folder, Instant certifiedAt) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("certificate_format", 1);
        root.put("dataset_id", datasetId);
        root.put("certified_at", certifiedAt.truncatedTo(ChronoUnit.MILLIS).toString());
        root.put("code_sha256", Sha256.ofKernels());
        root.put("manifest_sha256", Sha256.of(folder.resolve(Manifest.NAME)));
        root.put("passed", passed());
        ArrayNode all = root.putArray("checks");
        for (Check check : checks) {
            all.addObject()
                    .put("name", check.name())
                    .put("passed", check.passed())
                    .put("found", check.found());
        }
        Path file = folder.resolve(NAME);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        DatasetFile.sync(file);
    }
}
