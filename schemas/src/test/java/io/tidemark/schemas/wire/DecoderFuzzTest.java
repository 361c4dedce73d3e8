package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RandomEvents;
import io.tidemark.schemas.event.Symbols;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutated messages give an event or a refusal, and an event that was let in is sound. */
class DecoderFuzzTest {
    private static final long NOW = 1_893_456_000_000_000L + 10_000_000L;
    private static final String[] FRAGMENTS = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\\u0000",
        "\\ud800",
        "-",
        "0",
        "1e999",
        "null",
        "true",
        "\"\"",
        "NaN",
        "{}",
        "[]",
        "\u0000",
        "\u00e9",
        "9".repeat(70),
        "[".repeat(70),
        "\"p\":1,",
        "\"payload\":",
        "-0",
        "1e-400",
        "\"BTCUSDT\"",
        " "
    };

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
    private int accepted;
    private int refused;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void mutatedMessagesGiveASoundEventOrARefusal(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomEvents events = new RandomEvents(seed);
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        EventType[] types = EventType.values();
        for (int i = 0; i < 5_000; i++) {
            EventType type = types[random.nextInt(types.length)];
            MarketEvent event = events.next(type);
            byte[] body = encoder.encode(event, EnvelopeEncoder.topic(event), "e", "t");
            for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
                body = mutated(body, random);
            }
            check(type, body, seed + "/" + i);
        }
        assertThat(accepted).as("accepted").isGreaterThan(100);
        assertThat(refused).as("refused").isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noiseIsRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            if (random.nextBoolean()) {
                String alphabet = "{}[]\",:\\u0123456789.eE+-tfn \n";
                for (int j = 0; j < body.length; j++) {
                    body[j] = (byte) alphabet.charAt((body[j] & 0xFF) % alphabet.length());
                }
            }
            check(EventType.TRADE, body, seed + "/" + i);
        }
        assertThat(accepted).isZero();
    }

    private void check(EventType type, byte[] body, String which) {
        try {
            MarketEvent event = decoder.decode(type, body, NOW);
            accepted++;
            EventHeader header = event.header();
            assertThat(event.type()).as(which).isEqualTo(type);
            assertThat(Symbols.isSymbol(header.symbol())).as(which).isTrue();
            assertThat(header.id()).as(which).isNotEmpty().hasSizeLessThanOrEqualTo(128);
            assertThat(header.eventTimeMicros())
                    .as(which)
                    .isBetween(Envelope.MIN_TIME_MICROS, NOW + 10_000_000L);
            assertThat(header.sequence()).as(which).isNotNegative();
        } catch (RefusedException e) {
            refused++;
            assertThat(e.detail())
                    .as(which)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(RefusedException.MAX_DETAIL)
                    .doesNotStartWith("unexpected java")
                    .doesNotStartWith("unexpected com");
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(
                    which + ": " + new String(body, StandardCharsets.ISO_8859_1), e);
        }
    }

    /** The body with one edit. */
    static byte[] mutated(byte[] body, SplittableRandom random) {
        if (body.length == 0) {
            return body;
        }
        int at = random.nextInt(body.length);
        return switch (random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = body.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(body, at);
            case 2 ->
                    spliced(
                            body,
                            at,
                            Math.min(body.length, at + random.nextInt(1, 9)),
                            new byte[0]);
            case 3 -> {
                int end = Math.min(body.length, at + random.nextInt(1, 60));
                yield spliced(body, end, end, Arrays.copyOfRange(body, at, end));
            }
            case 4 -> {
                byte[] digit = {(byte) ('0' + random.nextInt(10))};
                yield spliced(body, at, at + 1, digit);
            }
            default -> {
                String fragment = FRAGMENTS[random.nextInt(FRAGMENTS.length)];
                int end = random.nextBoolean() ? at : at + 1;
                yield spliced(body, at, end, fragment.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] by) {
        byte[] out = new byte[body.length - (to - from) + by.length];
        System.arraycopy(body, 0, out, 0, from);
        System.arraycopy(by, 0, out, from, by.length);
        System.arraycopy(body, to, out, from + by.length, body.length - to);
        return out;
    }
}
