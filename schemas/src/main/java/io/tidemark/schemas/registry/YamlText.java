package io.tidemark.schemas.registry;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** The plain part of YAML: one document, no tags, no anchors, no aliases, shallow. */
final class YamlText {
    private static final int MAX_DEPTH = 12;

    private YamlText() {}

    /** The graph of the only document; null, with problems added, when the text has none. */
    static @Nullable Node compose(String yaml, List<RegistryProblem> problems) {
        try {
            // Events first: the composed graph no longer shows what an alias was.
            List<RegistryProblem> refused = refusedConstructs(yaml);
            if (!refused.isEmpty()) {
                problems.addAll(refused);
                return null;
            }
            Node root = parser().compose(new StringReader(yaml));
            if (root == null) {
                problems.add(new RegistryProblem(0, "wanted a registry, got an empty file"));
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new RegistryProblem(line, "not YAML: " + e.getProblem()));
        } catch (ReaderException e) {
            problems.add(
                    new RegistryProblem(
                            lineAt(yaml, e.getPosition()),
                            "not YAML: character U+%04X is not allowed"
                                    .formatted(e.getCodePoint())));
        } catch (YAMLException e) {
            problems.add(new RegistryProblem(0, "not YAML: " + e.getMessage()));
        }
        return null;
    }

    /** The line of a node, from 1. */
    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static List<RegistryProblem> refusedConstructs(String yaml) {
        List<RegistryProblem> refused = new ArrayList<>();
        int documents = 0;
        int depth = 0;
        for (Event event : parser().parse(new StringReader(yaml))) {
            int line = event.getStartMark() == null ? 0 : event.getStartMark().getLine() + 1;
            if (event instanceof DocumentStartEvent && ++documents == 2) {
                refused.add(new RegistryProblem(line, "wanted one document, got a second"));
            }
            if (event instanceof AliasEvent) {
                refused.add(new RegistryProblem(line, "aliases (*) are not allowed"));
            } else if (event instanceof NodeEvent node && node.getAnchor() != null) {
                refused.add(new RegistryProblem(line, "anchors (&) are not allowed"));
            }
            String tag = tagOf(event);
            if (tag != null) {
                refused.add(new RegistryProblem(line, "tags are not allowed, got " + tag));
            }
            depth += depthChange(event);
            if (depth > MAX_DEPTH) {
                refused.add(
                        new RegistryProblem(
                                line, "wanted at most " + MAX_DEPTH + " levels of nesting"));
                return refused;
            }
        }
        return refused;
    }

    private static @Nullable String tagOf(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent start ? start.getTag() : null;
    }

    private static int depthChange(Event event) {
        if (event instanceof CollectionStartEvent) {
            return 1;
        }
        return event instanceof CollectionEndEvent ? -1 : 0;
    }

    private static int lineAt(String text, int position) {
        int end = Math.min(position, text.length());
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    private static Yaml parser() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(RegistryDocument.MAX_BYTES + 1);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH + 1);
        return new Yaml(new SafeConstructor(options));
    }
}
