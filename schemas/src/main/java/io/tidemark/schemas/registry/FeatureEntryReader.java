package io.tidemark.schemas.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one entry of the list of features. */
final class FeatureEntryReader {
    private static final List<String> FIELDS =
            List.of(
                    "name",
                    "function",
                    "input_sources",
                    "inputs",
                    "cadence",
                    "lookback_window",
                    "lookahead_forbidden",
                    "max_lookback_days",
                    "data_sources",
                    "params",
                    "normalization");
    private static final int MAX_DAYS = 90;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final String NAME_FORM = "[a-z][a-z0-9_]{0,63}";
    private static final int MAX_INPUTS = 8;

    private final YamlMapping entry;
    private final List<RegistryProblem> problems;

    private FeatureEntryReader(YamlMapping entry, List<RegistryProblem> problems) {
        this.entry = entry;
        this.problems = problems;
    }

    /**
     * @param seen the lines of the names read so far; the new name is added
     */
    static @Nullable FeatureEntry read(
            Node node, Map<String, Integer> seen, List<RegistryProblem> problems) {
        YamlMapping mapping = YamlMapping.of("feature" + nameOf(node), node, problems);
        if (mapping == null) {
            return null;
        }
        return new FeatureEntryReader(mapping.allowing(FIELDS), problems).read(seen);
    }

    private @Nullable FeatureEntry read(Map<String, Integer> seen) {
        int before = problems.size();
        String name = name("name", entry.required("name"));
        Integer first = name == null ? null : seen.putIfAbsent(name, entry.lineOf("name"));
        if (first != null) {
            entry.problem(entry.lineOf("name"), "the name stands at line " + first + " already");
        }
        String function = name("function", entry.optional("function"));
        int beforeSources = problems.size();
        List<InputSource> sources = inputSources();
        boolean sourcesKnown = problems.size() == beforeSources;
        List<FeatureInput> inputs = inputs();
        Long cadence =
                entry.duration(
                        entry.optional("cadence"),
                        "cadence",
                        RegistryDocument.MIN_CADENCE_MICROS,
                        RegistryDocument.MAX_CADENCE_MICROS);
        Long lookback =
                entry.duration(
                        entry.required("lookback_window"),
                        "lookback_window",
                        0,
                        MAX_DAYS * DAY_MICROS);
        Boolean forbidden =
                entry.flag(entry.required("lookahead_forbidden"), "lookahead_forbidden");
        if (forbidden != null && !forbidden) {
            entry.problem(
                    entry.lineOf("lookahead_forbidden"),
                    "lookahead_forbidden: wanted true, got false");
        }
        Integer maxDays =
                entry.integer(
                        entry.required("max_lookback_days"), "max_lookback_days", 0, MAX_DAYS);
        if (lookback != null && maxDays != null && lookback > maxDays * DAY_MICROS) {
            entry.problem(
                    entry.lineOf("lookback_window"),
                    "lookback_window: wanted at most max_lookback_days, %d d, got %s"
                            .formatted(maxDays, RegistryDuration.text(lookback)));
        }
        List<DataSource> dataSources =
                dataSources(sourcesKnown ? sources : List.of(InputSource.values()));
        Map<String, FeatureParam> params = params();
        Normalization normalization =
                NormalizationReader.read(entry, entry.optional("normalization"));
        if (problems.size() > before || name == null || lookback == null || maxDays == null) {
            return null;
        }
        return new FeatureEntry(
                name,
                function,
                sources,
                inputs,
                cadence == null ? 0 : cadence,
                lookback,
                maxDays,
                dataSources,
                params,
                normalization,
                entry.line(),
                Map.copyOf(entry.lines()));
    }

    private @Nullable String name(String field, @Nullable Node node) {
        return entry.text(
                node,
                field,
                text -> text.matches(NAME_FORM),
                "1 to 64 of a-z, 0-9 and _, beginning with a letter");
    }

    private List<InputSource> inputSources() {
        List<Node> nodes = entry.list(entry.required("input_sources"), "input_sources");
        List<InputSource> sources = new ArrayList<>();
        for (Node node : nodes == null ? List.<Node>of() : nodes) {
            InputSource source = source(entry, "input_sources", node);
            if (source != null && sources.contains(source)) {
                entry.problem(
                        YamlText.line(node),
                        "input_sources: '" + source.wireName() + "' stands twice");
            } else if (source != null) {
                sources.add(source);
            }
        }
        return List.copyOf(sources);
    }

    private List<FeatureInput> inputs() {
        Node node = entry.optional("inputs");
        List<Node> nodes = entry.list(node, "inputs");
        List<FeatureInput> inputs = new ArrayList<>();
        for (Node item : nodes == null ? List.<Node>of() : nodes) {
            String name = name("inputs", item);
            if (name != null) {
                inputs.add(new FeatureInput(name, YamlText.line(item)));
            }
        }
        if (node != null && nodes != null && (nodes.isEmpty() || nodes.size() > MAX_INPUTS)) {
            entry.problem(
                    YamlText.line(node),
                    "inputs: wanted 1 to " + MAX_INPUTS + " features, got " + nodes.size());
        }
        return List.copyOf(inputs);
    }

    private static @Nullable InputSource source(
            YamlMapping owner, String field, @Nullable Node node) {
        String name =
                owner.text(
                        node,
                        field,
                        text -> InputSource.ofWireName(text).isPresent(),
                        "one of " + InputSource.wireNames());
        return name == null ? null : InputSource.ofWireName(name).orElseThrow();
    }

    private List<DataSource> dataSources(List<InputSource> inputs) {
        List<Node> nodes = entry.list(entry.optional("data_sources"), "data_sources");
        List<DataSource> result = new ArrayList<>();
        for (Node node : nodes == null ? List.<Node>of() : nodes) {
            YamlMapping item = entry.child("data_sources", node);
            if (item == null) {
                continue;
            }
            item.allowing(List.of("source", "timestamp_required"));
            InputSource source = source(item, "source", item.required("source"));
            Boolean required = item.flag(item.optional("timestamp_required"), "timestamp_required");
            if (source != null && !inputs.contains(source)) {
                item.problem(
                        item.lineOf("source"),
                        "source: wanted one of the feature's input_sources, got '"
                                + source.wireName()
                                + "'");
            } else if (source != null) {
                result.add(new DataSource(source, required == null || required));
            }
        }
        return List.copyOf(result);
    }

    private Map<String, FeatureParam> params() {
        Node node = entry.optional("params");
        YamlMapping mapping = node == null ? null : entry.child("params", node);
        Map<String, FeatureParam> params = new LinkedHashMap<>();
        if (mapping != null) {
            mapping.fields()
                    .forEach(
                            (name, value) -> {
                                String text =
                                        mapping.text(
                                                value,
                                                name,
                                                t -> !t.isEmpty() && t.length() <= 100,
                                                "1 to 100 characters");
                                if (text != null) {
                                    params.put(name, new FeatureParam(text, YamlText.line(value)));
                                }
                            });
        }
        return Collections.unmodifiableMap(params);
    }

    private static String nameOf(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return "";
        }
        return mapping.getValue().stream()
                .filter(t -> t.getKeyNode() instanceof ScalarNode k && k.getValue().equals("name"))
                .findFirst()
                .map(t -> " " + YamlMapping.shown(t.getValueNode()))
                .orElse("");
    }
}
