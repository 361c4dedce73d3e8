package io.tidemark.local.whole;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.job.archive.ParquetFiles;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** A raw archive as a stream leaves it that ends a part every few events, shuffled within parts. */
final class SmallFiles {
    private static final int EVENTS_A_FILE = 40;
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("'date='yyyy-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private final Path root;
    private final List<EventType> types;
    private final List<MarketEvent> events = new ArrayList<>();
    private int files;

    SmallFiles(Path root, List<EventType> types) {
        this.root = root;
        this.types = types;
    }

    /** More of it: a market of two symbols that begins then and lasts so long, some 40 a second. */
    void add(Instant begin, int seconds) throws IOException {
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, begin);
        MarketSimulator market =
                new MarketSimulator(
                        new SimulatorSettings(List.of("BTCUSDT", "ETHUSDT"), 40, files), start);
        Map<String, List<MarketEvent>> open = new TreeMap<>();
        while (market.nextTimeMicros() < start + seconds * 1_000_000L) {
            MarketEvent event = market.next();
            if (!types.contains(event.type())) {
                continue;
            }
            events.add(event);
            String folder = folder(event);
            List<MarketEvent> part = open.computeIfAbsent(folder, any -> new ArrayList<>());
            part.add(event);
            if (part.size() == EVENTS_A_FILE) {
                write(folder, part);
                open.remove(folder);
            }
        }
        for (Map.Entry<String, List<MarketEvent>> rest : open.entrySet()) {
            write(rest.getKey(), rest.getValue());
        }
    }

    /** Those of a type at or after a time and before another, as replay orders them. */
    List<MarketEvent> events(EventType type, Instant from, Instant to) {
        return events.stream()
                .filter(event -> event.type() == type)
                .filter(event -> event.eventTimeMicros() >= micros(from))
                .filter(event -> event.eventTimeMicros() < micros(to))
                .sorted(CanonicalOrder.INSTANCE)
                .toList();
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static String folder(MarketEvent event) {
        return "raw/type=%s/%s"
                .formatted(
                        event.type().wireName(),
                        FOLDER.format(
                                Instant.EPOCH.plus(event.eventTimeMicros(), ChronoUnit.MICROS)));
    }

    private void write(String folder, List<MarketEvent> part) throws IOException {
        Path file =
                Files.createDirectories(root.resolve(folder))
                        .resolve("part-%04d-0.parquet".formatted(files));
        shuffle(part, new SplittableRandom(files++));
        try (ParquetWriter<IndexedRecord> writer =
                ParquetFiles.writer(
                        new LocalOutputFile(file), ArchiveRecords.schema(part.get(0).type()))) {
            for (MarketEvent event : part) {
                writer.write(ArchiveRecords.toRecord(event, Verdict.ACCEPTED));
            }
        }
    }

    private static void shuffle(List<MarketEvent> part, SplittableRandom random) {
        for (int i = part.size() - 1; i > 0; i--) {
            MarketEvent one = part.get(i);
            int other = random.nextInt(i + 1);
            part.set(i, part.get(other));
            part.set(other, one);
        }
    }
}
