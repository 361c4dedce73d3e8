package io.tidemark.job.archive;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * {@link ArchivePartition#dateAndHour} below folders of one key, for rows that come about in order
 * of time: the last answer is kept, since the calendar costs more than the rest of the row's way to
 * its file. For one thread.
 */
final class HourFolders implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final String above;
    private long hour;
    private @Nullable String folder;

    /**
     * @param above the folder above, {@code type=trade}
     */
    HourFolders(String above) {
        this.above = above;
    }

    /** {@code type=trade/date=2025-12-07/hour=09}. */
    String of(long micros) {
        long itsHour = Math.floorDiv(micros, HOUR_MICROS);
        String known = folder;
        if (known == null || itsHour != hour) {
            known = above + "/" + ArchivePartition.dateAndHour(micros);
            hour = itsHour;
            folder = known;
        }
        return known;
    }
}
