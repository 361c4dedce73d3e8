package io.tidemark.local.drill;

import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Faults of PostgreSQL. */
final class DatabaseFaults {
    private static final int LOCKED_MILLIS = 8_000;
    private static final int AWAY_MILLIS = 15_000;
    private static final int SLOW_TURNS = 5;
    private static final int TERMINATIONS = 4;

    private DatabaseFaults() {}

    static void kill(Scene scene) throws IOException {
        scene.platform().database().kill();
        scene.platform().database().startAgain();
    }

    static void away(Scene scene) throws IOException, InterruptedException {
        scene.platform().database().kill();
        try {
            scene.clock().pause(AWAY_MILLIS);
        } finally {
            scene.platform().database().startAgain();
        }
    }

    static void terminateSessions(Scene scene) throws SQLException, InterruptedException {
        for (int i = 0; i < TERMINATIONS; i++) {
            try (Connection session = scene.platform().database().connect();
                    Statement statement = session.createStatement()) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name LIKE 'tidemark%'");
            }
            scene.clock().pause(2_000);
        }
    }

    static void lockTable(Scene scene) throws SQLException, InterruptedException {
        lockTable(scene, LOCKED_MILLIS);
    }

    /** Nobody reads or writes rows for so long. */
    static void lockTable(Scene scene, long millis) throws SQLException, InterruptedException {
        try (Connection session = scene.platform().database().connect();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("LOCK TABLE feature_row IN ACCESS EXCLUSIVE MODE");
            scene.clock().pause(millis);
            session.rollback();
        }
    }

    static void slow(Scene scene) throws SQLException, IOException, InterruptedException {
        for (int i = 0; i < SLOW_TURNS; i++) {
            List<Long> backends = backends(scene);
            signal("STOP", backends);
            try {
                scene.clock().pause(1_000);
            } finally {
                signal("CONT", backends);
            }
            scene.clock().pause(1_000);
        }
    }

    private static List<Long> backends(Scene scene) throws SQLException {
        List<Long> backends = new ArrayList<>();
        try (Connection session = scene.platform().database().connect();
                Statement statement = session.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'tidemark%'")) {
            while (rows.next()) {
                backends.add(rows.getLong(1));
            }
        }
        return backends;
    }

    private static void signal(String signal, List<Long> processes)
            throws IOException, InterruptedException {
        for (long process : processes) {
            // One that ended meanwhile is none to stop.
            var unused =
                    new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                            .start()
                            .waitFor();
        }
    }
}
