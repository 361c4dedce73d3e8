package io.tidemark.local.drill;

import io.tidemark.job.archive.ParquetFiles;
import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.archive.RejectedRecords;
import io.tidemark.schemas.archive.avro.RejectedRecord;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/**
 * A whole archive, read: what became of each message, by its number, and the accepted events. In
 * memory, so for drills and tests; some 200 bytes an event.
 */
public final class ArchiveAudit {
    private final Map<EventType, FateCounts> rows = new EnumMap<>(EventType.class);
    private final MessageFates fates = new MessageFates();
    private final AcceptedEvents accepted = new AcceptedEvents();

    /** Of an empty archive. */
    ArchiveAudit() {
        for (EventType type : EventType.values()) {
            rows.put(type, FateCounts.NONE);
        }
    }

    /** Reads it. */
    static ArchiveAudit of(Path root) throws IOException {
        ArchiveAudit audit = new ArchiveAudit();
        for (EventType type : EventType.values()) {
            for (String kind : new String[] {"raw", "duplicates"}) {
                for (Path file : parts(root.resolve(kind + "/type=" + type.wireName()))) {
                    audit.readEvents(type, file);
                }
            }
        }
        for (Path file : parts(root.resolve("rejected"))) {
            audit.readRejected(file);
        }
        return audit;
    }

    /** The accepted events in canonical order, by symbol; all of them in memory at once. */
    public static Map<String, List<MarketEvent>> acceptedOf(Path root) throws IOException {
        AcceptedEvents accepted = of(root).accepted();
        Map<String, List<MarketEvent>> events = new TreeMap<>();
        accepted.symbols().forEach(symbol -> events.put(symbol, accepted.of(symbol)));
        return events;
    }

    AcceptedEvents accepted() {
        return accepted;
    }

    /** Rows by type and fate. */
    Map<EventType, FateCounts> rows() {
        return rows;
    }

    /** What became of each message. */
    MessageFates fates() {
        return fates;
    }

    private void readEvents(EventType type, Path file) throws IOException {
        try (ParquetReader<SpecificRecord> reader =
                ParquetFiles.reader(new LocalInputFile(file), ArchiveRecords.schema(type))) {
            for (SpecificRecord one = reader.read(); one != null; one = reader.read()) {
                add(ArchiveRecords.toEvent(one), ArchiveRecords.verdict(one));
            }
        }
    }

    /** Takes a row of the raw archive, or of the duplicates. */
    void add(MarketEvent event, Verdict verdict) {
        int number =
                Optional.ofNullable(event.header().traceId())
                        .map(PlannedMessages::number)
                        .orElse(-1);
        fates.met(number, verdict);
        count(
                event.type(),
                switch (verdict) {
                    case ACCEPTED -> new FateCounts(1, 0, 0, 0);
                    case DUPLICATE -> new FateCounts(0, 1, 0, 0);
                    case LATE -> new FateCounts(0, 0, 1, 0);
                });
        if (verdict == Verdict.ACCEPTED) {
            accepted.add(event);
        }
    }

    private void readRejected(Path file) throws IOException {
        try (ParquetReader<IndexedRecord> reader =
                ParquetFiles.reader(new LocalInputFile(file), RejectedRecords.schema())) {
            for (IndexedRecord one = reader.read(); one != null; one = reader.read()) {
                RejectedMessage message = RejectedRecords.toMessage((RejectedRecord) one);
                addRejected(
                        MarketQueues.typeOf(message.queue()),
                        message.headers().getOrDefault("trace_id", ""),
                        message.reason());
            }
        }
    }

    /** Takes a row of the rejected archive, from the queue of that type. */
    void addRejected(EventType type, String traceId, RejectReason reason) {
        fates.rejected(PlannedMessages.number(traceId), reason);
        count(type, new FateCounts(0, 0, 0, 1));
    }

    private void count(EventType type, FateCounts more) {
        rows.merge(type, more, FateCounts::plus);
    }

    private static List<Path> parts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
        }
    }
}
