package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.EventHeader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2025-12-07T12:53:26.668331, 1765112006668331",
        "2025-12-07T12:53:26, 1765112006000000",
        "2025-12-07T12:53:26Z, 1765112006000000",
        "2025-12-07T12:53:26.5+00:00, 1765112006500000",
        "2025-12-07T14:53:26.668331999+02:00, 1765112006668331",
        "2025-12-07T12:53, 1765111980000000",
        "1969-12-31T23:59:59.999999, -1",
        "2024-02-29T00:00:00, 1709164800000000",
    })
    void readsTheFormsGatewaysWrite(String text, long micros) {
        assertThat(WireTime.parse(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025",
                "2025-12-07",
                "2025-12-07 12:53:26",
                "2025-12-07t12:53:26",
                "2025-13-07T12:53:26",
                "2025-00-07T12:53:26",
                "2025-02-29T12:53:26",
                "2100-02-29T12:53:26",
                "2025-12-32T12:53:26",
                "2025-12-07T24:00:00",
                "2025-12-07T12:60:26",
                "2025-12-07T12:53:60",
                "2025-12-07T12:53:2",
                "2025-12-07T12:53:26.",
                "2025-12-07T12:53:26.1234567890",
                "2025-12-07T12:53:26,5",
                "2025-12-07T12:53:26z",
                "2025-12-07T12:53:26ZZ",
                "2025-12-07T12:53:26+0000",
                "2025-12-07T12:53:26+00",
                "2025-12-07T12:53:26+19:00",
                "2025-12-07T12:53:26+18:01",
                "2025-12-07T12:53:26+-1:00",
                " 2025-12-07T12:53:26",
                "2025-12-07T12:53:26 ",
                "-025-12-07T12:53:26",
                "\u0662\u0660\u0662\u0665-12-07T12:53:26",
            })
    void refusesWhatIsNoSuchDateTime(String text) {
        assertThat(WireTime.parse(text)).isEqualTo(EventHeader.UNKNOWN_TIME);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void agreesWithTheJdkOnValidTexts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            LocalDateTime local =
                    LocalDateTime.ofEpochSecond(
                            random.nextLong(-62_167_219_200L, 253_402_300_800L),
                            random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000),
                            ZoneOffset.UTC);
            ZoneOffset offset =
                    ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
            assertThat(WireTime.parse(local.toString()))
                    .as(local.toString())
                    .isEqualTo(micros(local.toInstant(ZoneOffset.UTC)));
            String zoned = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atOffset(offset));
            assertThat(WireTime.parse(zoned)).as(zoned).isEqualTo(micros(local.toInstant(offset)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void takesNoMutatedTextThatTheJdkRefuses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "0123456789-:T.+Zz ,";
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("2024-02-29T23:59:58.123456+05:30");
            text.setLength(random.nextInt(14, text.length() + 1));
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                text.setCharAt(random.nextInt(text.length()), c);
            }
            long ours = WireTime.parse(text);
            if (ours != EventHeader.UNKNOWN_TIME) {
                accepted++;
                assertThat(ours).as(text.toString()).isEqualTo(byTheJdk(text.toString()));
            }
        }
        assertThat(accepted).isPositive();
    }

    private static long byTheJdk(String text) {
        try {
            return micros(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        }
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenReadsBackAndMeansTheSameToTheJdk(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            long micros = random.nextLong(-62_167_219_200_000_000L, 253_402_300_800_000_000L);
            micros = random.nextInt(3) == 0 ? Math.floorDiv(micros, 1_000_000) * 1_000_000 : micros;
            String text = WireTime.format(micros);
            assertThat(WireTime.parse(text)).as(text).isEqualTo(micros);
            assertThat(byTheJdk(text)).as(text).isEqualTo(micros);
        }
    }

    @Test
    void aTimeOfFiveDigitYearsHasNoText() {
        assertThatThrownBy(() -> WireTime.format(253_402_300_800_000_000L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("years 0 to 9999");
    }
}
