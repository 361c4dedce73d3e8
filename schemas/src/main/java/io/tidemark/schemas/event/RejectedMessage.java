package io.tidemark.schemas.event;

import java.util.Arrays;
import java.util.Map;

/**
 * A message Tidemark refused, kept whole enough to be read again after a repair.
 *
 * @param queue the queue it came from
 * @param reason the stable code
 * @param detail what was wanted, what came, where; bounded, control characters escaped
 * @param body the original bytes, at most {@link #MAX_KEPT_BODY}; longer ones are cut
 * @param bodyLength the length of the original body in bytes
 * @param headers the AMQP headers as text, bounded in number and length
 * @param ingestedMicros when it was read, microseconds since the epoch
 */
public record RejectedMessage(
        String queue,
        RejectReason reason,
        String detail,
        byte[] body,
        int bodyLength,
        Map<String, String> headers,
        long ingestedMicros)
        implements Inbound {

    /** Bytes of body kept: 1 MiB. */
    public static final int MAX_KEPT_BODY = 1 << 20;

    @Override
    public boolean equals(Object other) {
        return other instanceof RejectedMessage that
                && queue.equals(that.queue)
                && reason == that.reason
                && detail.equals(that.detail)
                && Arrays.equals(body, that.body)
                && bodyLength == that.bodyLength
                && headers.equals(that.headers)
                && ingestedMicros == that.ingestedMicros;
    }

    @Override
    public int hashCode() {
        return 31 * reason.hashCode() + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "RejectedMessage[%s, %s, %s, %d bytes]".formatted(queue, reason, detail, bodyLength);
    }
}
