package io.tidemark.schemas.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        Long cadence =
                top.duration(
                        top.required("cadence"),
                        "cadence",
                        RegistryDocument.MIN_CADENCE_MICROS,
                        RegistryDocument.MAX_CADENCE_MICROS);
        Node carryNode = top.optional("carry");
        Long carry =
                carryNode == null
                        ? Long.valueOf(RegistryDocument.DEFAULT_CARRY_MICROS)
                        : top.duration(carryNode, "carry", MS, 24 * HOUR);
        List<FeatureEntry> features = features(top);
        if (cadence != null) {
            features.forEach(feature -> checkCadence(feature, cadence));
        }
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
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Node node : nodes) {
            FeatureEntry entry = FeatureEntryReader.read(node, seen, problems);
            if (entry != null) {
                features.add(entry);
            }
        }
        features.forEach(feature -> checkInputs(feature, seen));
        return List.copyOf(features);
    }

    /** The registry's cadence is the finest, so that a row is a whole vector. */
    private void checkCadence(FeatureEntry feature, long cadenceMicros) {
        if (feature.cadenceMicros() % cadenceMicros != 0) {
            problem(
                    feature.lineOf("cadence"),
                    feature,
                    "cadence: wanted a multiple of the registry's, %s, got %s"
                            .formatted(
                                    RegistryDuration.text(cadenceMicros),
                                    RegistryDuration.text(feature.cadenceMicros())));
        }
    }

    /** An input stands before the feature, so there is no circle and one pass computes a row. */
    private void checkInputs(FeatureEntry feature, Map<String, Integer> lines) {
        List<String> inOrder = List.copyOf(lines.keySet());
        for (FeatureInput input : feature.inputs()) {
            Integer line = lines.get(input.name());
            if (line == null) {
                problem(
                        input.line(),
                        feature,
                        "inputs: unknown feature '%s'%s"
                                .formatted(
                                        input.name(),
                                        NearestName.hint(input.name(), lines.keySet())));
            } else if (input.name().equals(feature.name())) {
                problem(input.line(), feature, "inputs: wanted an earlier feature, got itself");
            } else if (inOrder.indexOf(input.name()) > inOrder.indexOf(feature.name())) {
                problem(
                        input.line(),
                        feature,
                        "inputs: wanted an earlier feature, got '%s', which stands later, at line %d"
                                .formatted(input.name(), line));
            }
        }
    }

    private void problem(int line, FeatureEntry feature, String message) {
        problems.add(new RegistryProblem(line, "feature '" + feature.name() + "': " + message));
    }
}
