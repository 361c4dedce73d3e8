package io.tidemark.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {
    @TempDir private Path folder;

    private enum Split {
        TIME_BASED,
        WALK_FORWARD
    }

    @Test
    void aFlagBeatsTheEnvironmentWhichBeatsTheFileWhichBeatsTheProfile() throws IOException {
        Path yaml = yaml("broker:\n  uri: amqp://file\n  user: file\n  vhost: file\n");
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder()
                                .defaults(
                                        Map.of("broker.uri", "amqp://p", "broker.queue", "profile"))
                                .file(yaml)
                                .environment(
                                        Map.of(
                                                "TIDEMARK_BROKER_URI", "amqp://environment",
                                                "TIDEMARK_BROKER_USER", "environment"))
                                .flag("broker.uri", "amqp://flag")
                                .build());
        assertThat(reader.uri("broker.uri", "amqp://default", Set.of("amqp"), ""))
                .isEqualTo(URI.create("amqp://flag"));
        assertThat(reader.text("broker.user", "default", "")).isEqualTo("environment");
        assertThat(reader.text("broker.vhost", "default", "")).isEqualTo("file");
        assertThat(reader.text("broker.queue", "default", "")).isEqualTo("profile");
        assertThat(reader.text("broker.topic", "default", "")).isEqualTo("default");
        reader.throwIfInvalid();
        assertThat(reader.known().stream().map(reader::origin).map(o -> o.orElse("default")))
                .containsExactly(
                        "--broker.uri",
                        "TIDEMARK_BROKER_USER",
                        yaml + ":4",
                        "profile default",
                        "default");
    }

    @Test
    void readsEveryType() {
        SettingsReader reader =
                of(
                        Map.ofEntries(
                                Map.entry("a.text", " x "),
                                Map.entry("a.duration", "250ms"),
                                Map.entry("a.off", "0s"),
                                Map.entry("a.count", "3"),
                                Map.entry("a.port", "0"),
                                Map.entry("a.ratio", "2.5e-1"),
                                Map.entry("a.url", "jdbc:postgresql://localhost:5432/tidemark"),
                                Map.entry("a.path", "data/x"),
                                Map.entry("a.flag", "TRUE"),
                                Map.entry("a.list", "BTCUSDT, ETHUSDT,"),
                                Map.entry("a.split", "walk-forward"),
                                Map.entry("a.key", "k")));
        assertThat(reader.required("a.text", "")).isEqualTo("x");
        assertThat(reader.duration("a.duration", Duration.ofSeconds(1), ""))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(reader.durationOrZero("a.off", Duration.ofSeconds(1), "")).isZero();
        assertThat(reader.positiveInt("a.count", 1, "")).isEqualTo(3);
        assertThat(reader.port("a.port", 8080, "")).isZero();
        assertThat(reader.number("a.ratio", 0, 0, 1, "")).isEqualTo(0.25);
        assertThat(reader.optionalUri("a.url", Set.of("jdbc"), "")).isPresent();
        assertThat(reader.path("a.path", Path.of("y"), "")).isEqualTo(Path.of("data/x"));
        assertThat(reader.bool("a.flag", false, "")).isTrue();
        assertThat(reader.list("a.list", List.of(), "")).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(reader.oneOf("a.split", Split.TIME_BASED, "")).isEqualTo(Split.WALK_FORWARD);
        assertThat(reader.secret("a.key", "")).contains(new Secret("k"));
        assertThat(reader.optional("a.absent", "")).isEmpty();
        assertThat(reader.optionalPath("a.nowhere", "")).isEmpty();
        reader.throwIfInvalid();
    }

    @Test
    void tellsEveryProblemInOneMessage() {
        SettingsReader reader =
                of(
                        Map.of(
                                "server.port", "-1",
                                "broker.prefetch", "70000",
                                "checkpoint.interval", "0s",
                                "window.length", "5 minutes",
                                "dataset.split", "sideways",
                                "drift.threshold", "NaN",
                                "server.read-only", "yes",
                                "brokr.uri", "amqp://user:canary@host"));
        reader.port("server.port", 8080, "");
        reader.integer("broker.prefetch", 1000, 1, 65_535, "");
        reader.duration("checkpoint.interval", Duration.ofSeconds(1), "");
        reader.duration("window.length", Duration.ofSeconds(1), "");
        reader.oneOf("dataset.split", Split.TIME_BASED, "");
        reader.number("drift.threshold", 0.2, 0, 1, "");
        reader.bool("server.read-only", false, "");
        reader.required("broker.uri", "");
        assertThat(problems(reader))
                .containsExactlyInAnyOrder(
                        "server.port: must be a whole number from 0 to 65535, got '-1' (--server.port)",
                        "broker.prefetch: must be a whole number from 1 to 65535, got '70000'"
                                + " (--broker.prefetch)",
                        "checkpoint.interval: must be longer than zero, got '0s' (--checkpoint.interval)",
                        "window.length: must be a whole number and a unit (250ms, 10s, 5m, 24h, 90d),"
                                + " got '5 minutes' (--window.length)",
                        "dataset.split: must be one of [time-based, walk-forward], got 'sideways'"
                                + " (--dataset.split)",
                        "drift.threshold: must be a number from 0.0 to 1.0, got 'NaN'"
                                + " (--drift.threshold)",
                        "server.read-only: must be true or false, got 'yes' (--server.read-only)",
                        "broker.uri is required (--broker.uri, TIDEMARK_BROKER_URI or the settings file)",
                        "brokr.uri is not a setting (--brokr.uri); nearest is broker.uri");
    }

    @Test
    void refusesAnUnknownVariableOfOursAndLeavesOthersAlone() {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder()
                                .environment(
                                        Map.of(
                                                "TIDEMARK_SERVER_PROT", "80",
                                                "TIDEMARK_HOME", "x",
                                                "TIDEMARK_JOB_NAME", "left to the job",
                                                "TIDEMARK_EMPTY", "",
                                                "PATH", "x"))
                                .build());
        reader.port("server.port", 8080, "");
        reader.leaveToOthers("job");
        assertThat(problems(reader))
                .containsExactly(
                        "TIDEMARK_SERVER_PROT is not a setting (environment); nearest is"
                                + " TIDEMARK_SERVER_PORT");
    }

    @Test
    void leavesOneKeyOfASharedSubjectToTheOtherAndRefusesItsNeighbours() {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder()
                                .flag("serving-store.user", "reader")
                                .flag("serving-store.usr", "reader")
                                .environment(
                                        Map.of(
                                                "TIDEMARK_SERVING_STORE_USER", "reader",
                                                "TIDEMARK_SERVING_STORE_USERS", "reader"))
                                .build());
        reader.leaveToOthers("serving-store.user");
        assertThat(problems(reader))
                .containsExactly(
                        "serving-store.usr is not a setting (--serving-store.usr)",
                        "TIDEMARK_SERVING_STORE_USERS is not a setting (environment)");
    }

    @Test
    void knowsASettingByItsWellKnownVariable() {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder()
                                .environment(Map.of("ADMIN_API_KEY", "s3"))
                                .build());
        assertThat(reader.secret("admin.api-key", "", "ADMIN_API_KEY")).contains(new Secret("s3"));
        reader.throwIfInvalid();
    }

    @Test
    void refusesTwoVariablesOfOneSettingThatDiffer() {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder()
                                .environment(
                                        Map.of(
                                                "ADMIN_API_KEY", "canary-a",
                                                "TIDEMARK_ADMIN_API_KEY", "canary-b"))
                                .build());
        reader.secret("admin.api-key", "", "ADMIN_API_KEY");
        assertThat(problems(reader))
                .containsExactly(
                        "admin.api-key is given twice, differently: TIDEMARK_ADMIN_API_KEY and"
                                + " ADMIN_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://user:canary@host/", "am qp://user:canary@host", "canary", "%canary"})
    void neverRepeatsAUri(String bad) {
        SettingsReader reader = of(Map.of("broker.uri", bad));
        reader.uri("broker.uri", "amqp://localhost", Set.of("amqp", "amqps"), "");
        assertThat(problems(reader))
                .singleElement()
                .asString()
                .startsWith("broker.uri: must be a URI beginning with amqp: or amqps:")
                .doesNotContain("canary");
    }

    @Test
    void neverPrintsASecret() {
        assertThat(new Secret("canary")).hasToString("***");
    }

    @Test
    void keepsYamlScalarsAsTheyAreWritten() throws IOException {
        SettingsReader reader =
                ofYaml(
                        "registry.version: 010\na.b: yes\nserver:\n  hosts: [a, b]\n  day: 2026-01-01\n");
        assertThat(reader.text("registry.version", "", "")).isEqualTo("010");
        assertThat(reader.text("a.b", "", "")).isEqualTo("yes");
        assertThat(reader.text("server.day", "", "")).isEqualTo("2026-01-01");
        assertThat(reader.list("server.hosts", List.of(), "")).containsExactly("a", "b");
        reader.throwIfInvalid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:\\n\\tb: 1 | :2 cannot be read",
                "a.b: 'canary | :1 cannot be read",
                "a.b: 1\\na:\\n  b: 2 | a.b is given twice",
                "a: &x {b: 1}\\nc: *x | is refused: aliases",
                "a.b: 1\\n---\\na.b: 2 | cannot be read",
                "a.b: !!java.net.URL [canary] | Global tag is not allowed",
                "a.b: !secret canary | has a tag",
                "- a | must hold keys and values",
                "a.b: | a.b has no value",
                "a.b: [[1]] | plain values",
                "a.b: ['1,2'] | plain values",
            })
    void refusesAFileItCannotTrust(String text, String problem) throws IOException {
        SettingsReader reader = ofYaml(text.replace("\\n", "\n").replace("\\t", "\t"));
        reader.text("a.b", "", "");
        reader.text("c.b", "", "");
        assertThat(problems(reader)).first().asString().contains(problem).doesNotContain("canary");
    }

    @Test
    void acceptsAnEmptyFileAndRefusesAMissingOrHugeOne() throws IOException {
        ofYaml("# nothing\n").throwIfInvalid();
        ofYaml("").throwIfInvalid();
        Path missing = folder.resolve("missing.yaml");
        assertThat(problems(new SettingsReader(SettingsSource.builder().file(missing).build())))
                .containsExactly("there is no settings file " + missing);
        assertThat(problems(ofYaml("#".repeat(1 << 21)))).first().asString().contains("1 MiB");
    }

    @Test
    void readsACommandLine() throws IOException {
        Path yaml = yaml("server:\n  port: 1\n  host: file\n");
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.fromCommandLine(
                                List.of(
                                        "--config",
                                        yaml.toString(),
                                        "--server.port=2",
                                        "--server.quiet"),
                                Map.of()));
        assertThat(reader.port("server.port", 8080, "")).isEqualTo(2);
        assertThat(reader.text("server.host", "", "")).isEqualTo("file");
        assertThat(reader.bool("server.quiet", false, "")).isTrue();
        reader.throwIfInvalid();

        SettingsReader stray =
                new SettingsReader(SettingsSource.fromCommandLine(List.of("canary"), Map.of()));
        assertThat(problems(stray)).containsExactly("arguments begin with --, got number 1");
    }

    @Test
    void takesTheConfigFileFromTheEnvironment() throws IOException {
        Map<String, String> environment =
                Map.of("TIDEMARK_CONFIG", yaml("server.host: file").toString());
        SettingsReader reader =
                new SettingsReader(SettingsSource.fromCommandLine(List.of(), environment));
        assertThat(reader.text("server.host", "", "")).isEqualTo("file");
        reader.throwIfInvalid();
    }

    @Test
    void listsWhatIsKnownForTheReferenceTable() {
        SettingsReader reader = of(Map.of());
        reader.duration(
                "store.lookup-timeout", Duration.ofMinutes(5), "how long", "LOOKUP_TIMEOUT");
        reader.secret("read.api-key", "key for reads");
        assertThat(reader.known())
                .containsExactly(
                        new Setting(
                                "store.lookup-timeout",
                                "5m",
                                "how long",
                                false,
                                List.of("TIDEMARK_STORE_LOOKUP_TIMEOUT", "LOOKUP_TIMEOUT")),
                        new Setting(
                                "read.api-key",
                                "(none)",
                                "key for reads",
                                true,
                                List.of("TIDEMARK_READ_API_KEY")));
    }

    @Test
    void refusesKeysThatNoVariableTellsApart() {
        SettingsReader reader = of(Map.of());
        reader.text("a.b-c", "", "");
        assertThatThrownBy(() -> reader.text("a-b.c", "", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("share the variable TIDEMARK_A_B_C");
        assertThatThrownBy(() -> reader.text("Port", "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0ms,0ms", "1500ms,1500ms", "60s,1m", "90s,90s", "120m,2h", "48h,2d"})
    void writesADurationBack(String text, String written) {
        assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(written);
    }

    private SettingsReader ofYaml(String text) throws IOException {
        return new SettingsReader(SettingsSource.builder().file(yaml(text)).build());
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("tidemark.yaml"), text);
    }

    private static SettingsReader of(Map<String, String> flags) {
        return new SettingsReader(SettingsSource.builder().flags(flags).build());
    }

    private static List<String> problems(SettingsReader reader) {
        InvalidSettingsException invalid =
                catchThrowableOfType(InvalidSettingsException.class, reader::throwIfInvalid);
        assertThat(invalid).isNotNull();
        assertThat(invalid.getMessage()).startsWith("Invalid settings:\n  - ");
        return invalid.problems();
    }
}
