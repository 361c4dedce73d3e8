package io.tidemark.server;

import static io.tidemark.server.TestClient.eventually;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LedgerTest {
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        database = TestDatabase.migrated(data);
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
     * Two hours of two symbols, a minute of rejected messages; old minutes are in the totals only.
     */
    static void fill(TestDatabase database) {
        database.execute(
                "INSERT INTO ledger_cell SELECT s, 'trade', timestamptz '2025-12-07 12:00Z' + n *"
                        + " interval '1 minute', 10, 2, 1, 0, 100 * n + 1, 100 * n + 11, timestamptz"
                        + " '2025-12-07 12:00:00.5Z' + n * interval '1 minute', timestamptz '2025-12-07"
                        + " 12:00:59Z' + n * interval '1 minute' FROM generate_series(0, 119) n,"
                        + " unnest(ARRAY['BTCUSDT', 'ETHUSDT']) s");
        database.execute(
                "INSERT INTO ledger_cell VALUES ('BTCUSDT', 'ticker', '2025-12-07 13:59Z', 5, 0, 0, 0,"
                        + " NULL, NULL, '2025-12-07 13:59:01Z', '2025-12-07 13:59:02Z'), ('', 'ticker',"
                        + " '2025-12-07 13:59Z', 0, 0, 0, 3, NULL, NULL, NULL, NULL)");
        database.execute(
                "INSERT INTO ledger_total VALUES ('trade', 5000, 480, 240, 0), ('ticker', 5, 0, 0, 3)");
    }

    @Test
    void endsWithTheNewestMinuteUnlessTold() {
        JsonNode ledger = json(client.get("/ledger?symbol=BTCUSDT"));
        assertThat(ledger.get("from").asText()).isEqualTo("2025-12-07T13:00:00Z");
        assertThat(ledger.get("to").asText()).isEqualTo("2025-12-07T14:00:00Z");
        assertThat(ledger.get("cells")).hasSize(61);
        assertThat(ledger.get("totals"))
                .hasToString(
                        "{\"messages\":785,\"accepted\":605,\"duplicate\":120,\"late\":60,\"rejected\":0}");
        assertThat(ledger.at("/by_type/trade/messages").asInt()).isEqualTo(780);
        assertThat(ledger.get("cells").get(0))
                .hasToString(
                        "{\"minute\":\"2025-12-07T13:00:00Z\",\"symbol\":\"BTCUSDT\",\"type\":\"trade\","
                                + "\"messages\":13,\"accepted\":10,\"duplicate\":2,\"late\":1,\"rejected\":0,"
                                + "\"lowest_sequence\":6001,\"highest_sequence\":6011,"
                                + "\"first_event_time\":\"2025-12-07T13:00:00.500Z\","
                                + "\"last_event_time\":\"2025-12-07T13:00:59Z\"}");
    }

    @Test
    void hasRejectedMessagesWithoutSymbol() {
        JsonNode ledger =
                json(
                        client.get(
                                "/ledger?type=ticker&from=2025-12-07T13:59:00Z&to=2025-12-07T14:00:00Z"));
        assertThat(ledger.get("totals").get("messages").asInt()).isEqualTo(8);
        assertThat(ledger.get("cells").get(0))
                .hasToString(
                        "{\"minute\":\"2025-12-07T13:59:00Z\",\"type\":\"ticker\",\"messages\":3,"
                                + "\"accepted\":0,\"duplicate\":0,\"late\":0,\"rejected\":3}");
        assertThat(ledger.get("cells").get(1).has("lowest_sequence")).isFalse();
        assertThat(ledger.has("symbol")).isFalse();
    }

    @Test
    void pagesThroughEveryCellOnce() {
        List<String> seen = new ArrayList<>();
        String span = "/ledger?from=2025-12-07T12:00:00Z&to=2025-12-07T14:00:00Z&limit=70";
        String after = "";
        int pages = 0;
        while (after != null) {
            JsonNode page = json(client.get(span + after));
            assertThat(page.at("/totals/messages").asInt()).isEqualTo(2 * 120 * 13 + 8);
            page.get("cells")
                    .forEach(
                            cell ->
                                    seen.add(
                                            cell.get("minute").asText()
                                                    + " "
                                                    + cell.path("symbol").asText()
                                                    + " "
                                                    + cell.get("type").asText()));
            after = page.has("next") ? "&after=" + page.get("next").asText() : null;
            pages++;
        }
        assertThat(pages).isEqualTo(4);
        assertThat(seen).hasSize(242).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void saysWhichSymbolsThereAreWhenItHasNoneOfThisOne() {
        HttpResponse<String> response = client.get("/ledger?symbol=XRPUSDT");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error_code").asText()).isEqualTo("SYMBOL_NOT_FOUND");
        assertThat(json(response).get("available_symbols"))
                .hasToString("[\"BTCUSDT\",\"ETHUSDT\"]");
    }

    @Test
    void answersWithNothingBeforeTheFirstMessage(@TempDir Path data) {
        try (TestDatabase empty = TestDatabase.migrated(data);
                ModelServer waiting = TestClient.start(empty, Map.of())) {
            TestClient other = new TestClient(waiting);
            JsonNode ledger = json(other.get("/ledger"));
            assertThat(ledger.get("cells")).isEmpty();
            assertThat(ledger.at("/totals/messages").asInt(-1)).isZero();
            assertThat(other.get("/ledger?symbol=BTCUSDT").statusCode()).isEqualTo(404);
            assertThat(other.get("/metrics").body()).doesNotContain("tidemark_ledger_messages");
        }
    }

    @Test
    void countsEveryMessageSinceTheFirstForPrometheus() {
        String late = "tidemark_ledger_messages_total{fate=\"late\",type=\"trade\"}";
        eventually("asked", () -> client.get("/metrics").body().contains(late));
        assertThat(client.get("/metrics").body())
                .contains(
                        late + " 240.0",
                        "tidemark_ledger_messages_total{fate=\"accepted\",type=\"trade\"} 5000.0",
                        "tidemark_ledger_messages_total{fate=\"rejected\",type=\"ticker\"} 3.0");
    }

    @ParameterizedTest
    @CsvSource({
        "/ledger?symbol=btcusdt,symbol,malformed",
        "/ledger?type=order,type,malformed",
        "/ledger?from=yesterday,from,malformed",
        "/ledger?from=2025-12-07,from,malformed",
        "/ledger?from=2025-12-07T12:00:00,from,malformed",
        "/ledger?to=%2B99999-12-07T12:00:00Z,to,out_of_range",
        "/ledger?to=1969-12-31T23:59:59Z,to,out_of_range",
        "/ledger?from=2025-12-07T12:00:00Z&to=2025-12-07T12:00:00Z,from,out_of_range",
        "/ledger?from=2025-12-07T12:00:00Z&to=2025-12-06T12:00:00Z,from,out_of_range",
        "/ledger?from=2025-12-01T00:00:00Z&to=2025-12-08T00:00:01Z,from,out_of_range",
        "/ledger?limit=10001,limit,out_of_range",
        "/ledger?after=x,after,malformed",
        "/ledger?after=2025-12-07T12:00:00Z~BTC'USDT~trade,after,malformed",
        "/ledger?after=2025-13-07T12:00:00Z~BTCUSDT~trade,after,malformed",
        "/ledger?lookback=5m,lookback,unknown_parameter",
    })
    void namesTheParameterThatCannotBeUsed(String path, String parameter, String code) {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = json(response).get("errors").get(0);
        assertThat(error.get("pointer").asText()).isEqualTo("/query/" + parameter);
        assertThat(error.get("code").asText()).isEqualTo(code);
    }
}
