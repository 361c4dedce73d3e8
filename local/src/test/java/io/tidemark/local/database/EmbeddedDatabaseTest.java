package io.tidemark.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.local.testdata.ForkedJvm;
import io.tidemark.local.testdata.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir Path data;

    @Test
    void committedRowsAreThereAfterAKillThatLeavesTheServerRunning() throws Exception {
        int port = FreePort.find();
        try (ForkedJvm jvm =
                ForkedJvm.start(InsertForever.class, data.toString(), Integer.toString(port))) {
            jvm.awaitLine("committed");
            jvm.kill();
        }
        // The killed JVM's server still has the port and the data.
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, port)) {
            assertThat(text(database, "SELECT count(*) >= 10 FROM kept")).isEqualTo("t");
            assertThat(text(database, "SHOW fsync")).isEqualTo("on");
            assertThat(text(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(text(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            database.jdbcUrl(), "tidemark", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(database.jdbcUrl(), "postgres", ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aPidFileOfAProcessThatIsNoServerIsRemoved() throws Exception {
        Path directory = Files.createDirectories(data.resolve("data"));
        Path pidFile = directory.resolve("postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + directory + "\n");
        EmbeddedDatabase.stopLeftover(data);
        assertThat(pidFile).doesNotExist();
    }

    private static String text(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
