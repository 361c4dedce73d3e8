package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.settings.Setting;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import org.junit.jupiter.api.Test;

final class ServerSettingsTest {
    @Test
    void defaultsAreDocumentedHere() {
        SettingsReader reader = new SettingsReader(SettingsSource.builder().build());
        ServerSettings.read(reader);
        reader.throwIfInvalid();
        assertThat(reader.known().stream().map(s -> s.key() + " = " + s.defaultText()))
                .containsExactly(
                        "server.host = 127.0.0.1",
                        "server.port = 8080",
                        "server.threads = 64",
                        "server.connections = 1000",
                        "server.head-timeout = 10s",
                        "server.idle-timeout = 30s",
                        "server.stop-timeout = 10s",
                        "server.drain = 0ms",
                        "cors.allow-origins = ",
                        "read.api-key = (none)",
                        "admin.api-key = (none)",
                        "server.keys-file = (none)",
                        "server.rate-limit = 10000",
                        "server.tls-keystore = (none)",
                        "server.tls-keystore-password = (none)",
                        "registry.path = (none)",
                        "archive.root = data/archive",
                        "serving-store.url = jdbc:postgresql://127.0.0.1:5432/tidemark",
                        "serving-store.user = tidemark",
                        "serving-store.password = (none)",
                        "serving-store.owner-user = (none)",
                        "serving-store.owner-password = (none)",
                        "serving-store.pool-size = 8",
                        "serving-store.connect-timeout = 2s",
                        "serving-store.statement-timeout = 3s",
                        "serving-store.migrate = true",
                        "serving-store.keep = 1d",
                        "serving-store.keep-ledger = 30d",
                        "serving-store.keep-predictions = 90d",
                        "serving-store.keep-drift = 30d",
                        "serving-store.keep-outcomes = 7d",
                        "serving-store.prune-every = 1m",
                        "broker.uri = (none)",
                        "ready.freshness = grid-time",
                        "ready.max-feature-age = 1m",
                        "models.directory = data/models",
                        "models.bucket-endpoint = (none)",
                        "models.bucket-region = (none)",
                        "models.bucket-path-style = false",
                        "models.bucket-timeout = 1m",
                        "models.bucket-attempts = 3",
                        "models.gate-margin = 0.01",
                        "predictions.async-audit = false",
                        "predictions.max-feature-age = 10s",
                        "models.drift-window = 1200",
                        "drift.threshold = 0.5",
                        "predictions.shadow = true",
                        "models.comparison-level = 0.05",
                        "models.auto-rollback = false",
                        "predictions.trust-live-rows = 3s");
        assertThat(reader.known()).extracting(Setting::meaning).allMatch(m -> !m.isBlank());
    }
}
