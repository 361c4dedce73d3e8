package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureJobSettingsTest {
    private static final String BROKER = "amqp://job:hidden-word@rabbit:5672/%2f";

    @TempDir Path folder;

    @Test
    void defaultsAreDocumentedHere() {
        FeatureJobSettings settings = read(Map.of("broker.uri", BROKER));

        assertThat(settings.source().prefix()).isEqualTo("ws-gateway.");
        assertThat(settings.source().queuesPerType()).isEqualTo(1);
        assertThat(settings.source().parallelism()).isEqualTo(1);
        assertThat(settings.source().maxUnacknowledged()).isEqualTo(250_000);
        assertThat(settings.source().lateness()).isEqualTo(Duration.ofMillis(20));
        assertThat(settings.source().quietAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.source().maxMessageBytes()).isEqualTo(1 << 20);
        assertThat(settings.source().futureTolerance()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.registry().compile().version()).isEqualTo("1.0.0");
        assertThat(settings.registry().cadenceMicros()).isEqualTo(1_000_000);
        assertThat(settings.identityHorizon()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.publishInFlight()).isEqualTo(1_000);
    }

    @Test
    void aRegistryFileKeepsItsOwnCadenceUnlessAnotherIsSet() throws Exception {
        Path file = folder.resolve("registry.yaml");
        Files.writeString(
                file, BuiltInRegistries.yaml("1.0.0").replace("cadence: 1s", "cadence: 5s"));
        Map<String, String> values =
                new HashMap<>(Map.of("broker.uri", BROKER, "registry.path", file.toString()));

        assertThat(read(values).registry().cadenceMicros()).isEqualTo(5_000_000);
        values.put("registry.cadence", "500ms");
        assertThat(read(values).registry().cadenceMicros()).isEqualTo(500_000);
    }

    @Test
    void everyProblemIsToldAtOnceAndNoSecret() {
        Map<String, String> values =
                Map.of(
                        "broker.uri", "http://job:hidden-word@rabbit",
                        "source.max-unacknowledged", "0",
                        "registry.cadence", "2h",
                        "source.parallelism", "6",
                        "source.latenes", "1s");

        assertThatThrownBy(() -> read(values))
                .hasMessageContaining("broker.uri")
                .hasMessageContaining("source.max-unacknowledged")
                .hasMessageContaining("registry.cadence")
                .hasMessageContaining("at most the number of queues, 5, got 6")
                .hasMessageContaining("source.lateness")
                .message()
                .doesNotContain("hidden-word");
    }

    @Test
    void theBrokersPasswordIsInNoText() {
        assertThat(read(Map.of("broker.uri", BROKER)).toString()).doesNotContain("hidden-word");
    }

    private static FeatureJobSettings read(Map<String, String> values) {
        SettingsReader reader = new SettingsReader(SettingsSource.builder().flags(values).build());
        FeatureJobSettings settings = FeatureJobSettings.from(reader);
        reader.throwIfInvalid();
        return settings;
    }
}
