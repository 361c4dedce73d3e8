package io.tidemark.local.publish;

import io.tidemark.local.capture.Capture;
import io.tidemark.local.capture.CaptureReading;
import io.tidemark.local.capture.CapturedEvent;
import io.tidemark.local.capture.SkippedCounts;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recording as envelopes. The same recording with the same times gives the same bytes, event ids
 * included, so publishing it twice adds nothing but duplicates.
 */
public final class CaptureSource implements MessageSource {
    private final long messages;
    private final CaptureReading reading;
    private final Optional<Instant> firstEventAt;
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();
    private @Nullable TimeShift shift;

    /**
     * @param firstEventAt shift all times so that the first event's is this, to the millisecond;
     *     empty keeps the recorded times. See {@link TimeShift}
     */
    public CaptureSource(Capture capture, Optional<Instant> firstEventAt) throws IOException {
        this.messages = capture.messages();
        this.reading = capture.read();
        this.firstEventAt = firstEventAt;
    }

    @Override
    public @Nullable OutgoingMessage next() throws IOException {
        CapturedEvent event = reading.next();
        if (event == null) {
            return null;
        }
        TimeShift by = shift(event);
        byte[] payload = by.payload(event.type(), event.payload());
        long timestamp = event.timestampMicros() + by.micros();
        String eventId = eventId(event.topic(), timestamp, payload);
        return new OutgoingMessage(
                event.type(),
                event.symbol(),
                event.topic(),
                eventId,
                event.receivedMicros(),
                encoder.encode(
                        event.type(),
                        event.topic(),
                        timestamp,
                        event.receivedMicros() + by.micros(),
                        eventId,
                        eventId,
                        payload));
    }

    private TimeShift shift(CapturedEvent first) {
        if (shift == null) {
            shift =
                    firstEventAt
                            .map(at -> TimeShift.between(first.timestampMicros(), micros(at)))
                            .orElse(TimeShift.NONE);
        }
        return shift;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static String eventId(String topic, long timestamp, byte[] payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(name.length + Long.BYTES + payload.length);
        content.put(name).putLong(timestamp).put(payload);
        return UUID.nameUUIDFromBytes(content.array()).toString();
    }

    @Override
    public double fractionRead() {
        return messages == 0 ? 1 : (double) reading.messagesRead() / messages;
    }

    /** What of the recording became no event so far. */
    public SkippedCounts skipped() {
        return reading.skipped();
    }

    @Override
    public void close() throws IOException {
        reading.close();
    }
}
