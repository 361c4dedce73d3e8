package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeaturesTest {
    private static final Instant NEWEST = Instant.parse("2025-12-07T12:53:26.000001Z");

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void startWithRecordedRows(@TempDir Path data) {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price", "spread", "imbalance"));
        database.register("2.0.0", List.of("spread"));
        for (int second = 0; second < 400; second++) {
            database.insert("BTCUSDT", "1.0.0", NEWEST.minusSeconds(second), 50_000.5, 0.1, null);
        }
        database.insert("BTCUSDT", "2.0.0", NEWEST.minusSeconds(7_200), 0.3);
        database.insert("ETHUSDT", "1.0.0", NEWEST, Double.NaN, Double.POSITIVE_INFINITY, 1e-300);
        database.insert("ETHUSDT", "2.0.0", NEWEST, 0.4);
        database.insert("NOWUSDT", "2.0.0", Instant.now(), 0.5);
        server = TestClient.start(database, Map.of());
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/v1"})
    void answersTheNewestRowWithItsAge(String prefix) {
        Instant before = Instant.now();
        HttpResponse<String> response = client.get(prefix + "/features/latest?symbol=BTCUSDT");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode body = json(response);
        assertThat(body.get("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(body.get("timestamp").asText()).isEqualTo("2025-12-07T12:53:26.000001Z");
        assertThat(body.get("feature_registry_version").asText()).isEqualTo("1.0.0");
        assertThat(body.get("features")).hasToString("{\"mid_price\":50000.5,\"spread\":0.1}");
        assertThat(body.get("completeness"))
                .hasToString(
                        "{\"trades_live\":true,\"book_live\":true,\"book_valid\":true,"
                                + "\"ticker_live\":true,\"kline_live\":false,\"warm\":true}");
        assertThat(body.get("event_count").asLong()).isEqualTo(7);
        assertThat(body.get("age_ms").asLong())
                .isGreaterThanOrEqualTo(Duration.between(NEWEST, before).toMillis());
        assertThat(body.get("stored_age_ms").asLong()).isLessThan(Duration.ofHours(1).toMillis());
        assertThat(Instant.parse(body.get("served_at").asText())).isAfterOrEqualTo(before);
        assertThat(response.headers().firstValue("X-Request-ID"))
                .contains(body.get("request_id").asText());
    }

    @Test
    void prefersTheVersionMadeLastAndThenTheOneRegisteredLast() {
        JsonNode btc = json(client.get("/features/latest?symbol=BTCUSDT"));
        assertThat(btc.get("feature_registry_version").asText()).isEqualTo("1.0.0");
        JsonNode eth = json(client.get("/features/latest?symbol=ETHUSDT"));
        assertThat(eth.get("feature_registry_version").asText()).isEqualTo("2.0.0");
    }

    @Test
    void answersTheVersionAskedForAndLeavesUndefinedFeaturesOut() {
        JsonNode eth = json(client.get("/features/latest?symbol=ETHUSDT&version=1.0.0"));
        assertThat(eth.get("features")).hasToString("{\"imbalance\":1.0E-300}");
    }

    @Test
    void refusesAStaleRowWhenTheCallerSaysHowOldItMayBe() {
        HttpResponse<String> stale = client.get("/features/latest?symbol=BTCUSDT&max_age_ms=60000");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(json(stale).get("type").asText()).isEqualTo("urn:tidemark:problem:stale");
        assertThat(json(stale).get("age_ms").asLong()).isGreaterThan(60_000);
        assertThat(client.get("/features/latest?symbol=NOWUSDT&max_age_ms=600000").statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersTheRecentRowsOldestFirst() {
        JsonNode body = json(client.get("/features?symbol=BTCUSDT&lookback=3s"));
        assertThat(body.get("rows").findValuesAsText("timestamp"))
                .containsExactly(
                        "2025-12-07T12:53:24.000001Z",
                        "2025-12-07T12:53:25.000001Z",
                        "2025-12-07T12:53:26.000001Z");
        assertThat(body.get("truncated").asBoolean()).isFalse();
        assertThat(body.get("lookback").asText()).isEqualTo("3s");
    }

    @Test
    void looksFiveMinutesBackUnlessToldOtherwise() {
        JsonNode body = json(client.get("/features?symbol=BTCUSDT"));
        assertThat(body.get("rows")).hasSize(300);
        assertThat(body.get("lookback").asText()).isEqualTo("5m");
    }

    @Test
    void saysWhenTheLimitCutOlderRowsOff() {
        JsonNode body = json(client.get("/features?symbol=BTCUSDT&limit=2"));
        assertThat(body.get("rows").findValuesAsText("timestamp"))
                .containsExactly("2025-12-07T12:53:25.000001Z", "2025-12-07T12:53:26.000001Z");
        assertThat(body.get("truncated").asBoolean()).isTrue();
        assertThat(
                        json(client.get("/features?symbol=BTCUSDT&limit=400&lookback=24h"))
                                .get("truncated"))
                .hasToString("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/features?symbol=XRPUSDT", "/features/latest?symbol=XRPUSDT"})
    void tellsWhichSymbolsThereAre(String path) {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error_code").asText()).isEqualTo("SYMBOL_NOT_FOUND");
        assertThat(json(response).get("available_symbols"))
                .hasToString("[\"BTCUSDT\",\"ETHUSDT\",\"NOWUSDT\"]");
    }

    @Test
    void tellsWhichVersionsASymbolHas() {
        HttpResponse<String> response = client.get("/features/latest?symbol=NOWUSDT&version=1.0.0");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error_code").asText()).isEqualTo("VERSION_NOT_FOUND");
        assertThat(json(response).get("available_versions")).hasToString("[\"2.0.0\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "/features/latest,symbol,missing",
        "/features/latest?symbol=,symbol,malformed",
        "/features/latest?symbol=btcusdt,symbol,malformed",
        "/features/latest?symbol=%27OR%201%3D1--,symbol,malformed",
        "/features/latest?symbol=BTC%0d%0aSet-Cookie:x,symbol,malformed",
        "/features/latest?symbol=..%2f..%2fetc%2fpasswd,symbol,malformed",
        "/features/latest?symbol=BTC%00,symbol,malformed",
        "/features/latest?symbol=BTCUSDT&symbol=ETHUSDT,symbol,repeated_parameter",
        "/features/latest?symbol=BTCUSDT&sort=price;select%20pg_sleep(5),sort,unknown_parameter",
        "/features/latest?symbol=BTCUSDT&lookback=5m,lookback,unknown_parameter",
        "/features/latest?symbol=BTCUSDT&version=../x,version,malformed",
        "/features/latest?symbol=BTCUSDT&max_age_ms=-1,max_age_ms,malformed",
        "/features/latest?symbol=BTCUSDT&max_age_ms=999999999999999,max_age_ms,out_of_range",
        "/features?symbol=BTCUSDT&limit=-1,limit,malformed",
        "/features?symbol=BTCUSDT&limit=0,limit,out_of_range",
        "/features?symbol=BTCUSDT&limit=1e9,limit,malformed",
        "/features?symbol=BTCUSDT&limit=abc,limit,malformed",
        "/features?symbol=BTCUSDT&limit=2147483648,limit,out_of_range",
        "/features?symbol=BTCUSDT&limit=99999999999999999999,limit,malformed",
        "/features?symbol=BTCUSDT&limit=1;DROP,limit,malformed",
        "/features?symbol=BTCUSDT&limit=%D9%A1%D9%A0,limit,malformed",
        "/features?symbol=BTCUSDT&limit=1&limit=2,limit,repeated_parameter",
        "/features?symbol=BTCUSDT&lookback=0s,lookback,out_of_range",
        "/features?symbol=BTCUSDT&lookback=25h,lookback,out_of_range",
        "/features?symbol=BTCUSDT&lookback=999999999999d,lookback,out_of_range",
        "/features?symbol=BTCUSDT&lookback=NaN,lookback,malformed",
        "/features?symbol=BTCUSDT&lookback=-5m,lookback,malformed",
        "/health?x=1,x,unknown_parameter",
    })
    void namesTheParameterThatCannotBeUsed(String path, String parameter, String code) {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response).get("errors").get(0);
        assertThat(error.get("pointer").asText()).isEqualTo("/query/" + parameter);
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("detail").asText()).isNotBlank();
    }
}
