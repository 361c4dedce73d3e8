package io.tidemark.schemas.settings;

import io.tidemark.schemas.settings.SettingsSource.Value;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as flat keys. Only the node tree is read, so every scalar stays the text that was
 * written ({@code 010}, {@code yes} and {@code 1e3} are not turned into something else) and no tag
 * can make an object.
 */
final class YamlLayer {
    private static final long MAX_BYTES = 1 << 20;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

    private final Path file;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<String> problems;

    private YamlLayer(Path file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads the file; what is wrong with it is added to the problems. */
    static Map<String, Value> read(Path file, List<String> problems) {
        YamlLayer layer = new YamlLayer(file, problems);
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(file + " is larger than 1 MiB");
                return Map.of();
            }
            layer.flatten("", layer.compose(Files.readString(file)));
        } catch (NoSuchFileException e) {
            problems.add("there is no settings file " + file);
        } catch (IOException e) {
            problems.add("cannot read the settings file " + file + ": " + e);
        } catch (MarkedYAMLException e) {
            // Its message quotes the line, and the line may hold a password.
            String line =
                    e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1);
            problems.add(file + line + " cannot be read: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file + " is refused: aliases, or more than one document");
        }
        return layer.values;
    }

    private @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    }

    private void flatten(String prefix, @Nullable Node node) {
        if (node == null || (prefix.isEmpty() && isNull(node))) {
            return;
        }
        String where = file + ":" + (node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name =
                        tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "(a list)";
                flatten(prefix.isEmpty() ? name : prefix + "." + name, tuple.getValueNode());
            }
        } else if (prefix.isEmpty()) {
            problems.add(where + " must hold keys and values");
        } else if (isNull(node)) {
            problems.add(prefix + " has no value (" + where + ")");
        } else if (values.containsKey(prefix)) {
            problems.add(prefix + " is given twice (" + where + ")");
        } else {
            text(node, prefix, where).ifPresent(t -> values.put(prefix, new Value(t, where)));
        }
    }

    private Optional<String> text(Node node, String key, String where) {
        if (node instanceof ScalarNode scalar && isPlain(scalar)) {
            return Optional.of(scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            List<String> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                if (!(item instanceof ScalarNode scalar)
                        || !isPlain(scalar)
                        || scalar.getValue().contains(",")) {
                    problems.add(
                            key + " may list plain values without commas only (" + where + ")");
                    return Optional.empty();
                }
                items.add(scalar.getValue());
            }
            return Optional.of(String.join(",", items));
        }
        problems.add(key + " has a tag, which is not allowed (" + where + ")");
        return Optional.empty();
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    private static boolean isPlain(ScalarNode scalar) {
        return PLAIN_TAGS.contains(scalar.getTag());
    }
}
