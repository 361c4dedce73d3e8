package io.tidemark.local.publish;

import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A simulated market as envelopes. Endless. */
public final class SimulatorSource implements MessageSource {
    private final MarketSimulator market;
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();

    public SimulatorSource(MarketSimulator market) {
        this.market = market;
    }

    @Override
    public OutgoingMessage next() {
        MarketEvent event = market.next();
        String topic = EnvelopeEncoder.topic(event);
        String eventId =
                UUID.nameUUIDFromBytes(
                                (topic + event.header().id()).getBytes(StandardCharsets.UTF_8))
                        .toString();
        return new OutgoingMessage(
                event.type(),
                event.symbol(),
                topic,
                eventId,
                event.header().receivedMicros(),
                encoder.encode(event, topic, eventId, eventId));
    }

    @Override
    public double fractionRead() {
        return Double.NaN;
    }

    @Override
    public void close() {}
}
