package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {
    @Test
    void aLogInjectionStaysOneLine() {
        assertThat(PrintableText.of("a\r\n2026 ERROR admin logged in\u001b[2J", 100))
                .isEqualTo("a\\u000d\\u000a2026 ERROR admin logged in\\u001b[2J");
    }

    @ParameterizedTest
    @CsvSource({"0x202e", "0x200b", "0xfeff", "0x85", "0x7f", "0xd800", "0x2028", "0xe000"})
    void whatIsInvisibleBecomesVisible(String codePoint) {
        char c = (char) (int) Integer.decode(codePoint);
        assertThat(PrintableText.of("x" + c + "y", 100)).isEqualTo("x\\u%04xy".formatted((int) c));
    }

    @Test
    void ordinaryTextOfAnyScriptIsKept() {
        String text = "BTCUSDT \u00e9 \u4e2d\u6587 \ud83d\ude00";
        assertThat(PrintableText.of(text, 100)).isEqualTo(text);
    }

    @Test
    void aLongTextIsCutAndSaysSo() {
        assertThat(PrintableText.of("x".repeat(10_000), 16)).isEqualTo("xxxxxxxxxxxxx...");
        assertThat(PrintableText.of("x".repeat(16), 16)).isEqualTo("x".repeat(16));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingUnprintableOrTooLongComesOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            String printable = PrintableText.of(text, 40);
            assertThat(printable).hasSizeLessThanOrEqualTo(40);
            assertThat(printable.codePoints())
                    .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
        }
    }
}
