package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tables of {@code docs/configuration.md} are what the code reads. Run with {@code
 * -Dtidemark.regenerate=true} to write them anew.
 */
class ConfigurationDocTest {
    private static final String FILE = "docs/configuration.md";

    @ParameterizedTest
    @EnumSource
    void everySettingIsInTheTableAsTheCodeReadsIt(Settings reader) throws IOException {
        String document = Project.read(FILE);
        String name = reader.name().toLowerCase(Locale.ROOT);
        String begin = "<!-- begin settings: " + name + " -->\n";
        String end = "<!-- end settings: " + name + " -->";
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        assertThat(from).as(begin).isNotNegative();
        assertThat(to).as(end).isGreaterThan(from);
        if (Boolean.getBoolean("tidemark.regenerate")) {
            Files.writeString(
                    Project.ROOT.resolve(FILE),
                    document.substring(0, from) + begin + table(reader) + document.substring(to));
            return;
        }
        assertThat(document.substring(from + begin.length(), to))
                .as("%s; -Dtidemark.regenerate=true writes it anew", FILE)
                .isEqualTo(table(reader));
    }

    private static String table(Settings reader) {
        return "| key | environment | default | meaning |\n|---|---|---|---|\n"
                + reader.known().stream()
                        .map(ConfigurationDocTest::line)
                        .collect(Collectors.joining());
    }

    private static String line(Setting setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        setting.key(),
                        setting.environmentNames().stream()
                                .map(name -> "`" + name + "`")
                                .collect(Collectors.joining(", ")),
                        defaultOf(setting),
                        (setting.meaning() + (setting.secret() ? " (secret: never shown)" : ""))
                                .replace("|", "\\|"));
    }

    private static String defaultOf(Setting setting) {
        String text = setting.defaultText();
        if (text.equals(Setting.REQUIRED)) {
            return "required";
        }
        return text.equals(Setting.NONE) || text.isEmpty() ? "none" : "`" + text + "`";
    }
}
