package io.tidemark.job.archive;

import io.tidemark.schemas.archive.RejectedRecords;
import io.tidemark.schemas.event.RejectedMessage;
import org.apache.flink.core.fs.Path;

/**
 * The archive of refused messages, under {@code rejected/date=YYYY-MM-DD/}. A refused message has
 * no trustworthy time of its own, so the date is that of its reading, in UTC.
 */
public final class RejectedArchive {
    private RejectedArchive() {}

    /** The sink into {@code root/rejected}. */
    public static ArchiveSink<RejectedMessage> sink(Path root) {
        return ArchiveSinks.sink(
                new Path(root, "rejected"),
                message -> ArchivePartition.date(message.ingestedMicros()),
                RejectedRecords::toRecord);
    }
}
