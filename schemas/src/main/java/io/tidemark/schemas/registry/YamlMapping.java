package io.tidemark.schemas.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file, read field by field. A reader of a field answers null after adding what
 * was wrong; a required field that is absent is a problem, an optional one is not.
 */
final class YamlMapping {
    private final String what;
    private final int line;
    private final List<RegistryProblem> problems;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private YamlMapping(String what, int line, List<RegistryProblem> problems) {
        this.what = what;
        this.line = line;
        this.problems = problems;
    }

    /** Reads the keys: each a text, none twice. Null when the node is no mapping. */
    static @Nullable YamlMapping of(String what, Node node, List<RegistryProblem> problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    new RegistryProblem(
                            YamlText.line(node), what + ": wanted a mapping, got " + kind(node)));
            return null;
        }
        YamlMapping result = new YamlMapping(what, YamlText.line(node), problems);
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                result.problem(YamlText.line(key), "wanted a name as key, got " + kind(key));
            } else if (result.fields.putIfAbsent(scalar.getValue(), tuple.getValueNode()) == null) {
                result.lines.put(scalar.getValue(), YamlText.line(key));
            } else {
                result.problem(
                        YamlText.line(key), "the field '" + scalar.getValue() + "' stands twice");
            }
        }
        return result;
    }

    /** A mapping within this one, named after both; null when the node is none. */
    @Nullable YamlMapping child(String field, Node node) {
        return of(what + ": " + field, node, problems);
    }

    /** Adds a problem for each field that is not known. */
    YamlMapping allowing(Collection<String> known) {
        lines.forEach(
                (field, at) -> {
                    if (!known.contains(field)) {
                        problem(
                                at,
                                "unknown field '" + field + "'" + NearestName.hint(field, known));
                    }
                });
        return this;
    }

    int line() {
        return line;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    Map<String, Node> fields() {
        return fields;
    }

    int lineOf(String field) {
        return lines.getOrDefault(field, line);
    }

    void problem(int at, String message) {
        problems.add(new RegistryProblem(at, what + ": " + message));
    }

    @Nullable Node required(String field) {
        Node node = fields.get(field);
        if (node == null) {
            problem(line, "wanted the field '" + field + "', got none");
        }
        return node;
    }

    @Nullable Node optional(String field) {
        return fields.get(field);
    }

    /** A text of the wanted form. */
    @Nullable String text(
            @Nullable Node node, String field, Predicate<String> form, String wanted) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && form.test(scalar.getValue())) {
            return scalar.getValue();
        }
        problem(YamlText.line(node), field + ": wanted " + wanted + ", got " + shown(node));
        return null;
    }

    /** A duration of min to max microseconds. */
    @Nullable Long duration(@Nullable Node node, String field, long min, long max) {
        String text =
                text(
                        node,
                        field,
                        t -> RegistryDuration.micros(t).isPresent(),
                        "a duration like 500ms, 3s, 1m, 4h or 7d");
        OptionalLong micros = text == null ? OptionalLong.empty() : RegistryDuration.micros(text);
        if (node == null || micros.isEmpty()) {
            return null;
        }
        if (micros.getAsLong() < min || micros.getAsLong() > max) {
            problem(
                    YamlText.line(node),
                    "%s: wanted %s to %s, got %s"
                            .formatted(
                                    field,
                                    RegistryDuration.text(min),
                                    RegistryDuration.text(max),
                                    text));
            return null;
        }
        return micros.getAsLong();
    }

    /** A plain whole number of min to max. */
    @Nullable Integer integer(@Nullable Node node, String field, int min, int max) {
        String wanted = "a whole number of " + min + " to " + max;
        if (node != null && !node.getTag().equals(Tag.INT)) {
            problem(YamlText.line(node), field + ": wanted " + wanted + ", got " + shown(node));
            return null;
        }
        String text =
                text(
                        node,
                        field,
                        t ->
                                t.matches("\\d{1,9}")
                                        && Integer.parseInt(t) >= min
                                        && Integer.parseInt(t) <= max,
                        wanted);
        return text == null ? null : Integer.valueOf(text);
    }

    /** A plain finite number. */
    @Nullable Double number(@Nullable Node node, String field) {
        String text =
                text(
                        node,
                        field,
                        t -> t.matches("[-+]?\\d{1,40}(\\.\\d{1,40})?([eE][-+]?\\d{1,3})?"),
                        "a number");
        if (node == null || text == null) {
            return null;
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            problem(YamlText.line(node), field + ": wanted a finite number, got " + text);
            return null;
        }
        return value;
    }

    /** Plain true or false. */
    @Nullable Boolean flag(@Nullable Node node, String field) {
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
            if (scalar.getValue().equals("true") || scalar.getValue().equals("false")) {
                return scalar.getValue().equals("true");
            }
        }
        problem(YamlText.line(node), field + ": wanted true or false, got " + shown(node));
        return null;
    }

    /** The items of a list. */
    @Nullable List<Node> list(@Nullable Node node, String field) {
        if (node == null) {
            return null;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(YamlText.line(node), field + ": wanted a list, got " + shown(node));
        return null;
    }

    /** A value for a message: a scalar's text, cut; else its kind. */
    static String shown(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return kind(node);
        }
        String value = scalar.getValue();
        return "'" + (value.length() > 60 ? value.substring(0, 60) + "..." : value) + "'";
    }

    private static String kind(Node node) {
        return switch (node.getNodeId()) {
            case mapping -> "a mapping";
            case sequence -> "a list";
            default -> "a plain value";
        };
    }
}
