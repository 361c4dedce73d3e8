package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RandomEvents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder says of every message what {@link JacksonOracle} says of it. */
class DecoderOracleTest {
    private static final EnvelopeDecoder DECODER = new EnvelopeDecoder(DecodeLimits.DEFAULT);
    private static final long NOW = 1_893_456_000_000_000L + 10_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void saysTheSameOfMutatedMessages(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomEvents events = new RandomEvents(seed);
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        EventType[] types = EventType.values();
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            EventType type = types[random.nextInt(types.length)];
            MarketEvent event = events.next(type);
            byte[] body = encoder.encode(event, EnvelopeEncoder.topic(event), "e", "t");
            accepted += assertSameVerdicts(type, body, NOW, random, 5);
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    @Test
    void saysTheSameOfTheCatalogueOfBadMessages() {
        Stream.of(
                        BadMessagesTest.wholeBodies(),
                        BadMessagesTest.tradeFields(),
                        BadMessagesTest.otherFields())
                .flatMap(s -> s)
                .map(Arguments::get)
                .forEach(
                        row ->
                                assertThat(
                                                JacksonOracle.decode(
                                                        (EventType) row[1],
                                                        (byte[]) row[2],
                                                        BadMessagesTest.NOW))
                                        .as((String) row[0])
                                        .isEmpty());
    }

    /** Compares that many mutations of one to three edits each; how many were accepted. */
    static int assertSameVerdicts(
            EventType type, byte[] body, long now, SplittableRandom random, int mutations) {
        int accepted = 0;
        for (int i = 0; i < mutations; i++) {
            byte[] mutated = body;
            for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
                mutated = DecoderFuzzTest.mutated(mutated, random);
            }
            String text = new String(mutated, StandardCharsets.UTF_8);
            // Jackson knows no surrogate in a name, be it escaped well or not.
            if (text.contains("\\u")) {
                continue;
            }
            Optional<MarketEvent> decoded = decode(type, mutated, now);
            assertThat(decoded).as(text).isEqualTo(JacksonOracle.decode(type, mutated, now));
            accepted += decoded.isPresent() ? 1 : 0;
        }
        return accepted;
    }

    private static Optional<MarketEvent> decode(EventType type, byte[] body, long now) {
        try {
            return Optional.of(DECODER.decode(type, body, now));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
