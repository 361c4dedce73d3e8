package io.tidemark.features.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.BookView;
import io.tidemark.features.book.OrderBook;
import io.tidemark.features.engine.Events;
import io.tidemark.schemas.event.BookUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The book of every recording equals what independent replays of it say. */
class RecordedBookIT {
    private static final String BINANCE = "1_ws_capture/binance_hftbacktest/";
    private static final String BYBIT = "1_ws_capture/bybit_v5/";

    @ParameterizedTest
    @ValueSource(strings = {"usdm_btcusdt_2023", "usdm_btcusdt_2024", "cm_btcusd_perp_2024"})
    void equalsEveryBookTickerOfTheSameUpdateOnBinance(String name) throws IOException {
        Json expected = binanceExpectation(name);
        List<Json> depth = new ArrayList<>();
        Map<Long, Json> tickers = new HashMap<>();
        List<Json> snapshots = new ArrayList<>();
        for (Json file : expected.get("files").items()) {
            for (String line : Recording.lines(BINANCE + file.text())) {
                if (line.contains("@trade") || line.contains("@markPrice")) {
                    continue;
                }
                Json message = Json.parse(line.substring(line.indexOf(' ') + 1));
                if (message.has("lastUpdateId")) {
                    snapshots.add(message);
                    continue;
                }
                Json data = message.get("data");
                String stream = message.get("stream").text();
                if (stream.contains("@depth")) {
                    depth.add(data);
                } else if (stream.contains("@bookTicker")) {
                    tickers.put(data.get("u").integer(), data);
                }
            }
        }
        assertThat(snapshots).hasSize(1);
        Json snapshot = snapshots.get(0);
        OrderBook book = new OrderBook();
        long last = snapshot.get("lastUpdateId").integer();
        long number = 1;
        book.apply(
                Events.snapshot(
                        0,
                        0,
                        number,
                        snapshot.get("bids").levels(),
                        snapshot.get("asks").levels()));
        int compared = 0;
        for (Json update : depth) {
            long u = update.get("u").integer();
            if (u < snapshot.get("lastUpdateId").integer()) {
                continue;
            }
            // The venue's chain, as this module's: the next number only when it fits.
            boolean next = number == 1 || update.get("pu").integer() == last;
            number += next ? 1 : 2;
            last = u;
            assertThat(
                            book.apply(
                                    Events.delta(
                                            0,
                                            0,
                                            number,
                                            update.get("b").levels(),
                                            update.get("a").levels())))
                    .isEqualTo(BookChange.APPLIED);
            assertThat(book.defined()).isTrue();
            Json ticker = tickers.get(u);
            if (ticker != null) {
                compared++;
                assertThat(book.bestBid()).isEqualTo(ticker.get("b").number());
                assertThat(book.bidSize(0)).isEqualTo(ticker.get("B").number());
                assertThat(book.bestAsk()).isEqualTo(ticker.get("a").number());
                assertThat(book.askSize(0)).isEqualTo(ticker.get("A").number());
            }
        }
        // Of every ticker in the file; the independent replay compared those of one order of
        // arrival.
        assertThat(compared)
                .isGreaterThanOrEqualTo((int) expected.get("bookTicker_same_u_compared").integer())
                .isPositive();
        assertThat(last).isEqualTo(expected.get("final_u").integer());
        assertLevels(book, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear:BTCUSDT", "linear:SOLUSDT", "spot:BTCUSDT"})
    void equalsTheIndependentReplayOnBybit(String stream) throws IOException {
        Json expected =
                Json.parse(Recording.text(BYBIT + "expected_replay_DEV.json"))
                        .get(stream)
                        .get("orderbook");
        String connection = stream.startsWith("linear") ? "BYBIT.ws.2" : "BYBIT.ws.3";
        String topic = "orderbook.200." + stream.substring(stream.indexOf(':') + 1);
        OrderBook book = new OrderBook();
        long seq = 0;
        for (String line :
                Recording.lines(
                        BYBIT
                                + "split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz")) {
            if (line.isBlank() || !line.contains("orderbook.200")) {
                continue;
            }
            Json record = Json.parse(line);
            if (!record.get("t").text().equals("recv")
                    || !record.get("conn").text().equals(connection)) {
                continue;
            }
            Json message = Json.parse(record.get("data").text());
            if (!message.has("topic") || !message.get("topic").text().equals(topic)) {
                continue;
            }
            Json data = message.get("data");
            seq = data.get("seq").integer();
            BookUpdate.Kind kind =
                    message.get("type").text().equals("snapshot")
                            ? BookUpdate.Kind.SNAPSHOT
                            : BookUpdate.Kind.DELTA;
            BookUpdate update =
                    Events.book(
                            0,
                            kind,
                            200,
                            data.get("u").integer(),
                            data.get("b").levels(),
                            data.get("a").levels());
            assertThat(book.apply(update)).isEqualTo(BookChange.APPLIED);
            assertThat(book.defined()).isTrue();
        }
        assertThat(book.updateId()).isEqualTo(expected.get("final_u").integer());
        assertThat(seq).isEqualTo(expected.get("final_seq").integer());
        assertLevels(book, expected);
        assertThat(book.bidDepth(200))
                .isCloseTo(expected.get("sum_bid_qty").number(), within(1e-6));
        assertThat(book.askDepth(200))
                .isCloseTo(expected.get("sum_ask_qty").number(), within(1e-6));
    }

    private static Json binanceExpectation(String name) throws IOException {
        return Json.parse(Recording.text(BINANCE + "expected_replay_DEV.json")).items().stream()
                .filter(e -> e.get("files").items().get(0).text().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertLevels(BookView book, Json expected) {
        assertThat(book.bidLevels()).isEqualTo((int) expected.get("bid_levels").integer());
        assertThat(book.askLevels()).isEqualTo((int) expected.get("ask_levels").integer());
        for (int i = 0; i < 5; i++) {
            List<Json> bid = expected.get("top5_bids").items().get(i).items();
            List<Json> ask = expected.get("top5_asks").items().get(i).items();
            assertThat(book.bidPrice(i)).isEqualTo(bid.get(0).number());
            assertThat(book.bidSize(i)).isEqualTo(bid.get(1).number());
            assertThat(book.askPrice(i)).isEqualTo(ask.get(0).number());
            assertThat(book.askSize(i)).isEqualTo(ask.get(1).number());
        }
    }
}
