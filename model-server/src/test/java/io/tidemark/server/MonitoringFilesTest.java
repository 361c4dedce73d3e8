package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules and dashboards under {@code deploy/} ask of the server, it tells. */
final class MonitoringFilesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern SERVER = Pattern.compile("\\b(?:tidemark|hikaricp|jvm)_[a-z_]+");

    @Test
    void everyMetricTheyNameIsInTheServersMetrics(@TempDir Path data) throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            for (Path file : files.filter(MonitoringFilesTest::isRead).toList()) {
                SERVER.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(named::add);
            }
        }
        assertThat(named)
                .contains("tidemark_feature_age_seconds", "tidemark_http_requests_seconds_bucket");
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("mid_price"));
            database.insert("BTCUSDT", "1.0.0", Instant.now(), 1.0);
            LedgerTest.fill(database);
            try (ModelServer server = TestClient.start(database, Map.of())) {
                TestClient client = new TestClient(server);
                TestClient.eventually(
                        "the gauges of rows and of the ledger",
                        () ->
                                told(client)
                                        .containsAll(
                                                Set.of(
                                                        "tidemark_feature_age_seconds",
                                                        "tidemark_ledger_messages_total")));
                assertThat(told(client)).containsAll(named);
            }
        }
    }

    private static boolean isRead(Path file) {
        String name = file.getFileName().toString();
        return (file.toString().contains("grafana") && name.endsWith(".json"))
                || (file.toString().contains("prometheus") && name.endsWith(".yaml"));
    }

    private static Set<String> told(TestClient client) {
        return client.get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}
