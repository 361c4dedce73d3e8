package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.kernel.Kernels;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.FeatureInput;
import io.tidemark.schemas.registry.InputSource;
import io.tidemark.schemas.registry.RegistryDuration;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/features.md}: the table of kernels is written by hand and complete; from it and the
 * built-in registries the tables of features are made. Run with {@code -Dtidemark.regenerate=true}
 * to write those anew.
 */
class FeaturesDocTest {
    private static final String FILE = "docs/features.md";

    static List<String> versions() {
        return BuiltInRegistries.versions();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyFeatureOfTheRegistryIsInItsTable(String version) throws IOException {
        String document = Project.read(FILE);
        String begin = "<!-- begin features: " + version + " -->\n";
        String end = "<!-- end features: " + version + " -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        assertThat(from).as(begin).isNotNegative();
        assertThat(to).as(end).isGreaterThan(from);
        String table = table(FeatureSet.builtIn(version));
        if (Boolean.getBoolean("tidemark.regenerate")) {
            Files.writeString(
                    Project.ROOT.resolve(FILE),
                    document.substring(0, from) + begin + table + document.substring(to));
            return;
        }
        assertThat(document.substring(from + begin.length(), to))
                .as("%s; -Dtidemark.regenerate=true writes it anew", FILE)
                .isEqualTo(table);
    }

    @Test
    void everyKernelIsDefinedOnceWithItsUnitAndNullRule() {
        assertThat(kernelRows()).extracting(cells -> cells.get(0)).doesNotHaveDuplicates();
        assertThat(kernels().keySet()).containsExactlyInAnyOrderElementsOf(Kernels.names());
        assertThat(kernelRows())
                .allSatisfy(
                        cells -> assertThat(cells).hasSize(4).noneMatch(cell -> cell.isBlank()));
    }

    private static String table(FeatureSet features) {
        Map<String, List<String>> kernels = kernels();
        StringBuilder table =
                new StringBuilder("| feature | kernel | input | window | lookback | ")
                        .append("definition | null when |\n|---|---|---|---|---|---|---|\n");
        List<FeatureEntry> entries = features.document().features();
        for (int i = 0; i < entries.size(); i++) {
            FeatureEntry entry = entries.get(i);
            List<String> kernel =
                    Objects.requireNonNull(kernels.get(entry.function()), entry.name());
            table.append(
                    "| `%s` | `%s`%s | %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    entry.name(),
                                    entry.function(),
                                    params(entry),
                                    inputs(entry),
                                    window(entry),
                                    RegistryDuration.text(
                                            features.features().get(i).lookbackMicros()),
                                    kernel.get(1),
                                    kernel.get(3)));
        }
        return table.toString();
    }

    private static String params(FeatureEntry entry) {
        return entry.params().entrySet().stream()
                .map(param -> " " + param.getKey() + "=" + param.getValue().text())
                .collect(Collectors.joining());
    }

    private static String inputs(FeatureEntry entry) {
        String inputs =
                Stream.concat(
                                entry.inputSources().stream().map(InputSource::wireName),
                                entry.inputs().stream()
                                        .map(FeatureInput::name)
                                        .map(name -> "`" + name + "`"))
                        .collect(Collectors.joining(", "));
        return inputs.isEmpty() ? "none" : inputs;
    }

    private static String window(FeatureEntry entry) {
        String window =
                entry.lookbackMicros() == 0
                        ? "the moment"
                        : RegistryDuration.text(entry.lookbackMicros());
        return entry.cadenceMicros() == 0
                ? window
                : window + ", every " + RegistryDuration.text(entry.cadenceMicros());
    }

    /** The rows of the table of kernels, by name: name, definition, unit, null rule. */
    private static Map<String, List<String>> kernels() {
        Map<String, List<String>> kernels = new LinkedHashMap<>();
        kernelRows().forEach(cells -> kernels.put(cells.get(0).replace("`", ""), cells));
        return kernels;
    }

    private static List<List<String>> kernelRows() {
        String section = Project.read(FILE).split("## Kernels\n", 2)[1].split("\n## ", 2)[0];
        List<List<String>> rows =
                section.lines()
                        .filter(line -> line.startsWith("| "))
                        .skip(1)
                        .map(line -> line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                        .toList();
        assertThat(rows).as("table of kernels").isNotEmpty();
        return rows;
    }
}
