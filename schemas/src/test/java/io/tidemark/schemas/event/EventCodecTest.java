package io.tidemark.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static byte[] written(Inbound value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EventCodec.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Inbound read(byte[] bytes) throws IOException {
        return EventCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static Inbound randomRejected(SplittableRandom random) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            headers.put("h" + i, "\u00e9\ud83d\ude00".repeat(random.nextInt(4)));
        }
        byte[] body = new byte[random.nextInt(300)];
        random.nextBytes(body);
        RejectReason[] reasons = RejectReason.values();
        return new RejectedMessage(
                "ws-gateway.trade",
                reasons[random.nextInt(reasons.length)],
                "x".repeat(random.nextInt(256)),
                body,
                body.length + random.nextInt(1 << 20),
                headers,
                random.nextLong());
    }

    private static List<Inbound> samples(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomEvents events = new RandomEvents(seed);
        EventType[] types = EventType.values();
        List<Inbound> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(types.length + 1);
            samples.add(kind == types.length ? randomRejected(random) : events.next(types[kind]));
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void whatWasWrittenIsReadBack(long seed) throws IOException {
        for (Inbound value : samples(seed, 4_000)) {
            assertThat(read(written(value))).isEqualTo(value);
        }
    }

    @Test
    void valuesFollowEachOtherInOneStream() throws IOException {
        List<Inbound> values = samples(13, 500);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Inbound value : values) {
            EventCodec.write(value, out);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        for (Inbound value : values) {
            assertThat(EventCodec.read(in)).isEqualTo(value);
        }
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void timesAndNumbersOfAnySizeSurvive(EventType type) throws IOException {
        long[] extremes = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE};
        for (long a : extremes) {
            for (long b : extremes) {
                EventHeader header = new EventHeader("X1", a, b, b, a, a, "", "\u4e2d", "");
                MarketEvent event =
                        switch (type) {
                            case TRADE ->
                                    new Trade(header, -0.0, 1, Trade.Side.SELL, "", true, true);
                            case ORDERBOOK ->
                                    new BookUpdate(
                                            header,
                                            BookUpdate.Kind.DELTA,
                                            Integer.MAX_VALUE,
                                            b,
                                            new double[] {Double.MIN_VALUE, Double.MAX_VALUE},
                                            new double[0]);
                            case KLINE -> new Kline(header, "", a, b, 1, 2, 3, 4, 5, 6, true);
                            case TICKER ->
                                    new Ticker(
                                            header,
                                            true,
                                            new double[TickerField.values().length],
                                            a,
                                            "",
                                            "");
                            case FUNDING -> new Funding(header, -0.0, a, b);
                        };
                assertThat(read(written(event))).isEqualTo(event);
            }
        }
    }

    static Stream<Inbound> golden() {
        EventHeader header =
                new EventHeader(
                        "BTCUSDT",
                        1_765_112_006_668_000L,
                        1_765_112_006_668_331L,
                        1_765_112_006_700_000L,
                        1_765_112_007_000_000L,
                        17,
                        "id-1",
                        "e1",
                        null);
        EventHeader bare =
                new EventHeader(
                        "SOLUSDT",
                        1_765_112_006_668_000L,
                        1_765_112_006_668_000L,
                        EventHeader.UNKNOWN_TIME,
                        1_765_112_006_668_001L,
                        0,
                        "x",
                        null,
                        "\u00e9");
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        values[TickerField.LAST_PRICE.ordinal()] = 50000.5;
        values[TickerField.PRE_QTY.ordinal()] = -1;
        long noTime = EventHeader.UNKNOWN_TIME;
        Map<String, String> headers = new TreeMap<>(Map.of("event_type", "trade", "n", "\u00e9"));
        return Stream.of(
                new Trade(header, 50000.1, 0.001, Trade.Side.SELL, "PlusTick", false, true),
                new BookUpdate(
                        bare,
                        BookUpdate.Kind.DELTA,
                        50,
                        300,
                        new double[] {1.5, 0},
                        new double[] {2, 3, 4, 5}),
                new Kline(bare, "1", 60_000_000, 119_999_000, 1, 3, 0.5, 2, 9, Double.NaN, true),
                new Ticker(header, true, values, 1_765_123_200_000_000L, null, "Finished"),
                new Funding(header, -0.0001, noTime, 1_765_123_200_000_000L),
                new RejectedMessage(
                        "ws-gateway.trade",
                        RejectReason.BAD_SYMBOL,
                        "payload.s: wanted",
                        new byte[] {1, -1},
                        70_000,
                        headers,
                        1_765_112_007_000_000L));
    }

    /** Bytes as this release wrote them: state of older releases must stay readable. */
    @ParameterizedTest
    @MethodSource("golden")
    void versionOneStaysAsItIs(Inbound value) throws IOException {
        String name = value.getClass().getSimpleName();
        Map<String, String> stored = new TreeMap<>();
        try (var in = EventCodecTest.class.getResourceAsStream("event-codec-v1.txt")) {
            assertThat(in).as("event-codec-v1.txt beside this test").isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] parts = line.split(" ");
                stored.put(parts[0], parts[1]);
            }
        }
        assertThat(HexFormat.of().formatHex(written(value))).isEqualTo(stored.get(name));
        assertThat(read(HexFormat.of().parseHex(stored.get(name)))).isEqualTo(value);
    }

    @Test
    void aChecksumIsAFlagAndFourBytesAfterWhatWasWrittenBefore() throws IOException {
        BookUpdate book = (BookUpdate) golden().toList().get(1);
        BookUpdate checked =
                new BookUpdate(
                        book.header(),
                        book.kind(),
                        book.depth(),
                        book.updateId(),
                        book.bids(),
                        book.asks(),
                        -855_196_043);
        byte[] former = written(book);
        byte[] bytes = written(checked);
        assertThat(bytes).hasSize(former.length + 4);
        int flags = Arrays.mismatch(former, bytes);
        assertThat(bytes[flags]).isEqualTo((byte) (former[flags] | 2));
        assertThat(
                        Arrays.mismatch(
                                former, flags + 1, former.length, bytes, flags + 1, bytes.length))
                .isEqualTo(former.length - flags - 1);
        assertThat(read(bytes)).isEqualTo(checked).isNotEqualTo(book);
        bytes[flags] = 4;
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("wanted book flags");
    }

    @ParameterizedTest
    @MethodSource("golden")
    void everyTruncationIsAnEndOfFile(Inbound value) throws IOException {
        byte[] whole = written(value);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void corruptBytesGiveAValueOrAnIoException(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int failures = 0;
        for (Inbound value : samples(seed, 4_000)) {
            byte[] bytes = written(value);
            for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(read(bytes)).isNotNull();
            } catch (IOException e) {
                failures++;
            }
        }
        assertThat(failures).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001", // version 0
                "0201", // version 2
                "0100", // kind 0
                "0107", // kind 7
                "010108", // header flags
                "010100ffffffff0f", // a symbol of 4 GiB
                "010100ffffffffffffffffff01", // a symbol of negative length
                "010100ffffffffffffffffffff01", // an integer of 11 bytes
                "010681808001" // a queue name of 2 MiB
            })
    void nonsenseIsRefusedByName(String hex) {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(EOFException.class)
                .hasMessageContaining("wanted");
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        RejectedMessage rejected =
                new RejectedMessage(
                        "q",
                        RejectReason.TOO_LARGE,
                        "",
                        new byte[RejectedMessage.MAX_KEPT_BODY + 1],
                        0,
                        Map.of(),
                        0);
        assertThatThrownBy(() -> written(rejected))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1048577");
    }
}
