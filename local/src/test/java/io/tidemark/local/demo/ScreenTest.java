package io.tidemark.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Screen screen(boolean live) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), live);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalThereAreNoControlCharacters() {
        Screen screen = screen(false);
        screen.draw(List.of("a", "b"));
        screen.draw(List.of("c"));
        assertThat(printed().lines()).containsExactly("a", "b", "c");
        assertThat(printed()).doesNotContain("\u001b");
    }

    @Test
    void onATerminalABlockGoesOverTheOneBefore() {
        Screen screen = screen(true);
        screen.draw(List.of("a", "b"));
        screen.draw(List.of("c", "d"));
        assertThat(printed()).contains("\u001b[2A\r\u001b[2Kc");
    }

    @Test
    void whatWasSaidIsNotDrawnOver() {
        Screen screen = screen(true);
        screen.draw(List.of("a"));
        screen.say("stays");
        screen.draw(List.of("b"));
        assertThat(printed()).doesNotContain("\u001b[1A");
    }

    @Test
    void undefinedNumbersAreADashAndSmallOnesKeepTheirDigits() {
        RowView row =
                new RowView(
                        "BTCUSDT",
                        Instant.parse("2026-11-21T10:00:01Z"),
                        12.4,
                        71.6,
                        65_000.05,
                        1.53e-6,
                        Double.NaN,
                        0.000214,
                        0);
        String line = TableText.line(row, Instant.parse("2026-11-21T10:00:01.300Z"), 7);
        assertThat(line.split(" +"))
                .containsExactly(
                        "BTCUSDT",
                        "10:00:01.000",
                        "0.3",
                        "s",
                        "65000.05",
                        "1.53e-06",
                        "-",
                        "2.14e-04",
                        "0",
                        "71.6",
                        "12",
                        "ms");
        assertThat(line).hasSameSizeAs(TableText.header(7));
    }
}
