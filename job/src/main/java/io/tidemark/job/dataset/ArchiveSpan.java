package io.tidemark.job.dataset;

import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.RawInputs;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;

/**
 * What a dataset is made of when nobody says: the archive's newest stretch without a missing hour,
 * in whole seconds, to its last settled event.
 *
 * <p>The files of a checkpoint appear one after the other, and those of the next seconds later. A
 * row or a label of these seconds would come out otherwise a moment after. So of an archive that is
 * being written the newest {@link #UNSETTLED} are left out, which is longer than a checkpoint's
 * interval should be; of one at rest nothing is.
 *
 * @param through nothing later is used
 */
public record ArchiveSpan(Instant from, Instant to, Instant through) {
    /** The newest stretch that is not used while the archive is being written. */
    static final Duration UNSETTLED = Duration.ofSeconds(30);

    /** It is being written when a file of it is younger. */
    static final Duration AT_REST = Duration.ofMinutes(2);

    private static final String SPAN = "dataset.span";
    private static final String THROUGH = "dataset.through";

    /** Reads the oldest and the newest hours; 1970 when there are no events. */
    public static ArchiveSpan of(String archiveRoot, InstantSource clock) throws IOException {
        Path root = new Path(archiveRoot);
        RawInputs inputs = RawInputs.in(root);
        boolean atRest =
                Instant.ofEpochMilli(inputs.lastWrittenMillis())
                        .isBefore(clock.instant().minus(AT_REST));
        RawEvents events = RawEvents.in(root, SymbolChoice.ALL, RawView.FINAL);
        List<RawInputs.Period> periods = inputs.periods();
        long newest = periods.isEmpty() ? 0 : periods.get(periods.size() - 1).fromMicros();
        Instant last = instant(events.lastEventMicros().orElse(0));
        Instant through = atRest ? last : last.minus(UNSETTLED);
        Instant from = second(instant(Math.max(newest, events.firstEventMicros().orElse(newest))));
        Instant to = second(through).plusSeconds(1);
        return new ArchiveSpan(from, to.isBefore(from) ? from : to, through);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * A dataset's settings, with what is settled of the archive, and its span when they name no
     * period.
     */
    public static Map<String, String> withSpan(
            Map<String, String> settings, String archiveRoot, InstantSource clock)
            throws IOException {
        ArchiveSpan all = of(archiveRoot, clock);
        Map<String, String> spanned = new TreeMap<>(settings);
        if (settings.getOrDefault(THROUGH, "").isEmpty()) {
            spanned.put(THROUGH, all.through().toString());
        }
        if (settings.getOrDefault(SPAN, "").isEmpty()
                && settings.getOrDefault("dataset.train", "").isEmpty()) {
            spanned.put(SPAN, all.from() + "/" + all.to());
        }
        return spanned;
    }
}
