package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMessageTest {
    private static final long T = 1_765_112_006_000_000L;

    private static String json(double[] values, String... names) {
        return new String(
                FeatureMessage.encode("BTCUSDT", T, "1.0.0", List.of(names), values, "t1"), UTF_8);
    }

    @Test
    void isWrittenAsTheContractSays() {
        assertThat(json(new double[] {50000.5, Double.NaN, -0.0}, "mid_price", "gone", "zero"))
                .isEqualTo(
                        """
                        {"timestamp":"2025-12-07T12:53:26+00:00","symbol":"BTCUSDT",\
                        "features":{"mid_price":50000.5,"zero":-0.0},\
                        "feature_registry_version":"1.0.0","trace_id":"t1"}""");
    }

    @Test
    void anUndefinedFeatureIsNotThereEvenWhenItIsTheFirst() throws RefusedException {
        byte[] body =
                FeatureMessage.encode(
                        "BTCUSDT",
                        T,
                        "1.0.0",
                        List.of("a", "b", "c"),
                        new double[] {Double.NaN, 2, Double.POSITIVE_INFINITY},
                        null);
        FeatureMessage message = FeatureMessage.parse(body);
        assertThat(message)
                .isEqualTo(new FeatureMessage("BTCUSDT", T, "1.0.0", Map.of("b", 2.0), null));
    }

    @Test
    void theMessageIdNamesTheRow() {
        assertThat(FeatureMessage.messageId("BTCUSDT", T, "1.0.0"))
                .isEqualTo("BTCUSDT:2025-12-07T12:53:26+00:00:1.0.0");
        assertThat(FeatureMessage.messageId("BTCUSDT", T + 500_000, "1.0.0"))
                .isEqualTo("BTCUSDT:2025-12-07T12:53:26.500000+00:00:1.0.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void everyFiniteDoubleComesBackBitForBit(long seed) throws RefusedException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < 200; row++) {
            List<String> names = new ArrayList<>();
            double[] values = new double[random.nextInt(100)];
            for (int i = 0; i < values.length; i++) {
                names.add("f" + i);
                values[i] = Double.longBitsToDouble(random.nextLong());
            }
            long time = random.nextLong(0, 4_000_000_000_000_000L);
            byte[] body = FeatureMessage.encode("SOLUSDT", time, "v" + row, names, values, "t");
            FeatureMessage message = FeatureMessage.parse(body);
            assertThat(message.gridTimeMicros()).isEqualTo(time);
            for (int i = 0; i < values.length; i++) {
                double got = message.features().getOrDefault("f" + i, Double.NaN);
                double wanted = Double.isFinite(values[i]) ? values[i] : Double.NaN;
                assertThat(Double.doubleToLongBits(got))
                        .as(values[i] + "")
                        .isEqualTo(Double.doubleToLongBits(wanted));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"timestamp\"|MALFORMED",
                "[]|NOT_AN_OBJECT",
                "{}|BAD_TIMESTAMP",
                "{\"timestamp\":\"2025-12-07T12:53:26+00:00\"}|MISSING_FIELD",
                "{\"symbol\":\"x\"}|BAD_SYMBOL",
                "{\"features\":[]}|WRONG_TYPE",
                "{\"features\":{\"a\":\"1\"}}|WRONG_TYPE",
                "{\"features\":{\"a\":1e999}}|NOT_FINITE",
                "{\"features\":{\"a\":1,\"a\":2}}|DUPLICATE_KEY",
            })
    void whatIsNoSuchMessageIsRefused(String body, RejectReason reason) {
        assertThatThrownBy(() -> FeatureMessage.parse(body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aNameCannotBreakOutOfItsQuotes() throws RefusedException {
        String name = "a\":1,\"b\\\n\u0001\u007f";
        byte[] body =
                FeatureMessage.encode("BTCUSDT", T, "1", List.of(name), new double[] {1}, null);
        assertThat(FeatureMessage.parse(body).features()).containsExactly(Map.entry(name, 1.0));
    }

    @Test
    void namesAndValuesMustPair() {
        assertThatThrownBy(() -> json(new double[2], "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 names and 2 values");
    }
}
