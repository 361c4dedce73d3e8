package io.tidemark.local.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.local.testdata.SharedData;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {
    private static final String BYBIT = "1_ws_capture/bybit_v5/";
    private static final String BINANCE = "1_ws_capture/binance_hftbacktest/";
    private static final String BYBIT_FILE =
            BYBIT + "split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz";

    @TempDir Path temp;

    private static Capture open(Optional<Market> market, String... files) throws Exception {
        return Capture.of(List.of(files).stream().map(SharedData::path).toList(), market, false);
    }

    private static JsonNode expected(String folder) throws Exception {
        return Json.read(Files.readString(SharedData.path(folder + "expected_replay_DEV.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear:BTCUSDT BTCUSDT-LINEAR",
                "linear:SOLUSDT SOLUSDT",
                "spot:BTCUSDT BTCUSDT-SPOT"
            })
    void bybitMessagesEqualAnIndependentReplay(String names) throws Exception {
        JsonNode wanted = expected(BYBIT).get(names.split(" ")[0]);
        Replayed got =
                Objects.requireNonNull(
                        Replayed.of(open(Optional.empty(), BYBIT_FILE)).get(names.split(" ")[1]));
        for (String kind :
                List.of(
                        "tickers/snapshot",
                        "tickers/delta",
                        "orderbook.200/snapshot",
                        "orderbook.200/delta")) {
            assertThat(got.messages.getOrDefault(kind, 0))
                    .as(kind)
                    .isEqualTo(wanted.path("messages").path(kind).asInt());
        }
        // At the minute's end a linear message carries two candles: the closed and the new one.
        int doubled = names.startsWith("linear") ? 1 : 0;
        assertThat(got.messages.get("kline.1/item"))
                .isEqualTo(wanted.path("messages").path("kline.1/snapshot").asInt() + doubled);
        assertThat(got.tradeIds)
                .hasSize(wanted.path("trades").path("n").asInt())
                .doesNotHaveDuplicates();
        assertThat(got.buyVolume)
                .isEqualByComparingTo(wanted.path("trades").path("buy_volume").asText());
        assertThat(got.gaps).isZero();
        assertThat(got.updateId).isEqualTo(wanted.path("orderbook").path("final_u").asLong());
        assertThat(got.sequence).isEqualTo(wanted.path("orderbook").path("final_seq").asLong());
        assertTop(wanted.path("orderbook"), got);
    }

    @Test
    void oneMarketOfACaptureKeepsThePlainNames() throws Exception {
        assertThat(open(Optional.of(Market.SPOT), BYBIT_FILE).symbols()).containsExactly("BTCUSDT");
        assertThat(open(Optional.of(Market.LINEAR), BYBIT_FILE).symbols())
                .containsExactly("BTCUSDT", "SOLUSDT");
        assertThat(open(Optional.empty(), BYBIT_FILE).symbols())
                .containsExactly("BTCUSDT-LINEAR", "BTCUSDT-SPOT", "SOLUSDT");
    }

    @Test
    void messagesOfAllConnectionsComeByReceiveTime() throws Exception {
        Capture capture = open(Optional.empty(), BYBIT_FILE);
        long last = 0;
        int changesOfMarket = 0;
        Market market = null;
        try (CaptureReading reading = capture.read()) {
            for (CapturedEvent e = reading.next(); e != null; e = reading.next()) {
                assertThat(e.receivedMicros()).isGreaterThanOrEqualTo(last);
                last = e.receivedMicros();
                changesOfMarket += e.market() == market ? 0 : 1;
                market = e.market();
            }
            assertThat(changesOfMarket).isGreaterThan(100);
            assertThat(reading.messagesRead()).isEqualTo(capture.messages());
            assertThat(reading.skipped().of("subscription answers")).isEqualTo(24);
        }
    }

    @Test
    void anAskedForMarketThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> open(Optional.of(Market.INVERSE), BYBIT_FILE))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("wanted messages of market inverse, got only [linear, spot]");
    }

    @Test
    void theTextFormGivesTheBooksOfFourPerpetuals() throws Exception {
        String file = BYBIT + "cryptofeed_BYBIT.ws.1.0_linear_20250613.txt";
        Map<String, Replayed> bySymbol = Replayed.of(open(Optional.empty(), file));
        assertThat(bySymbol).containsOnlyKeys("BANDUSDT", "RADUSDT", "SNTUSDT", "AIOZUSDT");
        long lines;
        try (var all = Files.lines(SharedData.path(file))) {
            lines = all.filter(line -> line.contains("\"topic\"")).count();
        }
        assertThat(
                        bySymbol.values().stream()
                                .mapToInt(r -> r.messages.get("orderbook.1/snapshot"))
                                .sum())
                .isEqualTo((int) lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void binanceBooksAndTradesEqualAnIndependentReplay(int index) throws Exception {
        JsonNode wanted = expected(BINANCE).get(index);
        Replayed got = binance(wanted);
        assertTrades(wanted, got);
        assertThat(got.gaps).isZero();
        assertThat(got.messages).containsEntry("orderbook.0/snapshot", 1);
        assertThat(got.sequence).isEqualTo(wanted.path("final_u").asLong());
        assertThat(got.bids).hasSize(wanted.path("bid_levels").asInt());
        assertThat(got.asks).hasSize(wanted.path("ask_levels").asInt());
        assertTop(wanted, got);
    }

    @Test
    void binanceSpotWithoutASnapshotGivesTradesAndNoBook() throws Exception {
        JsonNode wanted = expected(BINANCE).get(2);
        Replayed got = binance(wanted);
        assertTrades(wanted, got);
        assertThat(got.messages).containsOnlyKeys("publicTrade/item");
    }

    @Test
    void spotBookChangesWithoutASnapshotAreCounted() throws Exception {
        Capture capture = open(Optional.empty(), BINANCE + "spot_btcusdt_20230405.dat.gz");
        try (CaptureReading reading = capture.read()) {
            while (reading.next() != null) {}
            assertThat(reading.skipped().of("book changes before a snapshot")).isEqualTo(3_929);
        }
    }

    private static Replayed binance(JsonNode wanted) throws Exception {
        List<String> files = new ArrayList<>();
        wanted.path("files").forEach(file -> files.add(BINANCE + file.asText()));
        Map<String, Replayed> bySymbol =
                Replayed.of(open(Optional.empty(), files.toArray(String[]::new)));
        assertThat(bySymbol).hasSize(1);
        return bySymbol.values().iterator().next();
    }

    private static void assertTrades(JsonNode wanted, Replayed got) {
        assertThat(got.tradeIds).hasSize(wanted.path("trades_valid(p>0,q>0,X!=NA)").asInt());
        assertThat(got.volume).isEqualByComparingTo(wanted.path("base_volume").asText());
        assertThat(got.buyVolume)
                .isEqualByComparingTo(wanted.path("taker_buy_volume(m=false)").asText());
        assertThat(got.tradeIds.get(0)).isEqualTo(wanted.path("first_trade_id").asText());
        assertThat(got.tradeIds.get(got.tradeIds.size() - 1))
                .isEqualTo(wanted.path("last_trade_id").asText());
    }

    private static void assertTop(JsonNode wanted, Replayed got) {
        assertSide(wanted.path("top5_bids"), new ArrayList<>(got.bids.descendingMap().entrySet()));
        assertSide(wanted.path("top5_asks"), new ArrayList<>(got.asks.entrySet()));
    }

    private static void assertSide(JsonNode wanted, List<Map.Entry<BigDecimal, BigDecimal>> got) {
        assertThat(wanted).hasSize(5);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(got.get(i).getKey()).isEqualByComparingTo(wanted.get(i).get(0).asText());
            assertThat(got.get(i).getValue()).isEqualByComparingTo(wanted.get(i).get(1).asText());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BYBIT_FILE,
                BYBIT + "cryptofeed_BYBIT.ws.1.0_linear_20250613.txt",
                BINANCE + "usdm_btcusdt_20230404.dat.gz",
                BINANCE + "cm_btcusd_perp_20240808.gz",
                BINANCE + "spot_btcusdt_20230405.dat.gz"
            })
    void everyEventOfARecordingIsAcceptedByTheDecoder(String file) throws Exception {
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        Capture capture = Capture.of(List.of(SharedData.path(file)), Optional.empty(), true);
        int events = 0;
        try (CaptureReading reading = capture.read()) {
            for (CapturedEvent e = reading.next(); e != null; e = reading.next()) {
                byte[] body =
                        encoder.encode(
                                e.type(),
                                e.topic(),
                                e.timestampMicros(),
                                e.receivedMicros(),
                                null,
                                null,
                                e.payload());
                assertThat(decoder.decode(e.type(), body, e.receivedMicros()).symbol())
                        .isEqualTo(e.symbol());
                events++;
            }
        }
        assertThat(events).isGreaterThan(100);
    }

    @Test
    void aBrokenChainIsPublishedAsAGapAndHealedByTheNextSnapshot() throws Exception {
        Path file = temp.resolve("gap.txt");
        String start =
                "1680652700423575 {\"stream\":\"btcusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1680652700450,\"T\":1680652700440,\"s\":\"BTCUSDT\",";
        Files.writeString(
                file,
                String.join(
                        "\n",
                        start + "\"U\":90,\"u\":95,\"pu\":89,\"b\":[],\"a\":[]}}",
                        start + "\"U\":97,\"u\":105,\"pu\":95,\"b\":[[\"9\",\"1\"]],\"a\":[]}}",
                        "1680652700423576 {\"lastUpdateId\":100,\"bids\":[[\"8\",\"1\"]],\"asks\":[[\"11\",\"1\"]]}",
                        start + "\"U\":106,\"u\":110,\"pu\":105,\"b\":[[\"7\",\"1\"]],\"a\":[]}}",
                        start + "\"U\":125,\"u\":130,\"pu\":120,\"b\":[[\"6\",\"1\"]],\"a\":[]}}",
                        start + "\"U\":131,\"u\":135,\"pu\":130,\"b\":[[\"5\",\"1\"]],\"a\":[]}}",
                        "1680652700423577 {\"lastUpdateId\":132,\"bids\":[[\"8\",\"2\"]],\"asks\":[[\"11\",\"1\"]]}",
                        start + "\"U\":136,\"u\":137,\"pu\":135,\"b\":[[\"4\",\"1\"]],\"a\":[]}}",
                        ""));
        List<String> updates = new ArrayList<>();
        Capture capture = Capture.of(List.of(file), Optional.empty(), false);
        try (CaptureReading reading = capture.read()) {
            for (CapturedEvent e = reading.next(); e != null; e = reading.next()) {
                JsonNode payload = Json.read(new String(e.payload(), StandardCharsets.UTF_8));
                updates.add(
                        payload.path("type").asText()
                                + " "
                                + payload.path("u")
                                + " "
                                + payload.path("seq"));
            }
            assertThat(reading.skipped().of("gaps in a book's chain (published as gaps)"))
                    .isEqualTo(1);
            assertThat(reading.skipped().of("book changes older than the book")).isEqualTo(2);
        }
        assertThat(updates)
                .containsExactly(
                        "snapshot 1 100",
                        "delta 2 105",
                        "delta 3 110",
                        "delta 5 130",
                        "delta 6 135",
                        "snapshot 7 132",
                        "delta 8 135",
                        "delta 9 137");
    }

    @Test
    void tradesThatAreNoneAreSkipped() throws Exception {
        Path file = temp.resolve("trades.txt");
        String start =
                "1680652700423575 {\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1680652700455,\"T\":1680652700452,\"s\":\"BTCUSDT\",\"M\":true,";
        Files.writeString(
                file,
                String.join(
                        "\n",
                        start + "\"t\":1,\"p\":\"0\",\"q\":\"1\",\"m\":true}}",
                        start + "\"t\":2,\"p\":\"1\",\"q\":\"0.000\",\"m\":true}}",
                        start + "\"t\":3,\"p\":\"1\",\"q\":\"1\",\"X\":\"NA\",\"m\":true}}",
                        start + "\"t\":4,\"p\":\"1\",\"q\":\"1\",\"X\":\"MARKET\",\"m\":true}}",
                        "1680652700423575 {\"stream\":\"btcu",
                        ""));
        Capture capture = Capture.of(List.of(file), Optional.empty(), false);
        try (CaptureReading reading = capture.read()) {
            CapturedEvent only = Objects.requireNonNull(reading.next());
            assertThat(only.type()).isEqualTo(EventType.TRADE);
            assertThat(new String(only.payload(), StandardCharsets.UTF_8))
                    .contains("\"S\":\"Sell\"", "\"i\":\"4\"");
            assertThat(reading.next()).isNull();
            assertThat(reading.skipped())
                    .hasToString(
                            "3 trades that are none (no price or size, or X=NA), 1 unreadable lines");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1_ws_capture/bybit_legacy_v2/cryptofeed_BYBIT.ws.26.0_inverse_20210417.txt",
                "README.md"
            })
    void anotherFormatIsAnErrorThatSaysWhatIsRead(String file) {
        Path path = SharedData.path(file);
        assertThatThrownBy(() -> Capture.of(List.of(path), Optional.empty(), false))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("Wanted a Bybit v5 recording");
    }

    @Test
    void zstdAndAMissingFileAreNamed() {
        assertThatThrownBy(
                        () ->
                                open(
                                        Optional.empty(),
                                        "1_ws_capture/other/cryptofeed_OKX_20220513.jsonl.zst"))
                .hasMessageContaining("zstd; unpack it first");
        assertThatThrownBy(() -> Capture.of(List.of(temp.resolve("none")), Optional.empty(), false))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aGzipThatEndsInTheMiddleGivesWhatIsThere() throws Exception {
        byte[] whole =
                Files.readAllBytes(SharedData.path(BINANCE + "usdm_btcusdt_20230404.dat.gz"));
        Path cut = temp.resolve("cut.gz");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        Capture capture = Capture.of(List.of(cut), Optional.empty(), false);
        try (CaptureReading reading = capture.read()) {
            int events = 0;
            while (reading.next() != null) {
                events++;
            }
            assertThat(events).isGreaterThan(1_000);
            assertThat(reading.skipped().of("files that end in the middle")).isEqualTo(1);
        }
    }
}
