package io.tidemark.local.whole;

import io.tidemark.local.drill.ArchiveAudit;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An archive on disk, as an analyst finds it. */
record Archive(Path root) {

    /** The accepted events in canonical order, by symbol. */
    Map<String, List<MarketEvent>> eventsBySymbol() throws IOException {
        return ArchiveAudit.acceptedOf(root);
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
