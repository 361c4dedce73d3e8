package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.features.engine.Candle;
import io.tidemark.features.engine.CandleRows;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows on request: the engine's, to the bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExtractTest {
    private static final long START = 1_765_112_000_000L;

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        database = TestDatabase.migrated(data);
        server = TestClient.start(database, Map.of());
        client = new TestClient(server);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "2.0.0"})
    void givesTheBitsOfTheEngineWhateverTheOrder(String version) throws RefusedException {
        List<String> envelopes = market(400);
        FeatureSet features = FeatureSet.builtIn(version);
        SymbolEngine engine = SymbolEngine.create(features, "BTCUSDT");
        List<FeatureRow> wanted = new ArrayList<>();
        long t = START * 1_000;
        for (String envelope : envelopes) {
            MarketEvent event = decoded(envelope);
            for (; event.eventTimeMicros() >= t; t += 1_000_000) {
                if (engine.book().bidLevels() > 0 || !wanted.isEmpty()) {
                    wanted.add(engine.rowAt(t));
                }
            }
            engine.accept(event);
        }
        wanted.add(engine.rowAt(t));

        List<String> shuffled = new ArrayList<>(envelopes);
        shuffled.add(envelopes.get(7));
        Collections.shuffle(shuffled, new Random(5));
        HttpResponse<String> response =
                post(
                        "{\"feature_registry_version\":\"%s\",\"events\":[%s]}"
                                .formatted(version, String.join(" ,\n", shuffled)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("feature_registry_version").asText()).isEqualTo(version);
        assertThat(body.get("events").asInt()).isEqualTo(401);
        assertThat(body.get("duplicates").asInt()).isEqualTo(1);
        assertThat(body.get("rows")).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            FeatureRow row = wanted.get(i);
            JsonNode got = body.get("rows").get(i);
            assertThat(Instant.parse(got.get("timestamp").asText()).toEpochMilli() * 1_000)
                    .isEqualTo(row.gridTimeMicros());
            assertThat(got.get("event_count").asLong()).isEqualTo(row.eventCount());
            double[] values = new double[features.size()];
            for (int f = 0; f < values.length; f++) {
                JsonNode value = got.get("features").get(features.names().get(f));
                values[f] = value == null ? Double.NaN : value.asDouble();
            }
            assertThat(values).isEqualTo(row.values());
        }
    }

    @Test
    void saysWhichEventIsWrong() {
        String good = trade(START, 1, "a");
        HttpResponse<String> response =
                post(
                        "{\"events\":[%s,%s,7,%s]}"
                                .formatted(
                                        good,
                                        good.replace("\"0.5\"", "\"-1\""),
                                        good.replace("\"trade\"", "\"order\"")));
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = json(response);
        assertThat(body.get("type").asText()).isEqualTo("urn:tidemark:problem:invalid-request");
        assertThat(body.get("errors").findValuesAsText("pointer"))
                .containsExactly("/events/1", "/events/2", "/events/3");
        assertThat(body.get("errors").get(0).get("code").asText()).isEqualTo("out_of_range");
        assertThat(body.get("errors").get(0).get("detail").asText()).contains("payload.v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[]",
                "{",
                "{\"events\":[",
                "{\"events\":{}}",
                "{\"events\":[]}",
                "{\"events\":[],\"candles\":[]}",
                "{\"candles\":{}}",
                "{\"events\":[],\"bars\":[]}",
                "{\"events\":[{}]}{}",
                "{\"feature_registry_version\":1,\"events\":[]}"
            })
    void refusesWhatIsNoRequest(String body) {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("errors")).isNotEmpty();
    }

    /** Jackson would read it, but the events are cut out of the body by its bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void refusesAnotherEncoding(String charset) {
        String body = "{\"events\":[%s]}".formatted(trade(START, 1, "a"));
        HttpResponse<String> response =
                client.send(
                        "POST",
                        "/features/extract",
                        BodyPublishers.ofString(body, Charset.forName(charset)),
                        "Content-Type",
                        "application/json");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).get("detail").asText()).contains("UTF-8");
    }

    @Test
    void takesABodyThatBeginsWithAByteOrderMark() {
        HttpResponse<String> response =
                post("\uFEFF{\"events\":[%s]}".formatted(trade(START, 1, "a")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void refusesMoreRowsThanItGives() {
        HttpResponse<String> response =
                post(
                        "{\"events\":[%s]}"
                                .formatted(
                                        String.join(
                                                ",",
                                                IntStream.range(0, 120)
                                                        .mapToObj(
                                                                i ->
                                                                        trade(
                                                                                START
                                                                                        + i
                                                                                                * 100_000L,
                                                                                1,
                                                                                "t" + i))
                                                        .toList())));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("detail").asText()).contains("10000 rows");
    }

    @Test
    void refusesALargerBodyAnotherMediaTypeAndAnUnknownVersion() {
        String big = "{\"events\":[" + " ".repeat(8 << 20) + "]}";
        assertThat(post(big).statusCode()).isEqualTo(413);
        assertThat(
                        client.send(
                                        "POST",
                                        "/features/extract",
                                        BodyPublishers.ofString("{}"),
                                        "Content-Type",
                                        "text/plain")
                                .statusCode())
                .isEqualTo(415);
        HttpResponse<String> unknown =
                post(
                        "{\"feature_registry_version\":\"9.9.9\",\"events\":[%s]}"
                                .formatted(trade(START, 1, "a")));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).get("available_versions").toString()).contains("1.0.0", "2.0.0");
        HttpResponse<String> read = client.get("/features/extract");
        assertThat(read.statusCode()).isEqualTo(405);
        assertThat(read.headers().firstValue("Allow")).contains("POST");
    }

    /** The store's word on a version comes first: its definition, and its time between rows. */
    @Test
    void takesARegistryThatWasRegistered() {
        String yaml =
                BuiltInRegistries.yaml("1.0.0")
                        .replace("version: 1.0.0", "version: 1.0.7")
                        .replace("name: trade_count_3s", "name: trade_count_now");
        database.execute(
                "INSERT INTO feature_registry_version (version, feature_names, cadence_micros,"
                        + " definition) VALUES ('1.0.7', '{}', 500000, $y$"
                        + yaml
                        + "$y$), ('1.0.8', '{}', 500000, 'version: 1.0.8')");
        String events = trade(START, 1, "a") + "," + trade(START + 600, 2, "b");
        JsonNode body =
                json(
                        post(
                                "{\"feature_registry_version\":\"1.0.7\",\"events\":[%s]}"
                                        .formatted(events)));
        assertThat(body.get("rows")).hasSize(2);
        JsonNode features = body.get("rows").get(1).get("features");
        assertThat(features.has("trade_count_now")).isTrue();
        assertThat(features.has("trade_count_3s")).isFalse();
        HttpResponse<String> unusable =
                post("{\"feature_registry_version\":\"1.0.8\",\"events\":[%s]}".formatted(events));
        assertThat(unusable.statusCode()).as(unusable.body()).isEqualTo(422);
    }

    @Test
    void givesTheRowsOfCandles() {
        List<Candle> candles = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            double open = 100 + random.nextInt(40) / 4.0;
            double close = open + random.nextInt(-8, 9) / 4.0;
            Candle candle =
                    new Candle(
                            (START / 60_000 + i) * 60_000_000L,
                            open,
                            Math.max(open, close) + random.nextInt(4) / 4.0,
                            Math.min(open, close) - random.nextInt(4) / 4.0,
                            close,
                            random.nextInt(1, 9));
            candles.add(candle);
            texts.add(text(candle));
        }
        HttpResponse<String> response = post(candles("1m", texts));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("events").asInt()).isEqualTo(300);
        FeatureSet features = FeatureSet.builtIn("2.0.0");
        List<FeatureRow> wanted = CandleRows.of(features, "BTCUSDT", 60_000_000L, candles);
        assertThat(body.get("rows")).hasSameSizeAs(wanted);
        JsonNode last = body.get("rows").get(299);
        double[] values = wanted.get(299).values();
        int defined = 0;
        for (int i = 0; i < values.length; i++) {
            JsonNode value = last.get("features").get(features.names().get(i));
            assertThat(value == null ? Double.NaN : value.asDouble())
                    .as(features.names().get(i))
                    .isEqualTo(Double.valueOf(values[i]));
            defined += value == null ? 0 : 1;
        }
        assertThat(defined).isGreaterThan(20);
        assertThat(last.get("timestamp").asText())
                .isEqualTo(Instant.ofEpochMilli((START / 60_000 + 300) * 60_000).toString());
        assertThat(last.get("completeness").get("kline_live").asBoolean()).isTrue();
        assertThat(last.get("completeness").get("trades_live").asBoolean()).isFalse();
    }

    @Test
    void saysWhichCandleIsWrong() {
        String good = text(new Candle(60_000_000, 1, 2, 0.5, 1.5, 1));
        HttpResponse<String> response =
                post(
                        candles(
                                "1m",
                                List.of(
                                        good,
                                        good.replace("\"high\":2.0", "\"high\":1.2"),
                                        good.replace("Z", ""),
                                        good.replace("\"volume\":1.0", "\"volume\":\"1\""),
                                        good.replace("\"open\"", "\"first\""),
                                        "7")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("errors").findValuesAsText("pointer"))
                .contains(
                        "/candles/1",
                        "/candles/2/timestamp",
                        "/candles/3/volume",
                        "/candles/4/first",
                        "/candles/5");
        for (String bad :
                List.of(
                        candles("90s", List.of(good)),
                        candles("500ms", List.of(good)),
                        candles("soon", List.of(good)),
                        candles("1m", List.of(good, good)),
                        candles("1m", List.of()),
                        candles("1m", List.of(good)).replace("BTCUSDT", "../etc"),
                        candles("1m", List.of(good)).replace("\"symbol\":\"BTCUSDT\",", ""),
                        candles("1m", List.of(good)).replace("\"interval\":\"1m\",", ""),
                        candles("1m", List.of(good))
                                .replace(
                                        "\"interval\"",
                                        "\"events\":["
                                                + trade(START, 1, "a")
                                                + "],\"interval\""))) {
            HttpResponse<String> refused = post(bad);
            assertThat(refused.statusCode()).as(bad + refused.body()).isEqualTo(400);
            assertThat(json(refused).get("errors")).isNotEmpty();
        }
    }

    private static String candles(String interval, List<String> candles) {
        return "{\"feature_registry_version\":\"2.0.0\",\"symbol\":\"BTCUSDT\",\"interval\":\"%s\",\"candles\":[%s]}"
                .formatted(interval, String.join(",", candles));
    }

    private static String text(Candle candle) {
        return "{\"timestamp\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":%s}"
                .formatted(
                        Instant.ofEpochMilli(candle.startMicros() / 1_000),
                        candle.open(),
                        candle.high(),
                        candle.low(),
                        candle.close(),
                        candle.volume());
    }

    private HttpResponse<String> post(String body) {
        return client.send(
                "POST",
                "/features/extract",
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/json; charset=utf-8");
    }

    private static MarketEvent decoded(String envelope) throws RefusedException {
        EventType type =
                EventType.ofWireName(json(envelope).get("event_type").asText()).orElseThrow();
        return new EnvelopeDecoder(DecodeLimits.DEFAULT)
                .decode(
                        type,
                        envelope.getBytes(StandardCharsets.UTF_8),
                        (START + 3_600_000) * 1_000);
    }

    /** Envelopes in canonical order, each at a millisecond of its own; the first is a full book. */
    private static List<String> market(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<String> envelopes = new ArrayList<>();
        long time = START + 3;
        long updateId = 5;
        envelopes.add(book(time, "snapshot", updateId, 49_999.5, 50_000.5));
        while (envelopes.size() < count) {
            time += random.nextLong(1, 1_500);
            double price = 50_000 + random.nextInt(-30, 31) / 10.0;
            envelopes.add(
                    random.nextInt(3) == 0
                            ? book(time, "delta", ++updateId, 49_999.5, 50_000.5)
                            : trade(time, price, "t" + time));
        }
        return envelopes;
    }

    private static String trade(long millis, double price, String id) {
        return "{\"event_type\":\"trade\",\"topic\":\"publicTrade.BTCUSDT\",\"timestamp\":\"%s\",\"payload\":{\"T\":%d,\"s\":\"BTCUSDT\",\"S\":\"%s\",\"v\":\"0.5\",\"p\":\"%s\",\"i\":\"%s\"}}"
                .formatted(zoneless(millis), millis, millis % 2 == 0 ? "Buy" : "Sell", price, id);
    }

    private static String book(long millis, String type, long updateId, double bid, double ask) {
        return "{\"event_type\":\"orderbook\",\"topic\":\"orderbook.50.BTCUSDT\",\"timestamp\":\"%s\",\"payload\":{\"s\":\"BTCUSDT\",\"type\":\"%s\",\"u\":%d,\"seq\":%d,\"b\":[[\"%s\",\"%d\"]],\"a\":[[\"%s\",\"2\"]]}}"
                .formatted(zoneless(millis), type, updateId, updateId, bid, 1 + millis % 9, ask);
    }

    private static String zoneless(long millis) {
        return Instant.ofEpochMilli(millis).toString().replace("Z", "");
    }
}
