package io.tidemark.job.serving;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that were asked for: one worker's view of them, over one connection, opened when
 * first needed and anew when a call failed. For one thread. Schema: {@code db/migration/V005}.
 */
public final class DatasetQueue implements AutoCloseable {
    /** How long a worker may say nothing before another takes its dataset over. */
    public static final int SILENT_SECONDS = 30;

    /** How often a dataset is begun before it fails. */
    public static final int MOST_ATTEMPTS = 3;

    private static final String TAKE =
            """
            UPDATE dataset SET status = 'building', worker = ?, attempts = attempts + 1, fraction = 0,
                doing = '', started_at = clock_timestamp(), seen_at = clock_timestamp()
            WHERE dataset_id = (
                SELECT dataset_id FROM dataset
                WHERE status = 'queued'
                    OR (status = 'building' AND seen_at < clock_timestamp() - make_interval(secs => ?))
                ORDER BY requested_at
                LIMIT 1
                FOR UPDATE SKIP LOCKED)
            RETURNING dataset_id, request::text, registry_yaml, cadence_micros, attempts
            """;

    private static final String TELL =
            """
            UPDATE dataset SET fraction = ?, doing = ?, seen_at = clock_timestamp()
            WHERE dataset_id = ? AND worker = ? AND status = 'building'
            RETURNING cancel
            """;

    private static final String END =
            """
            UPDATE dataset SET status = ?, error = ?, rows = CAST(? AS jsonb), doing = '',
                fraction = CASE WHEN ? = 'ready' THEN 1 ELSE fraction END,
                finished_at = clock_timestamp()
            WHERE dataset_id = ? AND worker = ? AND status = 'building'
            """;

    private static final String UNANNOUNCED =
            """
            SELECT dataset_id, symbol, status, error, rows::text, request::text, trace_id
            FROM dataset
            WHERE NOT announced AND status IN ('ready', 'failed', 'cancelled')
            ORDER BY requested_at
            """;

    private static final String ANNOUNCED =
            "UPDATE dataset SET announced = true WHERE dataset_id = ?";

    private static final String DELETING =
            "SELECT dataset_id FROM dataset WHERE status = 'deleting' ORDER BY requested_at";

    private static final String DELETED =
            "DELETE FROM dataset WHERE dataset_id = ? AND status = 'deleting'";

    private final ServingStoreSettings settings;
    private final UUID worker = UUID.randomUUID();
    private @Nullable Connection connection;

    /**
     * A dataset that was taken.
     *
     * @param request settings as a JSON object
     * @param attempt which it is, from 1
     */
    public record Wanted(
            String id, String request, String registryYaml, long cadenceMicros, int attempt) {}

    /**
     * A dataset that came to its end.
     *
     * @param rows by split, a JSON object; null unless ready
     * @param request settings as a JSON object
     */
    public record Ended(
            String id,
            String symbol,
            String status,
            @Nullable String error,
            @Nullable String rows,
            String request,
            String traceId) {}

    /** Not yet connected. */
    public DatasetQueue(ServingStoreSettings settings) {
        this.settings = settings;
    }

    /** Takes the one that waits longest, or whose worker fell silent; empty when there is none. */
    public Optional<Wanted> take() throws IOException {
        return call(
                open -> {
                    try (PreparedStatement take = open.prepareStatement(TAKE)) {
                        take.setObject(1, worker);
                        take.setInt(2, SILENT_SECONDS);
                        try (ResultSet row = take.executeQuery()) {
                            return row.next()
                                    ? Optional.of(
                                            new Wanted(
                                                    row.getString(1),
                                                    row.getString(2),
                                                    row.getString(3),
                                                    row.getLong(4),
                                                    row.getInt(5)))
                                    : Optional.<Wanted>empty();
                        }
                    }
                });
    }

    /** Says how far it is; whether to go on: not when it was cancelled or is another worker's. */
    public boolean tell(String id, double fraction, String doing) throws IOException {
        return call(
                open -> {
                    try (PreparedStatement tell = open.prepareStatement(TELL)) {
                        tell.setDouble(1, fraction);
                        tell.setString(2, doing);
                        tell.setString(3, id);
                        tell.setObject(4, worker);
                        try (ResultSet row = tell.executeQuery()) {
                            return row.next() && !row.getBoolean(1);
                        }
                    }
                });
    }

    /**
     * Ends it: ready, failed or cancelled.
     *
     * @param rows by split, a JSON object
     */
    public void end(String id, String status, @Nullable String error, @Nullable String rows)
            throws IOException {
        call(
                open -> {
                    try (PreparedStatement end = open.prepareStatement(END)) {
                        end.setString(1, status);
                        end.setString(2, error);
                        end.setString(3, rows);
                        end.setString(4, status);
                        end.setString(5, id);
                        end.setObject(6, worker);
                        return end.executeUpdate();
                    }
                });
    }

    /** Those that ended and of which nobody was told. */
    public List<Ended> unannounced() throws IOException {
        return call(
                open -> {
                    List<Ended> ended = new ArrayList<>();
                    try (PreparedStatement select = open.prepareStatement(UNANNOUNCED);
                            ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            ended.add(
                                    new Ended(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4),
                                            row.getString(5),
                                            row.getString(6),
                                            row.getString(7)));
                        }
                    }
                    return ended;
                });
    }

    /** It was told of. */
    public void announced(String id) throws IOException {
        update(ANNOUNCED, id);
    }

    /** Those to delete the files of. */
    public List<String> deleting() throws IOException {
        return call(
                open -> {
                    List<String> ids = new ArrayList<>();
                    try (PreparedStatement select = open.prepareStatement(DELETING);
                            ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            ids.add(row.getString(1));
                        }
                    }
                    return ids;
                });
    }

    /** Its files are gone. */
    public void deleted(String id) throws IOException {
        update(DELETED, id);
    }

    private void update(String statement, String id) throws IOException {
        call(
                open -> {
                    try (PreparedStatement update = open.prepareStatement(statement)) {
                        update.setString(1, id);
                        return update.executeUpdate();
                    }
                });
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(Connection open) throws SQLException;
    }

    private <T> T call(Call<T> call) throws IOException {
        try {
            Connection open = connection;
            if (open == null) {
                open = StoreSession.connect(settings, "tidemark-datasets");
                connection = open;
            }
            return call.on(open);
        } catch (SQLException e) {
            close();
            throw new IOException("the serving store cannot be asked for datasets", e);
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException broken) {
                // It is of no use any more, which is why it is closed.
            }
        }
    }
}
