package io.tidemark.job.archive;

import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** A raw archive laid out as the sink does, from given events. */
public final class WrittenArchive {
    private final Path root;
    private final String name;
    private int files;

    /** Under that folder, empty at first. */
    public WrittenArchive(Path root) {
        this(root, "");
    }

    /** Beside what others wrote there: the name makes the files differ. */
    public WrittenArchive(Path root, String name) {
        this.root = root;
        this.name = name;
    }

    /** Writes events, in their order, as one checkpoint would: a file a type and hour. */
    public void add(List<MarketEvent> events, Verdict verdict) throws IOException {
        Map<String, List<MarketEvent>> byFolder = new TreeMap<>();
        for (MarketEvent event : events) {
            String folder =
                    "raw/type="
                            + event.type().wireName()
                            + "/"
                            + ArchivePartition.dateAndHour(event.eventTimeMicros());
            byFolder.computeIfAbsent(folder, f -> new ArrayList<>()).add(event);
        }
        for (Map.Entry<String, List<MarketEvent>> one : byFolder.entrySet()) {
            Path folder = Files.createDirectories(root.resolve(one.getKey()));
            EventType type = one.getValue().get(0).type();
            try (ParquetWriter<IndexedRecord> writer =
                    ParquetFiles.writer(
                            new LocalOutputFile(
                                    folder.resolve("part-" + name + files++ + ".parquet")),
                            ArchiveRecords.schema(type))) {
                for (MarketEvent event : one.getValue()) {
                    writer.write(ArchiveRecords.toRecord(event, verdict));
                }
            }
        }
    }
}
