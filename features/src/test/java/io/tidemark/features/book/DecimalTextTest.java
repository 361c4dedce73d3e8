package io.tidemark.features.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
    private static String text(double value) {
        byte[] out = new byte[3 + DecimalText.MAX_LENGTH];
        int end = DecimalText.write(value, out, 3);
        return end < 0 ? "none" : new String(out, 3, end - 3, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "30249.5, 30249.5",
        "452, 452",
        "0.00276686, 0.00276686",
        "0, 0",
        "10, 10",
        "0.1, 0.1",
        "1e-8, 0.00000001",
        "1e-22, 0.0000000000000000000001",
        "999999999999999, 999999999999999",
        "0.00000999999999999999, 0.00000999999999999999",
        "1e15, none",
        "1e-23, none",
        "0.1234567890123456, none",
        "NaN, none",
        "Infinity, none"
    })
    void isTheShortestPlainDecimalOfAtMostFifteenDigits(double value, String text) {
        assertThat(text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void isTheTextTheNumberWasReadFrom(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            long digits = random.nextLong(1, (long) Math.pow(10, random.nextInt(1, 16)));
            BigDecimal written = new BigDecimal(BigInteger.valueOf(digits), random.nextInt(0, 23));
            String plain = written.stripTrailingZeros().toPlainString();
            assertThat(text(Double.parseDouble(plain)))
                    .isEqualTo(plain.length() > 16 && plain.indexOf('.') < 0 ? "none" : plain);
        }
    }
}
