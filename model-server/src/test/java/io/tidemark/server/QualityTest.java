package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QualityTest {
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        database = TestDatabase.migrated(data);
        LedgerTest.fill(database);
        fill(database);
        server = TestClient.start(database, Map.of());
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    /**
     * A day of four types that ends with 2025-12-07T14:00Z, 100 messages a minute; minute 100 has
     * spikes, 200 a gap, 300 to 302 are missing of trades, 400 was received before it happened.
     */
    static void fill(TestDatabase database) {
        database.execute(
                """
                INSERT INTO minute_quality
                SELECT 'BTCUSDT', t, timestamptz '2025-12-06 14:00Z' + n * interval '1 minute', 100,
                       CASE WHEN n = 200 AND t = 'orderbook' THEN 1 ELSE 0 END,
                       CASE WHEN n = 200 AND t = 'orderbook' THEN 7 ELSE 0 END,
                       0, 0, 0,
                       CASE WHEN n = 100 AND t = 'trade' THEN 2 ELSE 0 END,
                       CASE WHEN n = 100 AND t = 'trade' THEN 55.5 ELSE 0 END,
                       0, 0, 100,
                       CASE WHEN n = 400 AND t = 'ticker' THEN 100 ELSE 0 END,
                       CASE WHEN n = 400 AND t = 'ticker' THEN -2000000 ELSE 20000 END,
                       30000, 2500000,
                       ARRAY(SELECT CASE WHEN bin = 10 THEN 100 ELSE 0 END FROM generate_series(0, 37) bin)
                FROM generate_series(0, 1439) n, unnest(ARRAY['trade', 'orderbook', 'kline', 'ticker']) t
                WHERE NOT (t = 'trade' AND n BETWEEN 300 AND 302)
                """);
    }

    @Test
    void tellsWhatIsWrongWithTheLastDay() {
        JsonNode report = json(client.get("/data-quality/report?symbol=BTCUSDT"));
        assertThat(report.get("period_start").asText()).isEqualTo("2025-12-06T14:00:00Z");
        assertThat(report.get("period_end").asText()).isEqualTo("2025-12-07T14:00:00Z");
        assertThat(report.get("messages").asLong()).isEqualTo(100 * (4 * 1_440 - 3));
        assertThat(report.get("missing_rate").asDouble()).isEqualTo(3.0 / 5_760);
        assertThat(report.get("sequence_gaps").asLong()).isEqualTo(1);
        assertThat(report.get("desynchronization_events").asLong()).isEqualTo(1);
        assertThat(report.get("duplicates").asLong()).isEqualTo(240);
        assertThat(report.get("late").asLong()).isEqualTo(120);
        assertThat(report.get("rejected").asLong()).isEqualTo(3);
        assertThat(report.at("/latency_percentiles/p99_ms").asDouble()).isEqualTo(32);
        assertThat(report.get("sequence_gap_details"))
                .hasToString(
                        "[{\"kind\":\"sequence_gap\",\"type\":\"orderbook\",\"from\":\"2025-12-06T17:20:00Z\","
                                + "\"to\":\"2025-12-06T17:21:00Z\",\"count\":7,\"worst\":7.0}]");
        List<String> kinds = new ArrayList<>();
        report.get("anomaly_details")
                .forEach(
                        one ->
                                kinds.add(
                                        "%s %s %s %d"
                                                .formatted(
                                                        one.get("kind").asText(),
                                                        one.get("type").asText(),
                                                        one.get("from").asText(),
                                                        one.get("count").asLong())));
        assertThat(kinds)
                .containsExactly(
                        "price_spike trade 2025-12-06T15:40:00Z 2",
                        "missing_minutes trade 2025-12-06T19:00:00Z 3",
                        "clock_behind ticker 2025-12-06T20:40:00Z 100",
                        "duplicates trade 2025-12-07T12:00:00Z 240",
                        "late trade 2025-12-07T12:00:00Z 120",
                        "rejected ticker 2025-12-07T13:59:00Z 3");
        assertThat(report.get("recommendations")).hasSize(7);
    }

    @Test
    void aSpanWithoutTroubleHasNone() {
        JsonNode report =
                json(
                        client.get(
                                "/data-quality/report?symbol=BTCUSDT&from=2025-12-06T14:00:00Z&to=2025-12-06T15:00:00Z"));
        assertThat(report.get("messages").asLong()).isEqualTo(4 * 60 * 100);
        assertThat(report.get("missing_rate").asDouble()).isZero();
        assertThat(report.get("recommendations")).isEmpty();
    }

    @Test
    void saysWhichSymbolsThereAreWhenItHasNoneOfThisOne() {
        HttpResponse<String> response = client.get("/data-quality/report?symbol=XRPUSDT");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("available_symbols")).hasToString("[\"BTCUSDT\"]");
    }

    @Test
    void aSpanIsAtMostAWeek() {
        HttpResponse<String> response =
                client.get(
                        "/data-quality/report?symbol=BTCUSDT&from=2025-11-01T14:00:00Z&to=2025-12-06T15:00:00Z");
        assertThat(response.statusCode()).isEqualTo(400);
    }
}
