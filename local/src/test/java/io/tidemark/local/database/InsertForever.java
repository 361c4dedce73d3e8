package io.tidemark.local.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A JVM with a database that commits a row and is killed. */
final class InsertForever {
    private InsertForever() {}

    public static void main(String[] args) throws Exception {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(Path.of(args[0]), Integer.parseInt(args[1]));
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
            for (int i = 0; ; i++) {
                statement.execute("INSERT INTO kept VALUES (" + i + ")");
                if (i == 9) {
                    System.out.println("committed");
                }
            }
        }
    }
}
