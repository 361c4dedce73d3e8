package io.tidemark.local.drill;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.event.RejectReason;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Bodies that are refused, each for a reason that is known. They hold a number, so that no two are
 * of the same bytes: a message without any identity is known by them when it is delivered again.
 * For the queue of trades.
 */
final class PoisonMessages {
    private static final String TRADE =
            "{\"event_id\":\"e-%1$d\",\"event_type\":\"trade\",\"topic\":\"publicTrade.BTCUSDT\","
                    + "\"timestamp\":\"2026-01-01T00:00:00.000\",\"payload\":{\"T\":1790000000000,"
                    + "\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":\"0.5\",\"p\":\"1\",\"i\":\"%1$d\"},"
                    + "\"trace_id\":\"t\"}";

    /** Small ones. */
    static final List<Poison> SMALL =
            List.of(
                    text(RejectReason.MALFORMED, "{\"event_type\":\"trade\",\"number\":%d,\"pay"),
                    text(RejectReason.MALFORMED, "no JSON at all %d"),
                    text(RejectReason.MALFORMED, "\u00ac\u00ed serialized %d"),
                    trade(RejectReason.MALFORMED, s -> s.replace("\"p\":\"1\"", "\"p\":NaN")),
                    text(RejectReason.NOT_AN_OBJECT, "[1,2,%d]"),
                    text(RejectReason.NOT_AN_OBJECT, "%d"),
                    trade(RejectReason.TRAILING_DATA, s -> s + s),
                    trade(RejectReason.MISSING_FIELD, s -> s.replace("\"p\":\"1\",", "")),
                    trade(RejectReason.WRONG_TYPE, s -> s.replace("\"p\":\"1\"", "\"p\":{}")),
                    trade(RejectReason.OUT_OF_RANGE, s -> s.replace("\"p\":\"1\"", "\"p\":\"-1\"")),
                    trade(RejectReason.OUT_OF_RANGE, s -> s.replace("\"p\":\"1\"", "\"p\":\"0\"")),
                    trade(
                            RejectReason.OUT_OF_RANGE,
                            s -> s.replace("\"p\":\"1\"", "\"p\":\"1e300\"")),
                    trade(RejectReason.BAD_ENUM, s -> s.replace("\"Buy\"", "\"HOLD\"")),
                    trade(RejectReason.BAD_SYMBOL, s -> s.replace("BTCUSDT", "../ETC")),
                    trade(
                            RejectReason.TIMESTAMP_FUTURE,
                            s -> s.replace("1790000000000", "4102444700000")),
                    trade(RejectReason.TIMESTAMP_RANGE, s -> s.replace("1790000000000", "1")),
                    trade(
                            RejectReason.DUPLICATE_KEY,
                            s -> s.replace("\"p\":\"1\"", "\"p\":\"1\",\"p\":\"2\"")),
                    trade(RejectReason.WRONG_QUEUE, s -> s.replace("\"trade\"", "\"ticker\"")));

    /** Those that are large, or have no number to tell them apart. */
    private static final List<Poison> UNUSUAL =
            List.of(
                    new Poison(RejectReason.EMPTY_BODY, number -> new byte[0]),
                    new Poison(
                            RejectReason.BAD_ENCODING,
                            number -> TRADE.formatted(number).getBytes(UTF_16LE)),
                    new Poison(
                            RejectReason.BAD_ENCODING,
                            number -> new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':'}),
                    new Poison(
                            RejectReason.TOO_DEEP,
                            number ->
                                    ("{\"number\":%d,\"unknown\":".formatted(number)
                                                    + "[".repeat(100_000))
                                            .getBytes(UTF_8)),
                    new Poison(
                            RejectReason.TOO_LARGE,
                            number ->
                                    ("%d".formatted(number) + "x".repeat(5 << 20))
                                            .getBytes(UTF_8)));

    private PoisonMessages() {}

    /**
     * A kind.
     *
     * @param body made of the message's number
     */
    record Poison(RejectReason reason, LongFunction<byte[]> body) {}

    /** Every kind there is. */
    static List<Poison> all() {
        return Stream.concat(SMALL.stream(), UNUSUAL.stream()).toList();
    }

    private static Poison text(RejectReason reason, String format) {
        return new Poison(reason, number -> format.formatted(number).getBytes(UTF_8));
    }

    private static Poison trade(RejectReason reason, UnaryOperator<String> change) {
        return new Poison(reason, number -> change.apply(TRADE.formatted(number)).getBytes(UTF_8));
    }
}
