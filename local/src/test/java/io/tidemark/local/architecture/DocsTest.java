package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name exists. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    /** Paths of the repository begin with one of these. */
    private static final Pattern PATH =
            Pattern.compile(
                    "(\\.ci|\\.mvn|bin|docs|deploy|flink-conf|schemas|features|job|model-server|cluster|local|bench)"
                            + "/[A-Za-z0-9_./-]+|[A-Za-z-]+\\.(md|xml)");

    private static final Pattern KEY = Pattern.compile("([a-z-]+)\\.[a-z-]+");
    private static final Pattern VARIABLE = Pattern.compile("TIDEMARK_[A-Z_]+");
    private static final Set<String> VARIABLES_OF_SCRIPTS =
            Set.of(
                    "TIDEMARK_CONFIG",
                    "TIDEMARK_JAVA_OPTS",
                    "TIDEMARK_NO_BUILD",
                    "TIDEMARK_TEST_AMQP_URI",
                    "TIDEMARK_TEST_POSTGRES_URL");

    static Stream<Path> documents() {
        return Project.documents().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsSomewhere(Path document) {
        Path folder = Project.ROOT.resolve(document).resolveSibling("");
        List<String> missing =
                found(LINK, document).stream()
                        .filter(link -> !link.contains("://") && !link.startsWith("#"))
                        .map(link -> link.split("#", 2)[0])
                        .filter(link -> !Files.exists(folder.resolve(link)))
                        .toList();
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyPathExists(Path document) {
        List<String> missing =
                found(CODE, document).stream()
                        .filter(code -> PATH.matcher(code).matches())
                        .filter(path -> !path.contains("..."))
                        .filter(path -> !path.contains("/target/"))
                        .filter(path -> !Files.exists(Project.ROOT.resolve(path)))
                        .toList();
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingNamedIsOne(Path document) {
        Set<String> keys = Settings.allKeys();
        Set<String> subjects =
                keys.stream().map(key -> key.split("\\.", 2)[0]).collect(Collectors.toSet());
        List<String> unknown =
                found(CODE, document).stream()
                        .filter(code -> KEY.matcher(code).matches())
                        .filter(code -> subjects.contains(code.split("\\.", 2)[0]))
                        .filter(code -> !keys.contains(code))
                        .toList();
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyVariableNamedIsRead(Path document) {
        Set<String> known =
                Settings.all()
                        .map(Setting::environmentNames)
                        .flatMap(List::stream)
                        .collect(Collectors.toSet());
        List<String> unknown =
                VARIABLE.matcher(Project.read(document.toString()))
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !known.contains(name))
                        .filter(name -> !VARIABLES_OF_SCRIPTS.contains(name))
                        .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyDecisionIsInTheList() {
        assertThat(found(LINK, Path.of("docs/adr/README.md")))
                .containsExactlyElementsOf(
                        Project.documents().stream()
                                .filter(path -> path.startsWith("docs/adr"))
                                .map(path -> path.getFileName().toString())
                                .filter(name -> !name.equals("README.md"))
                                .toList());
    }

    @Test
    void everyOperatorIsInTheOperationsManual() {
        String manual = Project.read("docs/operations.md");
        List<String> missing =
                Project.read("job/src/test/resources/operator-uids.txt")
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split("\\|", 2)[1].strip())
                        .distinct()
                        .filter(name -> !manual.contains("`" + name + "`"))
                        .toList();
        assertThat(missing).isEmpty();
    }

    private static List<String> found(Pattern pattern, Path document) {
        return pattern.matcher(Project.read(document.toString()))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
