package io.tidemark.job.dataset;

import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.RawInputs;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;

/**
 * The archive's newest stretch without a missing hour, to its last event, in whole seconds: what a
 * dataset is made of when nobody says.
 */
public record ArchiveSpan(Instant from, Instant to) {
    private static final String SPAN = "dataset.span";

    /** Reads the oldest and the newest hours; 1970 when there are no events. */
    public static ArchiveSpan of(String archiveRoot) throws IOException {
        Path root = new Path(archiveRoot);
        RawEvents events = RawEvents.in(root, SymbolChoice.ALL, RawView.FINAL);
        List<RawInputs.Period> periods = RawInputs.in(root).periods();
        long newest = periods.isEmpty() ? 0 : periods.get(periods.size() - 1).fromMicros();
        return new ArchiveSpan(
                second(Math.max(newest, events.firstEventMicros().orElse(0))),
                second(events.lastEventMicros().orElse(0)).plusSeconds(1));
    }

    private static Instant second(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A dataset's settings, with the archive's span when they name no period. */
    public static Map<String, String> withSpan(Map<String, String> settings, String archiveRoot)
            throws IOException {
        if (!settings.getOrDefault(SPAN, "").isEmpty()
                || !settings.getOrDefault("dataset.train", "").isEmpty()) {
            return settings;
        }
        Map<String, String> spanned = new TreeMap<>(settings);
        spanned.put(SPAN, of(archiveRoot).text());
        return spanned;
    }

    /** {@code FROM/TO}, ISO 8601. */
    String text() {
        return from + "/" + to;
    }
}
