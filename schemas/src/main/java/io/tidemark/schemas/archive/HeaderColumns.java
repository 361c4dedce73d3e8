package io.tidemark.schemas.archive;

import io.tidemark.schemas.archive.avro.TradeRecord;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Verdict;
import java.time.Instant;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The columns every event record begins with, in the same order in each of the five schemas. They
 * are read and written by position, so the code exists once.
 */
final class HeaderColumns {
    private static final Schema ANY = TradeRecord.SCHEMA$;
    private static final int SYMBOL = position("symbol");
    private static final int EVENT_TIME = position("event_time");
    private static final int MESSAGE_TIME = position("message_time");
    private static final int RECEIVED_TIME = position("received_time");
    private static final int INGESTED_TIME = position("ingested_time");
    private static final int VENUE_SEQUENCE = position("venue_sequence");
    private static final int ID = position("id");
    private static final int EVENT_ID = position("event_id");
    private static final int TRACE_ID = position("trace_id");
    private static final int VERDICT = position("verdict");

    private static final String[] VERDICT_NAMES = verdictNames();

    private HeaderColumns() {}

    static <T extends IndexedRecord> T write(EventHeader header, Verdict verdict, T record) {
        record.put(SYMBOL, ArchiveText.wellFormed(header.symbol()));
        record.put(EVENT_TIME, ArchiveTime.instant(header.eventTimeMicros()));
        record.put(MESSAGE_TIME, ArchiveTime.instant(header.messageTimeMicros()));
        record.put(RECEIVED_TIME, ArchiveTime.instantOrNull(header.receivedMicros()));
        record.put(INGESTED_TIME, ArchiveTime.instant(header.ingestedMicros()));
        record.put(VENUE_SEQUENCE, header.sequence());
        record.put(ID, ArchiveText.wellFormed(header.id()));
        record.put(EVENT_ID, ArchiveText.wellFormedOrNull(header.eventId()));
        record.put(TRACE_ID, ArchiveText.wellFormedOrNull(header.traceId()));
        record.put(VERDICT, VERDICT_NAMES[verdict.ordinal()]);
        return record;
    }

    static EventHeader read(IndexedRecord record) {
        return new EventHeader(
                (String) record.get(SYMBOL),
                ArchiveTime.micros((Instant) record.get(EVENT_TIME)),
                ArchiveTime.micros((Instant) record.get(MESSAGE_TIME)),
                ArchiveTime.microsOrUnknown((@Nullable Instant) record.get(RECEIVED_TIME)),
                ArchiveTime.micros((Instant) record.get(INGESTED_TIME)),
                (Long) record.get(VENUE_SEQUENCE),
                (String) record.get(ID),
                (@Nullable String) record.get(EVENT_ID),
                (@Nullable String) record.get(TRACE_ID));
    }

    static Verdict verdict(IndexedRecord record) {
        String name = (String) record.get(VERDICT);
        for (Verdict verdict : Verdict.values()) {
            if (VERDICT_NAMES[verdict.ordinal()].equals(name)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException(
                "verdict must be one of %s, got '%s' in a record of %s"
                        .formatted(
                                String.join(", ", VERDICT_NAMES),
                                name,
                                record.getSchema().getName()));
    }

    private static int position(String column) {
        return ANY.getField(column).pos();
    }

    private static String[] verdictNames() {
        Verdict[] verdicts = Verdict.values();
        String[] names = new String[verdicts.length];
        for (Verdict verdict : verdicts) {
            names[verdict.ordinal()] = verdict.name().toLowerCase(Locale.ROOT);
        }
        return names;
    }
}
