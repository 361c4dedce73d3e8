package io.tidemark.schemas.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes what a release leaves behind: its schemas and a file of each kind. Run once, by hand, when
 * a release is made, with the new folder as argument; refuses to replace a file. No test calls it.
 */
final class WriteGoldenFiles {
    private WriteGoldenFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (EventType type : EventType.values()) {
            List<IndexedRecord> records = new ArrayList<>();
            for (MarketEvent event : GoldenRelease01.EVENTS) {
                if (event.type() == type) {
                    Verdict verdict = records.isEmpty() ? Verdict.ACCEPTED : Verdict.LATE;
                    records.add(ArchiveRecords.toRecord(event, verdict));
                }
            }
            write(folder, type.wireName(), ArchiveRecords.schema(type), records);
        }
        write(
                folder,
                "rejected",
                RejectedRecords.schema(),
                GoldenRelease01.REJECTED.stream().map(RejectedRecords::toRecord).toList());
        write(
                folder.resolve("features.avsc"),
                FeatureRowSchema.of("1.0.0", List.of("mid_price")).toString().getBytes(UTF_8));
    }

    private static void write(
            Path folder, String name, Schema schema, List<? extends IndexedRecord> records)
            throws IOException {
        write(folder.resolve(name + ".avsc"), schema.toString().getBytes(UTF_8));
        write(folder.resolve(name + ".avro"), AvroFiles.bytes(schema, records));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    }
}
