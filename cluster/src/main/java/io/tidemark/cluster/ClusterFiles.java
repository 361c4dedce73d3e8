package io.tidemark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The directory of one cluster. */
record ClusterFiles(Path directory) {

    /** Makes it, with the home's configuration and the cluster's own options on top. */
    static ClusterFiles create(ClusterSettings settings) throws IOException {
        ClusterFiles files = new ClusterFiles(settings.directory());
        for (Path folder :
                new Path[] {files.conf(), files.logs(), files.directory.resolve("tmp")}) {
            Files.createDirectories(folder);
        }
        Path template = settings.home().conf();
        Map<String, Object> options = flat(Files.readString(template.resolve("config.yaml")));
        options.putAll(settings.overrides());
        Files.writeString(files.conf().resolve("config.yaml"), new Yaml().dump(options));
        Files.copy(
                template.resolve("log4j.properties"),
                files.conf().resolve("log4j.properties"),
                StandardCopyOption.REPLACE_EXISTING);
        return files;
    }

    Path conf() {
        return directory.resolve("conf");
    }

    Path logs() {
        return directory.resolve("log");
    }

    /** Dotted keys: two spellings of one key, nested and dotted, would be two. */
    static Map<String, Object> flat(String yaml) {
        Map<String, Object> flat = new TreeMap<>();
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        flatten("", read, flat);
        return flat;
    }

    private static void flatten(String prefix, Object node, Map<String, Object> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) ->
                            flatten(prefix.isEmpty() ? "" + key : prefix + "." + key, value, into));
            return;
        }
        if (node != null) {
            into.put(prefix, node);
        }
    }
}
