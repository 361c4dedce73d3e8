package io.tidemark.job.archive;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.api.Binary;

/**
 * The raw archive read in canonical order. Folders outside the span are not opened; of a file only
 * the row groups whose statistics meet the span and the symbols are read, and of those the pages.
 *
 * <p>What is on the heap is the row groups that overlap at one time, not the span: of files as the
 * stream leaves them, about a checkpoint's.
 */
public final class RawEvents {
    private static final String TIME = "event_time";

    private final Map<EventType, NavigableMap<Long, Path>> hours = new EnumMap<>(EventType.class);
    private final SymbolChoice symbols;
    private final RawView view;

    private RawEvents(SymbolChoice symbols, RawView view) {
        this.symbols = symbols;
        this.view = view;
    }

    /** Who takes the events. */
    @FunctionalInterface
    public interface Taker {
        /** The next event in canonical order; the same one may come twice in a row. */
        void take(MarketEvent event) throws IOException;
    }

    /** The archive under that root as it is now. Lists folders; opens no file. */
    public static RawEvents in(Path root, SymbolChoice symbols, RawView view) throws IOException {
        return in(root, symbols, view, EnumSet.allOf(EventType.class));
    }

    /** The events of some types only; the files of the others are not looked at. */
    public static RawEvents in(Path root, SymbolChoice symbols, RawView view, Set<EventType> types)
            throws IOException {
        return under(new Path(root, "raw"), symbols, view, types);
    }

    /** The events that were seen before, which are kept apart from the raw archive. */
    public static RawEvents duplicates(Path root, SymbolChoice symbols) throws IOException {
        return under(
                new Path(root, "duplicates"),
                symbols,
                RawView.FINAL,
                EnumSet.allOf(EventType.class));
    }

    private static RawEvents under(
            Path tree, SymbolChoice symbols, RawView view, Set<EventType> types)
            throws IOException {
        RawEvents events = new RawEvents(symbols, view);
        for (EventType type : types) {
            events.hours.put(type, ArchiveFolders.hours(new Path(tree, "type=" + type.wireName())));
        }
        return events;
    }

    /** When the first hour with a folder begins; empty when there is none. */
    public OptionalLong beginMicros() {
        return hours.values().stream()
                .filter(one -> !one.isEmpty())
                .mapToLong(NavigableMap::firstKey)
                .min();
    }

    /** The first event of any symbol, by the statistics of the first files; empty when none. */
    public OptionalLong firstEventMicros() throws IOException {
        long first = Long.MAX_VALUE;
        for (NavigableMap<Long, Path> one : hours.values()) {
            for (Path hour : one.values()) {
                long ofHour = Long.MAX_VALUE;
                for (Path file : ArchiveFolders.files(hour)) {
                    for (RowGroup group : RowGroup.of(file, TIME)) {
                        ofHour = Math.min(ofHour, group.minMicros());
                    }
                }
                first = Math.min(first, ofHour);
                if (ofHour != Long.MAX_VALUE) {
                    break;
                }
            }
        }
        return first == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** The latest event of any symbol, by the statistics of the last files; empty when none. */
    public OptionalLong lastEventMicros() throws IOException {
        long last = Long.MIN_VALUE;
        for (NavigableMap<Long, Path> one : hours.values()) {
            for (Map.Entry<Long, Path> hour : one.descendingMap().entrySet()) {
                long ofHour = Long.MIN_VALUE;
                for (RowGroup group :
                        RowGroup.within(hour.getValue(), TIME, Long.MIN_VALUE, Long.MAX_VALUE)) {
                    ofHour = Math.max(ofHour, group.maxMicros());
                }
                last = Math.max(last, ofHour);
                if (ofHour != Long.MIN_VALUE) {
                    break;
                }
            }
        }
        return last == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /**
     * Hands over every event with time in [from, to).
     *
     * @throws IOException when a file cannot be read, or from the taker
     */
    public void read(long fromMicros, long toMicros, Taker taker) throws IOException {
        Set<Long> all = new TreeSet<>();
        hours.values().forEach(one -> all.addAll(one.keySet()));
        for (long hour : all) {
            if (hour < toMicros && hour + ArchiveFolders.HOUR > fromMicros) {
                readHour(hour, fromMicros, toMicros, taker);
            }
        }
    }

    private record Typed(EventType type, RowGroup group) {}

    private void readHour(long hour, long fromMicros, long toMicros, Taker taker)
            throws IOException {
        SwitchedSweep<Typed, MarketEvent> sweep =
                new SwitchedSweep<>(
                        () ->
                                new Sweep<>(
                                        groups(hour, fromMicros, toMicros),
                                        one -> one.group().minMicros(),
                                        (one, into) -> load(one, fromMicros, toMicros, into),
                                        CanonicalOrder.INSTANCE,
                                        MarketEvent::eventTimeMicros),
                        CanonicalOrder.INSTANCE);
        for (MarketEvent event = sweep.next(); event != null; event = sweep.next()) {
            taker.take(event);
        }
    }

    private List<Typed> groups(long hour, long fromMicros, long toMicros) throws IOException {
        List<Typed> groups = new ArrayList<>();
        for (Map.Entry<EventType, NavigableMap<Long, Path>> type : hours.entrySet()) {
            Path folder = type.getValue().get(hour);
            if (folder == null) {
                continue;
            }
            for (RowGroup group : RowGroup.within(folder, TIME, fromMicros, toMicros)) {
                groups.add(new Typed(type.getKey(), group));
            }
        }
        return groups;
    }

    private void load(Typed one, long fromMicros, long toMicros, List<MarketEvent> into)
            throws IOException {
        RowGroup group = one.group();
        try (ParquetReader<SpecificRecord> reader =
                ParquetFiles.reader(
                        group, ArchiveRecords.schema(one.type()), wanted(fromMicros, toMicros))) {
            for (SpecificRecord record = reader.read(); record != null; record = reader.read()) {
                MarketEvent event = ArchiveRecords.toEvent(record);
                if (symbols.has(event.symbol())) {
                    into.add(event);
                }
            }
        }
    }

    private FilterPredicate wanted(long fromMicros, long toMicros) {
        FilterPredicate wanted =
                FilterApi.and(
                        FilterApi.gtEq(FilterApi.longColumn(TIME), fromMicros),
                        FilterApi.lt(FilterApi.longColumn(TIME), toMicros));
        if (!symbols.names().isEmpty()) {
            Set<Binary> names = new HashSet<>();
            symbols.names().forEach(name -> names.add(Binary.fromString(name)));
            wanted = FilterApi.and(FilterApi.in(FilterApi.binaryColumn("symbol"), names), wanted);
        }
        if (view != RawView.FINAL) {
            Verdict verdict = view == RawView.LATE ? Verdict.LATE : Verdict.ACCEPTED;
            wanted = FilterApi.and(wanted, verdictIs(verdict));
        }
        return wanted;
    }

    private static FilterPredicate verdictIs(Verdict verdict) {
        return FilterApi.eq(
                FilterApi.binaryColumn("verdict"),
                Binary.fromString(verdict.name().toLowerCase(Locale.ROOT)));
    }
}
