package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * A recording of the exchange, wrapped item by item as the gateway does, read by the decoder, and
 * held against what an independent program found in the same recording.
 */
class RecordedBybitTest {
    private static final String FOLDER = "shared/data/1_ws_capture/bybit_v5";
    private static final String RECORDING =
            "split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz";
    private static final Map<String, String> MARKETS =
            Map.of("BYBIT.ws.2", "linear", "BYBIT.ws.3", "spot");

    private final ObjectMapper json = new ObjectMapper();
    private final SplittableRandom random = new SplittableRandom(17);
    private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();
    private final Map<String, Map<String, Integer>> messages = new TreeMap<>();
    private final Map<String, List<MarketEvent>> events = new LinkedHashMap<>();

    @Test
    void everyRecordedItemIsAcceptedAndSaysWhatTheIndependentReplaySays() throws Exception {
        Path folder = folder();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        Files.newInputStream(folder.resolve(RECORDING))),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = json.readTree(line);
                if (record.path("t").asText().equals("recv")) {
                    take(record);
                }
            }
        }
        JsonNode expected = json.readTree(folder.resolve("expected_replay_DEV.json").toFile());
        for (String stream : List.of("linear:BTCUSDT", "linear:SOLUSDT", "spot:BTCUSDT")) {
            JsonNode wanted = expected.path(stream);
            assertThat(json.valueToTree(messages.get(stream)).equals(wanted.path("messages")))
                    .as(stream + ": " + messages.get(stream) + " and " + wanted.path("messages"))
                    .isTrue();
            List<MarketEvent> decoded = events.getOrDefault(stream, List.of());
            checkTrades(decoded, wanted.path("trades"));
            checkBook(decoded, wanted.path("orderbook"));
            checkKlines(decoded, wanted);
            checkTicker(decoded, wanted.path("merged_ticker"));
        }
    }

    private static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(FOLDER))) {
                return at.resolve(FOLDER);
            }
        }
        assumeTrue(false, "skipped: no " + FOLDER + " above the working directory");
        throw new AssertionError("not reached");
    }

    private void take(JsonNode record) throws IOException, RefusedException {
        JsonNode message = json.readTree(record.path("data").asText());
        String topic = message.path("topic").asText();
        if (topic.isEmpty()) {
            return;
        }
        String channel = topic.substring(0, topic.lastIndexOf('.'));
        String stream =
                MARKETS.get(record.path("conn").asText())
                        + ":"
                        + topic.substring(topic.lastIndexOf('.') + 1);
        String kind = channel + "/" + message.path("type").asText();
        messages.computeIfAbsent(stream, s -> new TreeMap<>()).merge(kind, 1, Integer::sum);
        JsonNode data = message.path("data");
        for (JsonNode item : data.isArray() ? data : List.of(data)) {
            events.computeIfAbsent(stream, s -> new ArrayList<>())
                    .add(decoded(channel, topic, message, item, record));
        }
    }

    /** One envelope per trade or candle, one per book or ticker message, as the gateway makes. */
    private MarketEvent decoded(
            String channel, String topic, JsonNode message, JsonNode item, JsonNode record)
            throws IOException, RefusedException {
        EventType type =
                switch (channel.replaceFirst("\\..*", "")) {
                    case "publicTrade" -> EventType.TRADE;
                    case "orderbook" -> EventType.ORDERBOOK;
                    case "kline" -> EventType.KLINE;
                    default -> EventType.TICKER;
                };
        ObjectNode payload = item.deepCopy();
        if (type == EventType.ORDERBOOK || type == EventType.TICKER) {
            payload.set("type", message.get("type"));
            for (String name : new String[] {"cts", "cs"}) {
                if (message.has(name)) {
                    payload.set(name, message.get(name));
                }
            }
        }
        long received = (long) (record.path("ts").asDouble() * 1e6);
        byte[] body =
                encoder.encode(
                        type,
                        topic,
                        message.path("ts").asLong() * 1000,
                        received,
                        "e",
                        "t",
                        json.writeValueAsBytes(payload));
        MarketEvent event = decoder.decode(type, body, received);
        assertThat(JacksonOracle.decode(type, body, received)).contains(event);
        DecoderOracleTest.assertSameVerdicts(type, body, received, random, 20);
        byte[] again = encoder.encode(event, topic, "e", "t");
        assertThat(decoder.decode(type, again, received)).isEqualTo(event);
        return event;
    }

    private static <T> List<T> only(List<MarketEvent> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static void checkTrades(List<MarketEvent> events, JsonNode wanted) {
        List<Trade> trades = only(events, Trade.class);
        BigDecimal buys = BigDecimal.ZERO;
        BigDecimal sells = BigDecimal.ZERO;
        BigDecimal notional = BigDecimal.ZERO;
        Set<String> ids = new HashSet<>();
        for (Trade trade : trades) {
            BigDecimal size = BigDecimal.valueOf(trade.size());
            notional = notional.add(size.multiply(BigDecimal.valueOf(trade.price())));
            ids.add(trade.header().id());
            if (trade.takerSide() == Trade.Side.BUY) {
                buys = buys.add(size);
            } else {
                sells = sells.add(size);
            }
        }
        assertThat(trades).hasSize(wanted.path("n").asInt());
        assertThat(ids).hasSize(wanted.path("unique_ids").asInt());
        assertThat(buys).isEqualByComparingTo(wanted.path("buy_volume").asText());
        assertThat(sells).isEqualByComparingTo(wanted.path("sell_volume").asText());
        assertThat(notional).isEqualByComparingTo(wanted.path("notional").asText());
        assertThat(trades.get(0).eventTimeMicros())
                .isEqualTo(wanted.path("first_T").asLong() * 1000);
        assertThat(trades.get(trades.size() - 1).eventTimeMicros())
                .isEqualTo(wanted.path("last_T").asLong() * 1000);
        assertThat(trades).allMatch(trade -> trade.header().sequence() > 0);
    }

    private static void checkBook(List<MarketEvent> events, JsonNode wanted) {
        TreeMap<Double, Double> bids = new TreeMap<>();
        TreeMap<Double, Double> asks = new TreeMap<>();
        long updateId = 0;
        for (BookUpdate book : only(events, BookUpdate.class)) {
            if (book.kind() == BookUpdate.Kind.SNAPSHOT) {
                bids.clear();
                asks.clear();
            } else {
                assertThat(book.updateId()).isEqualTo(updateId + 1);
            }
            updateId = book.updateId();
            assertThat(book.depth()).isEqualTo(200);
            apply(bids, book.bids());
            apply(asks, book.asks());
        }
        assertThat(updateId).isEqualTo(wanted.path("final_u").asLong());
        assertThat(bids).hasSize(wanted.path("bid_levels").asInt());
        assertThat(asks).hasSize(wanted.path("ask_levels").asInt());
        assertThat(sum(bids)).isEqualByComparingTo(wanted.path("sum_bid_qty").asText());
        assertThat(sum(asks)).isEqualByComparingTo(wanted.path("sum_ask_qty").asText());
        assertThat(bids.lastKey()).isEqualTo(wanted.path("top5_bids").path(0).path(0).asDouble());
        assertThat(asks.firstKey()).isEqualTo(wanted.path("top5_asks").path(0).path(0).asDouble());
    }

    private static void apply(Map<Double, Double> side, double[] levels) {
        for (int i = 0; i < levels.length; i += 2) {
            if (levels[i + 1] == 0) {
                side.remove(levels[i]);
            } else {
                side.put(levels[i], levels[i + 1]);
            }
        }
    }

    private static BigDecimal sum(Map<Double, Double> side) {
        return side.values().stream()
                .map(BigDecimal::valueOf)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void checkKlines(List<MarketEvent> events, JsonNode wanted) {
        List<Kline> klines = only(events, Kline.class);
        List<Kline> confirmed = klines.stream().filter(Kline::confirm).toList();
        assertThat(confirmed).hasSize(wanted.path("confirmed_kline").size());
        for (int i = 0; i < confirmed.size(); i++) {
            checkKline(confirmed.get(i), wanted.path("confirmed_kline").path(i));
        }
        checkKline(klines.get(klines.size() - 1), wanted.path("last_open_kline"));
    }

    private static void checkKline(Kline kline, JsonNode wanted) {
        assertThat(kline.startMicros()).isEqualTo(wanted.path("start").asLong() * 1000);
        assertThat(kline.eventTimeMicros()).isEqualTo(wanted.path("timestamp").asLong() * 1000);
        assertThat(kline.open()).isEqualTo(wanted.path("open").asDouble());
        assertThat(kline.high()).isEqualTo(wanted.path("high").asDouble());
        assertThat(kline.low()).isEqualTo(wanted.path("low").asDouble());
        assertThat(kline.close()).isEqualTo(wanted.path("close").asDouble());
        assertThat(kline.volume()).isEqualTo(wanted.path("volume").asDouble());
        assertThat(kline.turnover()).isEqualTo(wanted.path("turnover").asDouble());
    }

    private static void checkTicker(List<MarketEvent> events, JsonNode wanted) {
        Map<String, Double> merged = new TreeMap<>();
        for (Ticker ticker : only(events, Ticker.class)) {
            for (TickerField field : TickerField.values()) {
                if (!Double.isNaN(ticker.value(field))) {
                    merged.put(field.wireName(), ticker.value(field));
                }
            }
        }
        Map<String, Double> wantedNumbers = new TreeMap<>();
        for (TickerField field : TickerField.values()) {
            if (!wanted.path(field.wireName()).asText().isEmpty()) {
                wantedNumbers.put(field.wireName(), wanted.path(field.wireName()).asDouble());
            }
        }
        assertThat(merged).isEqualTo(wantedNumbers).isNotEmpty();
        assertThat(events)
                .allMatch(event -> event.header().receivedMicros() != EventHeader.UNKNOWN_TIME);
    }
}
