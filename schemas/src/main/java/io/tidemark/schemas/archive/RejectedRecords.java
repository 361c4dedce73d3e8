package io.tidemark.schemas.archive;

import io.tidemark.schemas.archive.avro.RejectedRecord;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Rejected messages as archive records and back. Exact inverses, but that half a surrogate pair in
 * a text becomes U+FFFD. The body is not copied on the way in.
 */
public final class RejectedRecords {
    private RejectedRecords() {}

    /** The schema of the files of rejected messages. */
    public static Schema schema() {
        return RejectedRecord.SCHEMA$;
    }

    /** The message as a record; total. */
    public static RejectedRecord toRecord(RejectedMessage message) {
        RejectedRecord record = new RejectedRecord();
        record.setQueue(ArchiveText.wellFormed(message.queue()));
        record.setReason(message.reason().name());
        record.setDetail(ArchiveText.wellFormed(message.detail()));
        record.setBody(ByteBuffer.wrap(message.body()));
        record.setBodyLength(message.bodyLength());
        record.setHeaders(wellFormed(message.headers()));
        record.setIngestedTime(ArchiveTime.instant(message.ingestedMicros()));
        return record;
    }

    /**
     * The message of a record read from the archive.
     *
     * @throws IllegalArgumentException when its reason is none this release knows
     */
    public static RejectedMessage toMessage(RejectedRecord record) {
        byte[] body = new byte[record.getBody().remaining()];
        record.getBody().duplicate().get(body);
        return new RejectedMessage(
                record.getQueue(),
                RejectReason.valueOf(record.getReason()),
                record.getDetail(),
                body,
                record.getBodyLength(),
                Map.copyOf(record.getHeaders()),
                ArchiveTime.micros(record.getIngestedTime()));
    }

    private static Map<String, String> wellFormed(Map<String, String> headers) {
        Map<String, String> result = new HashMap<>();
        headers.forEach(
                (name, value) ->
                        result.put(ArchiveText.wellFormed(name), ArchiveText.wellFormed(value)));
        return result;
    }
}
