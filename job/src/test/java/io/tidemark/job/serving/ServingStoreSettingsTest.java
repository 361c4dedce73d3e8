package io.tidemark.job.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServingStoreSettingsTest {
    private static final String URL = "jdbc:postgresql://db:5432/tidemark?password=inurl&ssl=true";

    @Test
    void defaultsAreDocumentedHere() {
        assertThat(ServingStoreSettings.of(URL, "job", "secret"))
                .isEqualTo(
                        new ServingStoreSettings(
                                URL,
                                "job",
                                "secret",
                                500,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                5,
                                Duration.ofMillis(200)));
    }

    @Test
    void neverShowsAPassword() {
        assertThat(ServingStoreSettings.of(URL, "job", "secret").toString())
                .contains("jdbc:postgresql://db:5432/tidemark", "user=job")
                .doesNotContain("secret", "inurl");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> ServingStoreSettings.of("jdbc:mysql://db?password=x", "u", "p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the serving store's URL must begin with jdbc:postgresql:, got jdbc:mysql://db");
        assertThatThrownBy(() -> ServingStoreSettings.of(URL, "u", "p").withBatchRows(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch rows must be 1 to 5000, got 0");
        assertThatThrownBy(
                        () ->
                                ServingStoreSettings.of(URL, "u", "p")
                                        .withRetries(0, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attempts must be at least 1, got 0");
    }
}
