package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;
import static io.tidemark.schemas.wire.BadMessagesTest.BOOK_JSON;
import static io.tidemark.schemas.wire.BadMessagesTest.FUNDING_JSON;
import static io.tidemark.schemas.wire.BadMessagesTest.KLINE_JSON;
import static io.tidemark.schemas.wire.BadMessagesTest.NOW;
import static io.tidemark.schemas.wire.BadMessagesTest.TICKER_JSON;
import static io.tidemark.schemas.wire.BadMessagesTest.TRADE_JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeDecoderTest {
    private static final long MESSAGE_TIME = 1_765_112_006_668_331L;

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);

    private MarketEvent decode(EventType type, String json) throws RefusedException {
        return decoder.decode(type, json.getBytes(UTF_8), NOW);
    }

    private Trade trade(String json) throws RefusedException {
        return (Trade) decode(EventType.TRADE, json);
    }

    private BookUpdate book(String json) throws RefusedException {
        return (BookUpdate) decode(EventType.ORDERBOOK, json);
    }

    @Test
    void readsATrade() throws RefusedException {
        EventHeader header =
                new EventHeader(
                        "BTCUSDT",
                        1_765_112_006_668_000L,
                        MESSAGE_TIME,
                        1_765_112_006_700_000L,
                        NOW,
                        17,
                        "id-1",
                        "e1",
                        "t1");
        assertThat(trade(TRADE_JSON))
                .isEqualTo(
                        new Trade(
                                header, 50000.1, 0.001, Trade.Side.BUY, "PlusTick", false, false));
    }

    @Test
    void readsABook() throws RefusedException {
        EventHeader header =
                new EventHeader(
                        "BTCUSDT",
                        1_765_112_006_660_000L,
                        MESSAGE_TIME,
                        UNKNOWN_TIME,
                        NOW,
                        9,
                        "7:9:d50",
                        null,
                        null);
        double[] bids = {50000.1, 1.5, 50000.0, 0};
        double[] asks = {50000.2, 2};
        assertThat(book(BOOK_JSON))
                .isEqualTo(new BookUpdate(header, BookUpdate.Kind.DELTA, 50, 7, bids, asks));
    }

    @Test
    void readsACandle() throws RefusedException {
        EventHeader header =
                new EventHeader(
                        "BTCUSDT",
                        1_765_112_006_661_000L,
                        MESSAGE_TIME,
                        UNKNOWN_TIME,
                        NOW,
                        0,
                        "1:1765111980000:1765112006661:0",
                        null,
                        null);
        assertThat(decode(EventType.KLINE, KLINE_JSON))
                .isEqualTo(
                        new Kline(
                                header,
                                "1",
                                1_765_111_980_000_000L,
                                1_765_112_039_999_000L,
                                100,
                                102,
                                99,
                                101,
                                5,
                                500,
                                false));
    }

    @Test
    void readsATicker() throws RefusedException {
        Ticker ticker = (Ticker) decode(EventType.TICKER, TICKER_JSON);
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        values[TickerField.LAST_PRICE.ordinal()] = 50000.1;
        values[TickerField.FUNDING_RATE.ordinal()] = -0.0001;
        assertThat(ticker.values()).isEqualTo(values);
        assertThat(ticker.snapshot()).isTrue();
        assertThat(ticker.eventTimeMicros()).isEqualTo(MESSAGE_TIME);
        assertThat(ticker.nextFundingTimeMicros()).isEqualTo(1_765_123_200_000_000L);
        assertThat(ticker.header().sequence()).isZero();
        // Stands in archives and checkpoints: a change here loses de-duplication across releases.
        assertThat(ticker.header().id()).isEqualTo("af98b23f1e3ef14a");
    }

    @Test
    void readsFunding() throws RefusedException {
        Funding funding = (Funding) decode(EventType.FUNDING, FUNDING_JSON);
        assertThat(funding.fundingRate()).isEqualTo(-0.0001);
        assertThat(funding.fundingTimeMicros()).isEqualTo(1_765_094_400_000_000L);
        assertThat(funding.nextFundingTimeMicros()).isEqualTo(1_765_123_200_000_000L);
        assertThat(funding.eventTimeMicros()).isEqualTo(MESSAGE_TIME);
        assertThat(funding.header().id()).isEqualTo("e5ba00fbfa558158");
    }

    @Test
    void fieldsMayComeInAnyOrder() throws RefusedException {
        String payload =
                KLINE_JSON.substring(KLINE_JSON.indexOf("{\"start"), KLINE_JSON.length() - 1);
        String rest = KLINE_JSON.substring(1, KLINE_JSON.indexOf(",\"payload\""));
        String turned = "{\"payload\":" + payload + "," + rest + "}";
        assertThat(decode(EventType.KLINE, turned)).isEqualTo(decode(EventType.KLINE, KLINE_JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"payload\":{\"x\":{\"s\":[1,{\"p\":[]}],\"p\":\"0\"},",
                "\"x\":[[[{\"payload\":{}}]]],\"payload\":{",
                "\"x\":null,\"y\":1.5e300,\"z\":true,\"payload\":{",
                "\"\":\"\",\"payload\":{\"\":{},",
                "\"x\":\"\\ud800\",\"payload\":{",
            })
    void unknownFieldsChangeNothing(String beginning) throws RefusedException {
        String json = TRADE_JSON.replace("\"payload\":{", beginning);
        assertThat(trade(json)).isEqualTo(trade(TRADE_JSON));
    }

    @Test
    void aByteOrderMarkAndBlanksAreNoPartOfTheMessage() throws RefusedException {
        assertThat(trade("\ufeff \r\n" + TRADE_JSON + " \t\n")).isEqualTo(trade(TRADE_JSON));
    }

    @Test
    void numbersMayBeJsonNumbersOrStrings() throws RefusedException {
        String json =
                TRADE_JSON
                        .replace("\"50000.1\"", "5.00001e4")
                        .replace("\"0.001\"", "0.001")
                        .replace("1765112006668,", "\"1765112006668\",")
                        .replace("17}", "\"17\"}");
        assertThat(trade(json)).isEqualTo(trade(TRADE_JSON));
    }

    @Test
    void fortyDigitsRoundOnce() throws RefusedException {
        String digits = "50000.10000000000000000000000000000000000001";
        assertThat(trade(TRADE_JSON.replace("50000.1", digits)).price())
                .isEqualTo(Double.parseDouble(digits));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"i\":\"2290000001189048101\"', 2290000001189048101, 2290000001189048101",
        "'\"i\":2290000001189048101', 2290000001189048101, 2290000001189048101",
        "'\"i\":\"9223372036854775808\"', 9223372036854775808, 0",
        "'\"i\":\"12-34\"', 12-34, 0",
        "'\"i\":\"12\",\"seq\":0', 12, 0",
        "'\"i\":\"12\",\"seq\":null', 12, 12",
    })
    void aTradesSequenceIsItsOwnElseItsNumericId(String fields, String id, long sequence)
            throws RefusedException {
        String json = TRADE_JSON.replace(",\"seq\":17", "").replace("\"i\":\"id-1\"", fields);
        assertThat(trade(json).header().id()).isEqualTo(id);
        assertThat(trade(json).header().sequence()).isEqualTo(sequence);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"s\":\"ETHUSDT\",\"symbol\":\"SOLUSDT\"', ETHUSDT",
        "'\"symbol\":\"SOLUSDT\",\"s\":\"ETHUSDT\"', ETHUSDT",
        "'\"symbol\":\"SOLUSDT\"', SOLUSDT",
        "'\"s\":\"\"', BTCUSDT",
        "'\"s\":null,\"symbol\":null', BTCUSDT",
    })
    void theSymbolIsThePayloadsElseTheTopics(String fields, String symbol) throws RefusedException {
        assertThat(trade(TRADE_JSON.replace("\"s\":\"BTCUSDT\"", fields)).symbol())
                .isEqualTo(symbol);
    }

    @ParameterizedTest
    @CsvSource({
        "orderbook.1.BTCUSDT, 1",
        "orderbook.1000.BTCUSDT, 1000",
        "orderbook.BTCUSDT, 0",
        "BTCUSDT, 0",
        "orderbook..BTCUSDT, 0",
        "orderbook.50.x.BTCUSDT, 0",
        "orderbook.-5.BTCUSDT, 0",
        "orderbook.99999999999.BTCUSDT, 0",
        "'', 0",
    })
    void aBooksDepthIsItsTopics(String topic, int depth) throws RefusedException {
        assertThat(book(BOOK_JSON.replace("orderbook.50.BTCUSDT", topic)).depth()).isEqualTo(depth);
    }

    @Test
    void aSnapshotMayHaveAnEmptySideAndACrossedBookIsNotTheDecodersToJudge()
            throws RefusedException {
        String snapshot = BOOK_JSON.replace("delta", "snapshot");
        String empty = snapshot.replace("[[\"50000.2\",\"2\"]]", "[]");
        assertThat(book(empty).asks()).isEmpty();
        assertThat(book(empty).kind()).isEqualTo(BookUpdate.Kind.SNAPSHOT);
        assertThat(book(snapshot.replace("50000.2", "49000")).asks()).containsExactly(49000, 2);
    }

    @Test
    void aBookOfTheMostLevelsIsRead() throws RefusedException {
        String levels = "[[1,1]" + ",[1,1]".repeat(19_999) + "]";
        String json = BOOK_JSON.replace("[[\"50000.2\",\"2\"]]", levels);
        assertThat(book(json).asks()).hasSize(40_000);
        assertThat(book(BOOK_JSON).asks()).hasSize(2);
    }

    @Test
    void moreThanPriceAndSizeInALevelIsSteppedOver() throws RefusedException {
        String json = BOOK_JSON.replace("\"50000.2\",\"2\"", "\"50000.2\",\"2\",0,{\"x\":[1]}");
        assertThat(book(json)).isEqualTo(book(BOOK_JSON));
    }

    @ParameterizedTest
    @CsvSource({
        "-855196043, -855196043",
        "'\"-855196043\"', -855196043",
        "0, 0",
        "2147483647, 2147483647",
        "-2147483648, -2147483648",
        "null, -9223372036854775808",
        "'\"\"', -9223372036854775808"
    })
    void aBookMayCarryAChecksum(String json, long checksum) throws RefusedException {
        BookUpdate with = book(BOOK_JSON.replace("\"u\":", "\"checksum\":" + json + ",\"u\":"));
        assertThat(with.checksum()).isEqualTo(checksum);
        assertThat(with.header()).isEqualTo(book(BOOK_JSON).header());
        assertThat(book(BOOK_JSON).hasChecksum()).isFalse();
    }

    @Test
    void aMessageWithoutOwnTimeHappenedWhenItWasSent() throws RefusedException {
        assertThat(book(BOOK_JSON.replace("\"cts\"", "\"x\"")).eventTimeMicros())
                .isEqualTo(MESSAGE_TIME);
        MarketEvent kline =
                decode(EventType.KLINE, KLINE_JSON.replace("false,\"timestamp\"", "false,\"x\""));
        assertThat(kline.eventTimeMicros()).isEqualTo(MESSAGE_TIME);
        assertThat(kline.header().id()).isEqualTo("1:1765111980000:1765112006668331u:0");
    }

    @Test
    void theFutureBeginsBehindTheTolerance() throws RefusedException {
        byte[] body = TRADE_JSON.getBytes(UTF_8);
        long latest = MESSAGE_TIME;
        assertThat(decoder.decode(EventType.TRADE, body, latest - 10_000_000)).isNotNull();
        assertThatThrownBy(() -> decoder.decode(EventType.TRADE, body, latest - 10_000_001))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("TIMESTAMP_FUTURE");
    }

    @Test
    void identityIsOfTheContentNotOfTheMessage() throws RefusedException {
        for (String json : new String[] {BOOK_JSON, KLINE_JSON, TICKER_JSON, FUNDING_JSON}) {
            EventType type =
                    EventType.ofWireName(json.substring(15, json.indexOf('"', 15))).orElseThrow();
            String again =
                    json.replaceFirst(
                            "\\{",
                            "{\"event_id\":\"x\",\"trace_id\":\"y\",\"received_at\":\"2025-12-07T13:00:00\",");
            assertThat(decode(type, again).header().id())
                    .isEqualTo(decode(type, json).header().id());
        }
    }

    @Test
    void tickersThatSayDifferentThingsHaveDifferentIdentities() throws RefusedException {
        String id = decode(EventType.TICKER, TICKER_JSON).header().id();
        String[][] changes = {
            {"50000.1", "50000.2"},
            {"lastPrice", "markPrice"},
            {"snapshot", "delta"},
            {"1765123200000", "1765123200001"},
            {"26.668331", "26.668332"},
            {"\"preQty\":\"\"", "\"preQty\":\"0\""},
            {"\"preQty\":\"\"", "\"cs\":5"},
            {"\"preQty\":\"\"", "\"tickDirection\":\"PlusTick\""},
            {"\"preQty\":\"\"", "\"curPreListingPhase\":\"PlusTick\""},
        };
        for (String[] change : changes) {
            String json = TICKER_JSON.replace(change[0], change[1]);
            assertThat(decode(EventType.TICKER, json).header().id())
                    .as(change[1])
                    .isNotEqualTo(id)
                    .hasSize(16);
        }
    }

    @Test
    void anInstrumentWithoutFundingHasNoFundingTime() throws RefusedException {
        Ticker ticker =
                (Ticker) decode(EventType.TICKER, TICKER_JSON.replace("1765123200000", "0"));
        assertThat(ticker.nextFundingTimeMicros()).isEqualTo(UNKNOWN_TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u001bb", "a\\nb"})
    void aTraceIdThatCouldSpoilALogIsDropped(String traceId) throws RefusedException {
        assertThat(trade(TRADE_JSON.replace("\"t1\"", '"' + traceId + '"')).header().traceId())
                .isNull();
    }

    @Test
    void aTraceIdOverTheLimitIsDropped() throws RefusedException {
        String longest = "t".repeat(128);
        assertThat(trade(TRADE_JSON.replace("t1", longest)).header().traceId()).isEqualTo(longest);
        assertThat(trade(TRADE_JSON.replace("t1", longest + "t")).header().traceId()).isNull();
    }

    @Test
    void limitsNothingCouldPassAreRefused() {
        assertThatThrownBy(() -> new DecodeLimits(0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DecodeLimits(1, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
