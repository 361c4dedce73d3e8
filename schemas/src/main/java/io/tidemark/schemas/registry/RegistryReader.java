package io.tidemark.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the top of a registry file and its list of features. */
final class RegistryReader {
    private static final List<String> FIELDS = List.of("version", "cadence", "carry", "features");
    private static final int MAX_FEATURES = 1_000;
    private static final long MS = 1_000L;
    private static final long HOUR = 3_600_000_000L;

    private final List<RegistryProblem> problems = new ArrayList<>();

    private RegistryReader() {}

    static RegistryDocument read(String yaml) {
        RegistryReader reader = new RegistryReader();
        RegistryDocument document = reader.document(YamlText.compose(yaml, reader.problems));
        if (document == null || !reader.problems.isEmpty()) {
            throw new RegistryInvalidException(reader.problems);
        }
        return document;
    }

    private @Nullable RegistryDocument document(@Nullable Node root) {
        YamlMapping top = root == null ? null : YamlMapping.of("registry", root, problems);
        if (top == null) {
            return null;
        }
        top.allowing(FIELDS);
        String version =
                top.text(
                        top.required("version"),
                        "version",
                        v -> v.matches("\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}"),
                        "three numbers like \"1.0.0\"");
        Long cadence = top.duration(top.required("cadence"), "cadence", MS, HOUR);
        Node carryNode = top.optional("carry");
        Long carry =
                carryNode == null
                        ? Long.valueOf(RegistryDocument.DEFAULT_CARRY_MICROS)
                        : top.duration(carryNode, "carry", MS, 24 * HOUR);
        List<FeatureEntry> features = features(top);
        if (version == null || cadence == null || carry == null) {
            return null;
        }
        return new RegistryDocument(version, cadence, carry, features);
    }

    private List<FeatureEntry> features(YamlMapping top) {
        List<Node> nodes = top.list(top.required("features"), "features");
        if (nodes == null) {
            return List.of();
        }
        if (nodes.isEmpty() || nodes.size() > MAX_FEATURES) {
            top.problem(
                    top.lineOf("features"),
                    "features: wanted 1 to " + MAX_FEATURES + " of them, got " + nodes.size());
            return List.of();
        }
        List<FeatureEntry> features = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Node node : nodes) {
            FeatureEntry entry = FeatureEntryReader.read(node, seen, problems);
            if (entry != null) {
                features.add(entry);
            }
        }
        return List.copyOf(features);
    }
}
