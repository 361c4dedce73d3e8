package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventType.KLINE;
import static io.tidemark.schemas.event.EventType.ORDERBOOK;
import static io.tidemark.schemas.event.EventType.TICKER;
import static io.tidemark.schemas.event.EventType.TRADE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.RejectReason;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue of bad messages, row by row: each gives its reason and nothing else. */
class BadMessagesTest {
    static final long NOW = 1_765_112_007_000_000L;

    static final String TRADE_JSON =
            """
            {"event_id":"e1","event_type":"trade","topic":"publicTrade.BTCUSDT",\
            "timestamp":"2025-12-07T12:53:26.668331","received_at":"2025-12-07T12:53:26.7",\
            "payload":{"T":1765112006668,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"50000.1",\
            "L":"PlusTick","i":"id-1","BT":false,"seq":17},"trace_id":"t1"}""";

    static final String BOOK_JSON =
            """
            {"event_type":"orderbook","topic":"orderbook.50.BTCUSDT",\
            "timestamp":"2025-12-07T12:53:26.668331","payload":{"s":"BTCUSDT",\
            "b":[["50000.1","1.5"],["50000.0","0"]],"a":[["50000.2","2"]],"u":7,"seq":9,\
            "type":"delta","cts":1765112006660}}""";

    static final String KLINE_JSON =
            """
            {"event_type":"kline","topic":"kline.1.BTCUSDT",\
            "timestamp":"2025-12-07T12:53:26.668331","payload":{"start":1765111980000,\
            "end":1765112039999,"interval":"1","open":"100","close":"101","high":"102",\
            "low":"99","volume":"5","turnover":"500","confirm":false,\
            "timestamp":1765112006661}}""";

    static final String TICKER_JSON =
            """
            {"event_type":"ticker","topic":"tickers.BTCUSDT",\
            "timestamp":"2025-12-07T12:53:26.668331","payload":{"symbol":"BTCUSDT",\
            "lastPrice":"50000.1","fundingRate":"-0.0001","preQty":"",\
            "nextFundingTime":"1765123200000","type":"snapshot"}}""";

    static final String FUNDING_JSON =
            """
            {"event_type":"funding","topic":"funding.BTCUSDT",\
            "timestamp":"2025-12-07T12:53:26.668331","payload":{"symbol":"BTCUSDT",\
            "fundingRate":"-0.0001","fundingRateTimestamp":1765094400000,\
            "nextFundingTime":"1765123200000"}}""";

    static String good(EventType type) {
        return switch (type) {
            case TRADE -> TRADE_JSON;
            case ORDERBOOK -> BOOK_JSON;
            case KLINE -> KLINE_JSON;
            case TICKER -> TICKER_JSON;
            case FUNDING -> FUNDING_JSON;
        };
    }

    private static Arguments bytes(String row, EventType type, byte[] body, RejectReason reason) {
        return arguments(row, type, body, reason);
    }

    private static Arguments text(String row, String json, String reason) {
        return arguments(row, TRADE, json.getBytes(UTF_8), RejectReason.valueOf(reason));
    }

    /** The good message of the kind with one part replaced. */
    private static Arguments with(
            String row, EventType type, String part, String by, String reason) {
        String json = good(type);
        assertThat(json).contains(part);
        return arguments(
                row, type, json.replace(part, by).getBytes(UTF_8), RejectReason.valueOf(reason));
    }

    private static String checksum(String json) {
        return "\"checksum\":" + json + ",\"u\":7";
    }

    private static Arguments trade(String row, String part, String by, String reason) {
        return with(row, TRADE, part, by, reason);
    }

    static Stream<Arguments> wholeBodies() {
        String nested = "[".repeat(100_000);
        byte[] latin = TRADE_JSON.replace("id-1", "id-\u00ff").getBytes(ISO_8859_1);
        byte[] overlong = TRADE_JSON.replace("id-1", "id-\u00c0\u0080").getBytes(ISO_8859_1);
        byte[] surrogate = TRADE_JSON.replace("t1", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1);
        byte[] serialised = {(byte) 0xAC, (byte) 0xED, 0, 5, 0x73, 0x72};
        return Stream.of(
                text("A1 no bytes", "", "EMPTY_BODY"),
                text("A1 blanks", " \r\n\t", "EMPTY_BODY"),
                text("A2 null", "null", "NOT_AN_OBJECT"),
                text("A2 empty string", "\"\"", "NOT_AN_OBJECT"),
                text("A2 empty list", "[]", "NOT_AN_OBJECT"),
                text("A2 true", "true", "NOT_AN_OBJECT"),
                text("A2 42", "42", "NOT_AN_OBJECT"),
                text("A3 cut in a string", "{\"symbol\":\"BTC", "MALFORMED"),
                text("A3 cut after a name", "{\"payload\"", "MALFORMED"),
                text("A3 cut in the payload", "{\"payload\":{\"s\":\"BTCUSDT\"", "MALFORMED"),
                text("A4 garbage behind", TRADE_JSON + "xyz", "TRAILING_DATA"),
                text("A4 two objects", TRADE_JSON + TRADE_JSON, "TRAILING_DATA"),
                text("A4 a NUL behind", TRADE_JSON + "\u0000", "TRAILING_DATA"),
                text("A5 a key twice", "{\"price\":1,\"price\":2}", "DUPLICATE_KEY"),
                bytes("A6 UTF-16LE", TRADE, encoded("UTF-16LE"), RejectReason.BAD_ENCODING),
                bytes("A6 UTF-16BE", TRADE, encoded("UTF-16BE"), RejectReason.BAD_ENCODING),
                bytes("A6 UTF-16 mark", TRADE, encoded("UTF-16"), RejectReason.BAD_ENCODING),
                bytes("A6 UTF-32", TRADE, encoded("UTF-32"), RejectReason.BAD_ENCODING),
                bytes("A6 UTF-32LE", TRADE, encoded("UTF-32LE"), RejectReason.BAD_ENCODING),
                bytes("A7 a byte ff", TRADE, latin, RejectReason.BAD_ENCODING),
                bytes("A7 overlong", TRADE, overlong, RejectReason.BAD_ENCODING),
                bytes("A7 a surrogate's bytes", TRADE, surrogate, RejectReason.BAD_ENCODING),
                text("A8 100,000 lists", nested, "TOO_DEEP"),
                text("A8 in an unknown field", "{\"x\":" + nested, "TOO_DEEP"),
                text("A8 objects", "{\"x\":".repeat(20_000), "TOO_DEEP"),
                text("A8 closed again", "{\"x\":" + nested + "]".repeat(100_000) + "}", "TOO_DEEP"),
                text("A10 the token NaN", "NaN", "MALFORMED"),
                text("A10 Infinity in an unknown field", "{\"x\":-Infinity}", "MALFORMED"),
                text("a comment", "{/* x */}", "MALFORMED"),
                text("single quotes", "{'x':1}", "MALFORMED"),
                text("a comma too many", "{\"x\":1,}", "MALFORMED"),
                text("a raw control character", "{\"x\":\"a\u0001\"}", "MALFORMED"),
                bytes("A30 1 MiB + 1", TRADE, new byte[(1 << 20) + 1], RejectReason.TOO_LARGE),
                text("A30 a name of 100 kB", "{\"" + "n".repeat(100_000) + "\":1}", "TOO_LARGE"),
                text("A37 10,000 fields", "{" + fields(10_000) + "\"x\":1}", "TOO_MANY_FIELDS"),
                text("A37 deeper", "{\"x\":{" + fields(10_000) + "\"x\":1}}", "TOO_MANY_FIELDS"),
                bytes("A39 a serialised object", TRADE, serialised, RejectReason.MALFORMED),
                text("no payload", "{}", "MISSING_FIELD"),
                text("a payload of null", "{\"payload\":null}", "MISSING_FIELD"),
                text("a payload in a list", "{\"payload\":[{}]}", "WRONG_TYPE"));
    }

    private static byte[] encoded(String charset) {
        return TRADE_JSON.getBytes(Charset.forName(charset));
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"f" + i + "\":" + i + ",")
                .collect(Collectors.joining());
    }

    static Stream<Arguments> tradeFields() {
        String million = "1" + "0".repeat(1_000_000);
        List<Arguments> rows = new ArrayList<>();
        for (String price : new String[] {"0", "-1", "-0.0", "-0", "1e308", "1e-308", "1e-400"}) {
            rows.add(trade("A12 price " + price, "\"50000.1\"", price, "OUT_OF_RANGE"));
            rows.add(trade("A12 price '" + price, "50000.1", price, "OUT_OF_RANGE"));
            rows.add(trade("A13 size " + price, "\"0.001\"", price, "OUT_OF_RANGE"));
        }
        for (String time : new String[] {"null", "\"\"", "\"soon\"", "1.5", "1e12", "true", "{}"}) {
            rows.add(trade("A19 T " + time, "1765112006668", time, "BAD_TIMESTAMP"));
        }
        String nanos = "1765112006668000000";
        String min = "-9223372036854775808";
        for (String time :
                new String[] {
                    "0",
                    "-1",
                    "1765112006",
                    "1765112006668000",
                    nanos,
                    "9223372036854775807",
                    min,
                    "9223372036854775808",
                    "1420070399999"
                }) {
            rows.add(trade("A20/A22 T " + time, "1765112006668", time, "TIMESTAMP_RANGE"));
        }
        String[] symbols = {
            "btcusdt",
            " BTCUSDT",
            "BTCUSDT ",
            "BTC/USDT",
            "BTCUSDT\\u0000",
            "\u0412\u0422\u0421",
            "\\u202eBTC",
            "A",
            "-BTC",
            "../../etc",
            "X".repeat(41),
            "X".repeat(10_000),
            "\\ud83d\\ude00".repeat(100)
        };
        for (String symbol : symbols) {
            String name = symbol.length() > 20 ? symbol.length() + " long" : symbol;
            rows.add(trade("A16 " + name, "\"s\":\"BTCUSDT", "\"s\":\"" + symbol, "BAD_SYMBOL"));
        }
        String both = "\"publicTrade.BTCUSDT\"";
        rows.addAll(
                List.of(
                        trade("A5 in the payload", "\"seq\"", "\"p\"", "DUPLICATE_KEY"),
                        trade("A5 escaped", "\"seq\"", "\"\\u0070\"", "DUPLICATE_KEY"),
                        trade(
                                "A5 two payloads",
                                "\"event_id\":\"e1\"",
                                "\"payload\":{}",
                                "DUPLICATE_KEY"),
                        trade("A7 symbol", "\"BTCUSDT\"", "\"\\ud800\"", "BAD_ENCODING"),
                        trade("A7 id", "id-1", "\\ud800", "BAD_ENCODING"),
                        trade("A7 id, swapped pair", "id-1", "\\ude00\\ud83d", "BAD_ENCODING"),
                        trade("A9 1 MB number", "\"50000.1\"", million, "NUMBER_TOO_LONG"),
                        trade("A9 1 MB time", "1765112006668", million, "NUMBER_TOO_LONG"),
                        trade(
                                "A9 1 MB, skipped",
                                "\"BT\":false",
                                "\"x\":" + million,
                                "NUMBER_TOO_LONG"),
                        trade("A9 1 MB string", "50000.1", million, "NUMBER_TOO_LONG"),
                        trade("A9 1e400", "\"50000.1\"", "1e400", "NOT_FINITE"),
                        trade("A9 string 1e400", "50000.1", "1e400", "NOT_FINITE"),
                        trade("A10 token NaN", "\"50000.1\"", "NaN", "MALFORMED"),
                        trade("A10 string NaN", "50000.1", "NaN", "NOT_FINITE"),
                        trade("A10 string -Infinity", "50000.1", "-Infinity", "NOT_FINITE"),
                        trade("A11 price hex", "50000.1", "0x10", "WRONG_TYPE"),
                        trade("A11 price with underscore", "50000.1", "50_000", "WRONG_TYPE"),
                        trade("A11 price with comma", "50000.1", "50,000.1", "WRONG_TYPE"),
                        trade("A11 price with blank", "50000.1", " 50000.1", "WRONG_TYPE"),
                        trade("A11 price true", "\"50000.1\"", "true", "WRONG_TYPE"),
                        trade("A11 price a list", "\"50000.1\"", "[1]", "WRONG_TYPE"),
                        trade("A11 price empty", "50000.1", "", "MISSING_FIELD"),
                        trade("A11 price null", "\"50000.1\"", "null", "MISSING_FIELD"),
                        trade("A11 no price", "\"p\"", "\"x\"", "MISSING_FIELD"),
                        trade("A13 no size", "\"v\"", "\"x\"", "MISSING_FIELD"),
                        trade("A15 symbol a number", "\"BTCUSDT\"", "7", "WRONG_TYPE"),
                        trade("A19 no T", "\"T\"", "\"x\"", "BAD_TIMESTAMP"),
                        trade("A19 no timestamp", "\"timestamp\"", "\"x\"", "BAD_TIMESTAMP"),
                        trade(
                                "A19 timestamp",
                                "2025-12-07T12:53:26.668331",
                                "now",
                                "BAD_TIMESTAMP"),
                        trade("A19 received", "2025-12-07T12:53:26.7", "x", "BAD_TIMESTAMP"),
                        trade(
                                "A20 old message",
                                "2025-12-07T12:53:26.66",
                                "2014-12-07T12:53:26.66",
                                "TIMESTAMP_RANGE"),
                        trade(
                                "A21 an hour ahead",
                                "1765112006668",
                                "1765115607000",
                                "TIMESTAMP_FUTURE"),
                        trade(
                                "A21 ten years ahead",
                                "1765112006668",
                                "2080644806668",
                                "TIMESTAMP_FUTURE"),
                        trade(
                                "A21 message ahead",
                                "2025-12-07T12:53:26.66",
                                "2025-12-07T13:53:26.66",
                                "TIMESTAMP_FUTURE"),
                        trade("A25 no id", "\"i\"", "\"x\"", "MISSING_FIELD"),
                        trade("A25 empty id", "id-1", "", "MISSING_FIELD"),
                        trade("A26 id of 65", "id-1", "i".repeat(65), "OUT_OF_RANGE"),
                        trade("A26 id with newline", "id-1", "id\\n1", "OUT_OF_RANGE"),
                        trade("A26 id not ASCII", "id-1", "\u00e9", "OUT_OF_RANGE"),
                        trade("A26 id an object", "\"id-1\"", "{}", "WRONG_TYPE"),
                        trade("A36 side HOLD", "\"Buy\"", "\"HOLD\"", "BAD_ENUM"),
                        trade("A36 side buy", "\"Buy\"", "\"buy\"", "BAD_ENUM"),
                        trade("A36 no side", "\"S\"", "\"x\"", "MISSING_FIELD"),
                        trade("A42 sequence below zero", "17}", "-17}", "OUT_OF_RANGE"),
                        trade(
                                "A42 sequence too large",
                                "17}",
                                "9223372036854775808}",
                                "OUT_OF_RANGE"),
                        trade("A42 sequence a fraction", "17}", "1.5}", "WRONG_TYPE"),
                        trade("flag a string", "\"BT\":false", "\"BT\":\"false\"", "WRONG_TYPE"),
                        trade("tick of 33", "PlusTick", "p".repeat(33), "OUT_OF_RANGE"),
                        trade("topic a number", both, "7", "WRONG_TYPE"),
                        trade("another kind", "\"trade\"", "\"order\"", "WRONG_QUEUE"),
                        trade("kind a number", "\"trade\"", "1", "WRONG_TYPE")));
        return rows.stream();
    }

    static Stream<Arguments> otherFields() {
        String levels = "[[1,1]" + ",[1,1]".repeat(20_000) + "]";
        return Stream.of(
                with("A36 book type", ORDERBOOK, "\"delta\"", "\"full\"", "BAD_ENUM"),
                with("A36 no book type", ORDERBOOK, "\"type\"", "\"x\"", "BAD_ENUM"),
                with("no u", ORDERBOOK, "\"u\"", "\"x\"", "MISSING_FIELD"),
                with("no bids", ORDERBOOK, "\"b\"", "\"x\"", "MISSING_FIELD"),
                with("asks null", ORDERBOOK, "[[\"50000.2\",\"2\"]]", "null", "MISSING_FIELD"),
                with("asks a string", ORDERBOOK, "[[\"50000.2\",\"2\"]]", "\"\"", "WRONG_TYPE"),
                with("a level a number", ORDERBOOK, "[\"50000.2\",\"2\"]", "5", "WRONG_TYPE"),
                with("a level of one", ORDERBOOK, "[\"50000.2\",\"2\"]", "[1]", "WRONG_TYPE"),
                with("a level of none", ORDERBOOK, "[\"50000.2\",\"2\"]", "[]", "WRONG_TYPE"),
                with("a level null", ORDERBOOK, "\"50000.2\"", "null", "MISSING_FIELD"),
                with("A12 book price 0", ORDERBOOK, "50000.2", "0", "OUT_OF_RANGE"),
                with("A13 book size -0", ORDERBOOK, "\"1.5\"", "\"-0\"", "OUT_OF_RANGE"),
                with("A13 book size 1e-400", ORDERBOOK, "\"1.5\"", "1e-400", "OUT_OF_RANGE"),
                with("A37 levels", ORDERBOOK, "[[\"50000.2\",\"2\"]]", levels, "TOO_MANY_FIELDS"),
                with("checksum a fraction", ORDERBOOK, "\"u\":7", checksum("1.5"), "WRONG_TYPE"),
                with("checksum a minus", ORDERBOOK, "\"u\":7", checksum("\"-\""), "WRONG_TYPE"),
                with("checksum a word", ORDERBOOK, "\"u\":7", checksum("\"x\""), "WRONG_TYPE"),
                with("checksum a flag", ORDERBOOK, "\"u\":7", checksum("true"), "WRONG_TYPE"),
                with("checksum 2^31", ORDERBOOK, "\"u\":7", checksum("2147483648"), "OUT_OF_RANGE"),
                with(
                        "checksum of 60 digits",
                        ORDERBOOK,
                        "\"u\":7",
                        checksum("-" + "9".repeat(60)),
                        "OUT_OF_RANGE"),
                with(
                        "checksum of 65 digits",
                        ORDERBOOK,
                        "\"u\":7",
                        checksum("\"" + "0".repeat(65) + "\""),
                        "NUMBER_TOO_LONG"),
                with(
                        "A21 cts ahead",
                        ORDERBOOK,
                        "1765112006660",
                        "1765199999999",
                        "TIMESTAMP_FUTURE"),
                with("A41 high below low", KLINE, "\"102\"", "\"98\"", "INCONSISTENT"),
                with("A41 close above high", KLINE, "\"101\"", "\"103\"", "INCONSISTENT"),
                with("A41 open below low", KLINE, "\"100\"", "\"98.9\"", "INCONSISTENT"),
                with(
                        "A41 end before start",
                        KLINE,
                        "1765112039999",
                        "1765111979999",
                        "INCONSISTENT"),
                with("A12 open 0", KLINE, "\"100\"", "\"0\"", "OUT_OF_RANGE"),
                with("A13 volume -1", KLINE, "\"5\"", "\"-1\"", "OUT_OF_RANGE"),
                with("A13 no volume", KLINE, "\"volume\"", "\"x\"", "MISSING_FIELD"),
                with("confirm null", KLINE, "false", "null", "MISSING_FIELD"),
                with("confirm 0", KLINE, "false", "0", "WRONG_TYPE"),
                with("no interval", KLINE, "\"interval\"", "\"x\"", "MISSING_FIELD"),
                with("A19 no start", KLINE, "\"start\"", "\"x\"", "BAD_TIMESTAMP"),
                with(
                        "A20 start in seconds",
                        KLINE,
                        "1765111980000",
                        "1765111980",
                        "TIMESTAMP_RANGE"),
                with("A15 no symbol at all", KLINE, "\"topic\"", "\"x\"", "MISSING_FIELD"),
                with("A15 empty topic", KLINE, "kline.1.BTCUSDT", "", "MISSING_FIELD"),
                with(
                        "A15 topic ends in a dot",
                        KLINE,
                        "kline.1.BTCUSDT",
                        "kline.1.",
                        "MISSING_FIELD"),
                with(
                        "A16 topic's symbol",
                        KLINE,
                        "kline.1.BTCUSDT",
                        "kline.1.btcusdt",
                        "BAD_SYMBOL"),
                with("A12 last price 0", TICKER, "50000.1", "0", "OUT_OF_RANGE"),
                with("A36 ticker type", TICKER, "\"snapshot\"", "\"full\"", "BAD_ENUM"),
                with("A20 next funding", TICKER, "1765123200000", "1765123200", "TIMESTAMP_RANGE"),
                with("rate NaN", TICKER, "-0.0001", "NaN", "NOT_FINITE"),
                with("no rate", EventType.FUNDING, "\"fundingRate\"", "\"x\"", "MISSING_FIELD"),
                with("rate word", EventType.FUNDING, "-0.0001", "low", "WRONG_TYPE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"wholeBodies", "tradeFields", "otherFields"})
    void isRefusedWithItsReason(String row, EventType type, byte[] body, RejectReason reason) {
        RefusedException refused = refusal(type, body);
        assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
        assertThat(refused.detail()).hasSizeBetween(5, RefusedException.MAX_DETAIL);
        assertThat(refused.detail()).doesNotContain("unexpected java");
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void aRefusalDoesNotSpoilTheNextMessage() throws RefusedException {
        EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        byte[] good = TRADE_JSON.getBytes(UTF_8);
        Object wanted = decoder.decode(TRADE, good, NOW);
        List<Arguments> rows =
                Stream.of(wholeBodies(), tradeFields(), otherFields()).flatMap(s -> s).toList();
        for (Arguments row : rows) {
            Object[] parts = row.get();
            try {
                decoder.decode((EventType) parts[1], (byte[]) parts[2], NOW);
            } catch (RefusedException e) {
                assertThat(e.reason()).isEqualTo(parts[3]);
            }
            assertThat(decoder.decode(TRADE, good, NOW)).as("after " + parts[0]).isEqualTo(wanted);
        }
    }

    @Test
    void aHostileTextIsEscapedInTheDetail() {
        String hostile = "\\r\\n2026 ERROR admin logged in\\u001b[2J${jndi:x}";
        String json = TRADE_JSON.replace("\"Buy\"", '"' + hostile + '"');
        String detail = refusal(TRADE, json.getBytes(UTF_8)).detail();
        assertThat(detail)
                .contains("payload.S: wanted Buy or Sell")
                .contains("\\u000d\\u000a2026 ERROR admin logged in\\u001b[2J")
                .matches("\\P{Cntrl}*");
    }

    @Test
    void theDetailNamesTheFieldWhatWasWantedAndWhatCame() {
        byte[] body = TRADE_JSON.replace("50000.1", "-3").getBytes(UTF_8);
        assertThat(refusal(TRADE, body).detail())
                .isEqualTo("payload.p: wanted a positive number, got \"-3\"");
        byte[] level = BOOK_JSON.replace("\"50000.0\"", "[]").getBytes(UTF_8);
        assertThat(refusal(ORDERBOOK, level).detail())
                .isEqualTo("payload.b[1]: wanted a positive number, got a list");
        byte[] missing = TRADE_JSON.replace("\"p\"", "\"x\"").getBytes(UTF_8);
        assertThat(refusal(TRADE, missing).detail()).isEqualTo("payload.p: is missing");
    }

    @Test
    void everyReasonTheDecoderHasIsInTheCatalogue() {
        assertThat(
                        Stream.of(wholeBodies(), tradeFields(), otherFields())
                                .flatMap(s -> s)
                                .map(row -> (RejectReason) row.get()[3]))
                .containsAll(Arrays.asList(RejectReason.values()));
    }

    private static RefusedException refusal(EventType type, byte[] body) {
        try {
            Object event = new EnvelopeDecoder(DecodeLimits.DEFAULT).decode(type, body, NOW);
            throw new AssertionError("was accepted: " + event);
        } catch (RefusedException e) {
            return e;
        }
    }
}
