package io.tidemark.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RandomEvents;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeRoundTripTest {
    private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();

    @ParameterizedTest
    @EnumSource
    void whatWasEncodedDecodesToTheSameEvent(EventType type) throws RefusedException {
        RandomEvents events = new RandomEvents(20_261_121L + type.ordinal());
        for (int i = 0; i < 3_000; i++) {
            MarketEvent event = events.next(type);
            EventHeader header = event.header();
            byte[] body =
                    encoder.encode(
                            event,
                            EnvelopeEncoder.topic(event),
                            header.eventId(),
                            header.traceId());
            assertThat(decoder.decode(type, body, header.ingestedMicros()))
                    .as(() -> new String(body, StandardCharsets.UTF_8))
                    .isEqualTo(event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadWrappedAsBytesDecodesLikeOneEncodedWhole(EventType type) throws RefusedException {
        MarketEvent event = new RandomEvents(7).next(type);
        EventHeader header = event.header();
        String topic = EnvelopeEncoder.topic(event);
        String whole = text(encoder.encode(event, topic, header.eventId(), header.traceId()));
        String payload = whole.substring(whole.indexOf("\"payload\":") + 10, whole.length() - 1);
        byte[] wrapped =
                encoder.encode(
                        type,
                        topic,
                        header.messageTimeMicros(),
                        header.receivedMicros(),
                        header.eventId(),
                        header.traceId(),
                        payload.getBytes(StandardCharsets.UTF_8));
        assertThat(text(wrapped)).isEqualTo(whole);
    }

    @Test
    void aTimeTheWireCannotSayIsAnErrorOfTheCaller() {
        EventHeader header =
                new EventHeader(
                        "BTCUSDT",
                        1_700_000_000_000_001L,
                        1_700_000_000_000_000L,
                        0,
                        0,
                        0,
                        "x",
                        null,
                        null);
        Funding funding = new Funding(header, 1e-4, EventHeader.UNKNOWN_TIME, 0);
        assertThatThrownBy(() -> encoder.encode(funding, "funding.BTCUSDT", null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time is its message's");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
