package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.features.book.BookView;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.local.drill.ReferenceRows;
import io.tidemark.local.testdata.SharedData;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings of real markets through a real broker and the real job, against independent replays of
 * the same files.
 */
class RecordedMarketIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path data;
    private RealPlatform platform;

    @BeforeEach
    void start() throws Exception {
        platform = RealPlatform.orSkip(data, RealPlatform.OF_RECORDINGS, 2, Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void bybit() throws Exception {
        long published =
                platform.publish(
                        "1_ws_capture/bybit_v5/split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz");
        JsonNode expected =
                JSON.readTree(
                        SharedData.path("1_ws_capture/bybit_v5/expected_replay_DEV.json").toFile());
        Map<String, String> symbols = new TreeMap<>();
        symbols.put("linear:BTCUSDT", "BTCUSDT-LINEAR");
        symbols.put("linear:SOLUSDT", "SOLUSDT");
        symbols.put("spot:BTCUSDT", "BTCUSDT-SPOT");
        Archive archive = archiveOf(published);

        Map<String, List<MarketEvent>> archived = archive.eventsBySymbol();
        assertThat(archived.keySet()).containsExactlyInAnyOrderElementsOf(symbols.values());
        for (Map.Entry<String, String> one : symbols.entrySet()) {
            JsonNode market = expected.path(one.getKey());
            List<MarketEvent> own = archived.getOrDefault(one.getValue(), List.of());
            bookIsAsReplayed(one.getValue(), own, market.path("orderbook"));
            tradesAreAsReplayed(archive, one.getValue(), market.path("trades"));
            everyMessageIsThere(archive, one.getValue(), market);
            tickerIsAsReplayed(own, market.path("merged_ticker"));
        }
        everyRowIsServedAsTheEngineGivesIt(archived);
    }

    @Test
    void binance() throws Exception {
        long published =
                platform.publish(
                        "1_ws_capture/binance_hftbacktest/usdm_btcusdt_20240718.gz",
                        "1_ws_capture/binance_hftbacktest/usdm_btcusdt_20240719.gz");
        Archive archive = archiveOf(published);
        JsonNode expected =
                JSON.readTree(
                                SharedData.path(
                                                "1_ws_capture/binance_hftbacktest/expected_replay_DEV.json")
                                        .toFile())
                        .get(1);

        Map<String, List<MarketEvent>> archived = archive.eventsBySymbol();
        List<MarketEvent> own = archived.getOrDefault("BTCUSDT", List.of());
        SymbolEngine engine = SymbolEngine.create(FeatureSet.builtIn("1.0.0"), "BTCUSDT");
        own.forEach(engine::accept);
        assertThat(engine.book().bidLevels()).isEqualTo(expected.path("bid_levels").asInt());
        assertThat(engine.book().askLevels()).isEqualTo(expected.path("ask_levels").asInt());
        topIsAsReplayed(engine.book(), expected);
        List<Object> trades =
                archive.query(
                                "SELECT count(*), sum(size), sum(size) FILTER (taker_side = 'buy') FROM {raw/type=trade}")
                        .get(0);
        assertThat(((Number) trades.get(0)).longValue())
                .isEqualTo(expected.path("trade_messages").asLong());
        assertThat((Double) trades.get(1))
                .isCloseTo(expected.path("base_volume").asDouble(), within(1e-6));
        assertThat((Double) trades.get(2))
                .isCloseTo(expected.path("taker_buy_volume(m=false)").asDouble(), within(1e-6));
        everyRowIsServedAsTheEngineGivesIt(archived);
    }

    private Archive archiveOf(long events) throws Exception {
        Archive archive = new Archive(data.resolve("archive"));
        Until.holds(
                events + " events in the archive",
                Duration.ofMinutes(2),
                () -> archive.count("raw") >= events);
        assertThat(archive.count("raw")).isEqualTo(events);
        assertThat(archive.query("SELECT DISTINCT verdict FROM {raw}"))
                .containsExactly(List.of("accepted"));
        Booked.becomes(new Booked(events, 0, 0, 0), platform.parts().databaseUrl());
        return archive;
    }

    private static void bookIsAsReplayed(
            String symbol, List<MarketEvent> events, JsonNode expected) {
        SymbolEngine engine = SymbolEngine.create(FeatureSet.builtIn("1.0.0"), symbol);
        events.forEach(engine::accept);
        BookView book = engine.book();
        assertThat(book.updateId()).isEqualTo(expected.path("final_u").asLong());
        assertThat(book.bidLevels()).isEqualTo(expected.path("bid_levels").asInt());
        assertThat(book.askLevels()).isEqualTo(expected.path("ask_levels").asInt());
        topIsAsReplayed(book, expected);
        BigDecimal bids = BigDecimal.ZERO;
        BigDecimal asks = BigDecimal.ZERO;
        for (int i = 0; i < book.bidLevels(); i++) {
            bids = bids.add(BigDecimal.valueOf(book.bidSize(i)));
        }
        for (int i = 0; i < book.askLevels(); i++) {
            asks = asks.add(BigDecimal.valueOf(book.askSize(i)));
        }
        assertThat(bids).isEqualByComparingTo(expected.path("sum_bid_qty").asText());
        assertThat(asks).isEqualByComparingTo(expected.path("sum_ask_qty").asText());
    }

    private static void topIsAsReplayed(BookView book, JsonNode expected) {
        for (int i = 0; i < 5; i++) {
            assertThat(book.bidPrice(i))
                    .isEqualTo(expected.at("/top5_bids/" + i + "/0").asDouble());
            assertThat(book.bidSize(i)).isEqualTo(expected.at("/top5_bids/" + i + "/1").asDouble());
            assertThat(book.askPrice(i))
                    .isEqualTo(expected.at("/top5_asks/" + i + "/0").asDouble());
            assertThat(book.askSize(i)).isEqualTo(expected.at("/top5_asks/" + i + "/1").asDouble());
        }
    }

    private static void tradesAreAsReplayed(Archive archive, String symbol, JsonNode expected)
            throws Exception {
        List<Object> found =
                archive.query(
                                "SELECT count(*), count(DISTINCT id), sum(size) FILTER (taker_side = 'buy'),"
                                        + " sum(size) FILTER (taker_side = 'sell'), sum(price * size)"
                                        + " FROM {raw/type=trade} WHERE symbol = '"
                                        + symbol
                                        + "'")
                        .get(0);
        assertThat(((Number) found.get(0)).longValue()).isEqualTo(expected.path("n").asLong());
        assertThat(((Number) found.get(1)).longValue())
                .isEqualTo(expected.path("unique_ids").asLong());
        assertThat((Double) found.get(2))
                .isCloseTo(expected.path("buy_volume").asDouble(), within(1e-9));
        assertThat((Double) found.get(3))
                .isCloseTo(expected.path("sell_volume").asDouble(), within(1e-9));
        assertThat((Double) found.get(4))
                .isCloseTo(expected.path("notional").asDouble(), within(1e-6));
    }

    /** A message of trades or candles may carry several events; one of the others is one. */
    private static void everyMessageIsThere(Archive archive, String symbol, JsonNode expected)
            throws Exception {
        Map<String, Long> messages = new TreeMap<>();
        expected.path("messages")
                .properties()
                .forEach(
                        one -> {
                            String topic = one.getKey().replaceFirst("[./].*", "");
                            if (topic.equals("tickers") || topic.equals("orderbook")) {
                                messages.merge(
                                        topic.replace("tickers", "ticker"),
                                        one.getValue().asLong(),
                                        Long::sum);
                            }
                        });
        for (Map.Entry<String, Long> type : messages.entrySet()) {
            assertThat(
                            archive.query(
                                    "SELECT count(*) FROM {raw/type="
                                            + type.getKey()
                                            + "} WHERE symbol = '"
                                            + symbol
                                            + "'"))
                    .containsExactly(List.of(type.getValue()));
        }
    }

    private static void tickerIsAsReplayed(List<MarketEvent> events, JsonNode expected) {
        double[] merged = new double[TickerField.values().length];
        Arrays.fill(merged, Double.NaN);
        String tickDirection = null;
        long nextFunding = 0;
        for (MarketEvent event : events) {
            if (event instanceof Ticker ticker) {
                for (TickerField field : TickerField.values()) {
                    double value = ticker.value(field);
                    merged[field.ordinal()] = Double.isNaN(value) ? merged[field.ordinal()] : value;
                }
                tickDirection =
                        ticker.tickDirection() == null ? tickDirection : ticker.tickDirection();
                nextFunding =
                        ticker.nextFundingTimeMicros() > 0
                                ? ticker.nextFundingTimeMicros()
                                : nextFunding;
            }
        }
        for (TickerField field : TickerField.values()) {
            String text = expected.path(field.wireName()).asText();
            assertThat(merged[field.ordinal()])
                    .as(field.wireName())
                    .isEqualTo(Double.valueOf(text.isEmpty() ? "NaN" : text));
        }
        assertThat(tickDirection == null ? "" : tickDirection)
                .isEqualTo(expected.path("tickDirection").asText());
        assertThat(nextFunding / 1_000).isEqualTo(expected.path("nextFundingTime").asLong());
    }

    private void everyRowIsServedAsTheEngineGivesIt(Map<String, List<MarketEvent>> archived)
            throws Exception {
        Map<String, FeatureRow> expected = new TreeMap<>();
        archived.forEach((symbol, events) -> expected.putAll(ReferenceRows.of(symbol, events)));
        Until.holds(
                "every row served",
                Duration.ofMinutes(1),
                () ->
                        Balance.served(platform.parts().databaseUrl())
                                .keySet()
                                .containsAll(expected.keySet()));
        Map<String, FeatureRow> served = Balance.served(platform.parts().databaseUrl());
        expected.forEach((key, row) -> assertThat(served.get(key)).as(key).isEqualTo(row));
    }
}
