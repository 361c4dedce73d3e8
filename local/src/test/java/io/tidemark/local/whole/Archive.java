package io.tidemark.local.whole;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.job.archive.ParquetFiles;
import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** An archive on disk, as an analyst finds it. */
record Archive(Path root) {

    /** All raw events in canonical order, by symbol. */
    Map<String, List<MarketEvent>> eventsBySymbol() throws IOException {
        List<MarketEvent> events = new ArrayList<>();
        for (EventType type : EventType.values()) {
            for (Path file : parts(root.resolve("raw/type=" + type.wireName()))) {
                read(type, file, events);
            }
        }
        events.sort(CanonicalOrder.INSTANCE);
        return events.stream()
                .collect(
                        Collectors.groupingBy(
                                MarketEvent::symbol, LinkedHashMap::new, Collectors.toList()));
    }

    private static void read(EventType type, Path file, List<MarketEvent> into) throws IOException {
        try (ParquetReader<SpecificRecord> reader =
                ParquetFiles.reader(new LocalInputFile(file), ArchiveRecords.schema(type))) {
            for (SpecificRecord one = reader.read(); one != null; one = reader.read()) {
                into.add(ArchiveRecords.toEvent(one));
            }
        }
    }

    private static List<Path> parts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
        }
    }

    boolean has(String folder) throws IOException {
        return !parts(root.resolve(folder)).isEmpty();
    }

    /** Rows of a query; {@code {raw/type=trade}} stands for that folder's files. */
    List<List<Object>> query(String sql) throws SQLException {
        String text =
                sql.replaceAll(
                        "\\{([^}]+)\\}",
                        "read_parquet('"
                                + root
                                + "/$1/**/part-*.parquet', hive_partitioning = true)");
        List<List<Object>> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet found = statement.executeQuery(text)) {
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    long count(String folder) throws SQLException, IOException {
        if (!has(folder)) {
            return 0;
        }
        return ((Number) query("SELECT count(*) FROM {" + folder + "}").get(0).get(0)).longValue();
    }
}
