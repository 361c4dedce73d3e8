package io.tidemark.job.quality;

import io.tidemark.features.quality.MinuteFates;
import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.features.quality.QualityMeter;
import io.tidemark.features.quality.QualityReport;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The quality of one symbol's data over a span of the archive, by the meters of {@link
 * io.tidemark.features.quality}. An event that is there twice, as of a backfill over live data, is
 * a duplicate and measured once. Messages that could not be read have no symbol and are not counted
 * here. What came late is counted, and left out of the measurement as it was of the rows.
 */
public final class ArchiveQuality {
    private static final long MINUTE = 60_000_000;

    private final Map<EventType, QualityMeter> meters = new EnumMap<>(EventType.class);
    private final Map<EventType, Map<Long, long[]>> fates = new EnumMap<>(EventType.class);
    private final String symbol;
    private @Nullable MarketEvent last;

    private ArchiveQuality(String symbol) {
        this.symbol = symbol;
    }

    /** Who is told how far it is. */
    @FunctionalInterface
    public interface Watcher {
        /** The event times up to here are read; called once a minute of them. */
        void at(long eventTimeMicros);
    }

    /**
     * Measures [from, to).
     *
     * @param root of the archive
     */
    public static QualityReport of(
            Path root, String symbol, long fromMicros, long toMicros, Watcher watcher)
            throws IOException {
        ArchiveQuality quality = new ArchiveQuality(symbol);
        SymbolChoice choice = SymbolChoice.of(Set.of(symbol));
        RawEvents.in(root, choice, RawView.LATE)
                .read(fromMicros, toMicros, event -> quality.count(event, 1));
        RawEvents.duplicates(root, choice)
                .read(fromMicros, toMicros, event -> quality.count(event, 0));
        long[] minute = {Long.MIN_VALUE};
        RawEvents.in(root, choice, RawView.AS_SERVED)
                .read(
                        fromMicros,
                        toMicros,
                        event -> {
                            quality.take(event);
                            long now = Math.floorDiv(event.eventTimeMicros(), MINUTE);
                            if (now != minute[0]) {
                                minute[0] = now;
                                watcher.at(event.eventTimeMicros());
                            }
                        });
        return quality.report(fromMicros, toMicros);
    }

    private void take(MarketEvent event) {
        if (isCopy(event)) {
            count(event, 0);
            return;
        }
        last = event;
        meters.computeIfAbsent(event.type(), type -> new QualityMeter(symbol, type)).take(event);
    }

    /** Copies follow each other in canonical order. */
    private boolean isCopy(MarketEvent event) {
        MarketEvent before = last;
        return before != null
                && before.type() == event.type()
                && before.eventTimeMicros() == event.eventTimeMicros()
                && Objects.equals(before.header().id(), event.header().id());
    }

    /** Counts a fate: 0 duplicate, 1 late. */
    private void count(MarketEvent event, int fate) {
        long minute = Math.floorDiv(event.eventTimeMicros(), MINUTE) * MINUTE;
        fates.computeIfAbsent(event.type(), type -> new TreeMap<>())
                .computeIfAbsent(minute, m -> new long[2])[fate]++;
    }

    private QualityReport report(long fromMicros, long toMicros) {
        List<MinuteQuality> minutes = new ArrayList<>();
        meters.values().forEach(meter -> minutes.addAll(meter.measured()));
        List<MinuteFates> all = new ArrayList<>();
        fates.forEach(
                (type, byMinute) ->
                        byMinute.forEach(
                                (minute, counts) ->
                                        all.add(
                                                new MinuteFates(
                                                        type, minute, counts[0], counts[1], 0))));
        return QualityReport.of(symbol, fromMicros, toMicros, minutes, all);
    }
}
