package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    private static double parse(String text) {
        byte[] padded = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        return Decimals.parse(padded, 1, padded.length - 2);
    }

    private static String plain(double value) {
        StringBuilder out = new StringBuilder();
        Decimals.append(out, value);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void readsEveryDecimalAsTheJdkDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = decimal(random);
            double wanted = Double.parseDouble(text);
            double got = parse(text);
            if (wanted == 0 && text.split("[eE]")[0].matches(".*[1-9].*")) {
                assertThat(Math.abs(got)).as(text).isEqualTo(Double.MIN_VALUE);
            } else {
                assertThat(Double.doubleToRawLongBits(got))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(wanted));
            }
        }
    }

    private static String decimal(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        text.append(random.nextInt(4) == 0 ? "0" : digits(random, random.nextInt(1, 22), true));
        if (random.nextInt(4) != 0) {
            text.append('.').append(digits(random, random.nextInt(1, 26), false));
        }
        if (random.nextInt(5) == 0) {
            text.append(random.nextBoolean() ? "e" : "E")
                    .append(new String[] {"", "+", "-"}[random.nextInt(3)])
                    .append(random.nextInt(random.nextBoolean() ? 30 : 400));
        }
        return text.toString();
    }

    private static String digits(SplittableRandom random, int count, boolean noLeadingZero) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int from = i == 0 && noLeadingZero ? 1 : 0;
            digits.append(random.nextInt(3) == 0 ? from : random.nextInt(from, 10));
        }
        return digits.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                ".5",
                "5.",
                "-.5",
                "01",
                "00",
                "-01",
                "1_000",
                "1,000",
                " 1",
                "1 ",
                "0x10",
                "0x1p3",
                "1d",
                "1f",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e",
                "1e+",
                "1e1.5",
                "e5",
                "1..2",
                "1.2.3",
                "--1",
                "\u0661",
                "1\u0000",
                "null"
            })
    void refusesWhatIsNoJsonNumber(String text) {
        assertThat(parse(text)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "9.52e-6, 0.00000952",
        "65114.2, 65114.2",
        "65114, 65114",
        "100, 100",
        "1e7, 10000000",
        "1.23e7, 12300000",
        "1.5e22, 15000000000000000000000",
        "123456789.125, 123456789.125",
        "0.001, 0.001",
        "2e-3, 0.002",
        "0, 0",
        "-0.0, -0",
        "-1.5e-9, -0.0000000015",
        // Double.toString of Java 17 says 1.9999999999999998E23.
        "2e23, 200000000000000000000000",
    })
    void writesPlainTextAsExchangesDo(double value, String text) {
        assertThat(plain(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void whatIsWrittenReadsBackToTheSameBitsAndHasNoExponent(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(value)) {
                continue;
            }
            String text = plain(value);
            assertThat(text).matches("-?[0-9]+(\\.[0-9]*[1-9])?");
            assertThat(Double.doubleToRawLongBits(parse(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(value));
            int digits = new BigDecimal(text).stripTrailingZeros().precision();
            assertThat(digits).as(text).isLessThanOrEqualTo(17);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void nothingWritesANumberThatIsNotFinite(double value) {
        assertThatThrownBy(() -> plain(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Decimals.appendShortest(new StringBuilder(), value))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
