package io.tidemark.job.archive;

import io.tidemark.job.archive.PartitionAssigner.PartitionOf;
import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import java.util.Arrays;
import org.apache.flink.core.fs.Path;

/**
 * The raw archive: every accepted and every late event, under {@code
 * raw/type={type}/date=YYYY-MM-DD/hour=HH/}, by event time in UTC. Features are rebuilt from it, so
 * it is written exactly once: a part appears at the checkpoint that covers its rows.
 *
 * <p>One sink for all types, since each sink costs the job a writer and a committer task.
 */
public final class RawArchive {
    private RawArchive() {}

    /** The sink into {@code root/raw}: accepted and late events. */
    public static ArchiveSink<ArchivedEvent> sink(Path root) {
        return into(new Path(root, "raw"));
    }

    /**
     * The sink into {@code root/duplicates}, of the same form: what was seen before, apart from the
     * raw archive, so that one event stands there once and every message is accounted for.
     */
    public static ArchiveSink<ArchivedEvent> duplicates(Path root) {
        return into(new Path(root, "duplicates"));
    }

    private static ArchiveSink<ArchivedEvent> into(Path folder) {
        return ArchiveSinks.sink(
                folder,
                new EventFolders(),
                row -> ArchiveRecords.toRecord(row.event(), row.verdict()));
    }

    private static final class EventFolders implements PartitionOf<ArchivedEvent> {
        private static final long serialVersionUID = 1L;

        private final HourFolders[] byType =
                Arrays.stream(EventType.values())
                        .map(type -> new HourFolders("type=" + type.wireName()))
                        .toArray(HourFolders[]::new);

        @Override
        public String of(ArchivedEvent row) {
            MarketEvent event = row.event();
            return byType[event.type().ordinal()].of(event.eventTimeMicros());
        }
    }
}
