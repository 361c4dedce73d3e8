package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.kernel.Kernels;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.registry.FeatureEntry;
import io.tidemark.schemas.registry.InputSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/features.md} lists what the built-in registry has, in its order. What registry and
 * kernels know is compared; definition and null rule are written by hand.
 */
class FeaturesDocTest {
    private static final String FILE = "docs/features.md";

    @Test
    void everyFeatureOfTheRegistryIsInTheTableInItsOrder() {
        List<String> written =
                rows("Features of registry 1.0.0").stream()
                        .map(cells -> String.join(" | ", cells.subList(0, 4)))
                        .toList();
        assertThat(written)
                .containsExactlyElementsOf(
                        FeatureSet.builtIn("1.0.0").document().features().stream()
                                .map(FeaturesDocTest::expected)
                                .toList());
    }

    @Test
    void everyKernelIsDefinedOnceWithItsNullRule() {
        List<List<String>> kernels = rows("Kernels");
        assertThat(kernels).extracting(cells -> cells.get(0)).doesNotHaveDuplicates();
        assertThat(kernels)
                .extracting(cells -> cells.get(0).replace("`", ""))
                .containsExactlyInAnyOrderElementsOf(Kernels.names());
        assertThat(kernels)
                .allSatisfy(
                        cells -> assertThat(cells).hasSize(4).noneMatch(cell -> cell.isBlank()));
    }

    private static String expected(FeatureEntry entry) {
        String sources =
                entry.inputSources().stream()
                        .map(InputSource::wireName)
                        .collect(Collectors.joining(", "));
        String params =
                entry.params().entrySet().stream()
                        .map(param -> " " + param.getKey() + "=" + param.getValue().text())
                        .collect(Collectors.joining());
        return "`%s` | `%s`%s | %s | %s"
                .formatted(
                        entry.name(),
                        entry.function(),
                        params,
                        sources.isEmpty() ? "none" : sources,
                        window(entry.lookbackMicros()));
    }

    private static String window(long micros) {
        long seconds = micros / 1_000_000;
        if (seconds == 0) {
            return "the moment";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** The rows of the table under that heading, cells trimmed. */
    private static List<List<String>> rows(String heading) {
        String section =
                Project.read(FILE).split("## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        List<List<String>> rows =
                section.lines()
                        .filter(line -> line.startsWith("| "))
                        .skip(1)
                        .map(line -> line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(cells -> Arrays.stream(cells).map(String::strip).toList())
                        .toList();
        assertThat(rows).as("table under " + heading).isNotEmpty();
        return rows;
    }
}
