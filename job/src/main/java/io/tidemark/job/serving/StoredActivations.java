package io.tidemark.job.serving;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The activations of the feature registry, and what the job made of them: over one connection,
 * opened when first needed and anew when a call failed. A call is tried once and waits for the
 * database. For one thread. Schema: {@code db/migration/V003}.
 */
public final class StoredActivations implements AutoCloseable {
    private static final String COLUMNS =
            """
            SELECT a.number, a.version, v.definition, v.cadence_micros
            FROM feature_registry_activation a
            JOIN feature_registry_version v ON v.version = a.version
            LEFT JOIN feature_registry_effect e ON e.activation = a.number
            """;

    private static final String ACTIVE = COLUMNS + "ORDER BY a.number DESC LIMIT 1";

    private static final String SINCE =
            COLUMNS
                    + """
                    WHERE a.number = (SELECT max(number) FROM feature_registry_activation)
                        OR (a.number > ? AND e.outcome = 'switched')
                    ORDER BY a.number
                    """;

    private static final String SETTLE =
            """
            INSERT INTO feature_registry_effect AS e (activation, outcome, effective_from, decided_by)
            VALUES (?, 'switched', ?, ?)
            ON CONFLICT (activation) DO UPDATE
            SET outcome = 'switched',
                effective_from = greatest(e.effective_from, EXCLUDED.effective_from),
                detail = '',
                decided_by = EXCLUDED.decided_by,
                decided_at = clock_timestamp()
            WHERE e.outcome <> 'switched' OR e.decided_by = EXCLUDED.decided_by
            """;

    private static final String SETTLED =
            "SELECT effective_from FROM feature_registry_effect WHERE activation = ?";

    private static final String OTHERWISE =
            """
            INSERT INTO feature_registry_effect (activation, outcome, detail, decided_by)
            VALUES (?, ?, ?, ?)
            ON CONFLICT (activation) DO NOTHING
            """;

    private final ServingStoreSettings settings;
    private final String applicationName;
    private final UUID run = UUID.randomUUID();
    private @Nullable Connection connection;

    /** Not yet connected. */
    public StoredActivations(ServingStoreSettings settings, String applicationName) {
        this.settings = settings;
        this.applicationName = applicationName;
    }

    private Optional<Activation> active() throws IOException {
        return call(
                open -> {
                    try (PreparedStatement select = open.prepareStatement(ACTIVE)) {
                        return read(select).stream().findFirst();
                    }
                });
    }

    /**
     * The active one; when there is none, that registry, made the active one by this call.
     *
     * @throws IllegalStateException when the store has another registry of that version
     */
    public Activation activeOrFirst(RegistryVersion version, String definition) throws IOException {
        Optional<Activation> active = active();
        if (active.isPresent()) {
            return active.get();
        }
        call(
                open -> {
                    FirstActivation.of(open, version, definition);
                    return version;
                });
        return active().orElseThrow();
    }

    /** Those after that number that a job has settled a time for, and the active one; in order. */
    public List<Activation> since(long number) throws IOException {
        return call(
                open -> {
                    try (PreparedStatement select = open.prepareStatement(SINCE)) {
                        select.setLong(1, number);
                        return read(select);
                    }
                });
    }

    /**
     * Settles the time an activation takes effect, once and for good but for who has settled it.
     *
     * @return the time in the store: another when another run of the coordinator was first
     */
    public long settle(long number, long fromMicros) throws IOException {
        return call(
                open -> {
                    try (PreparedStatement settle = open.prepareStatement(SETTLE)) {
                        settle.setLong(1, number);
                        settle.setObject(2, StoreTime.of(fromMicros));
                        settle.setObject(3, run);
                        settle.executeUpdate();
                    }
                    try (PreparedStatement settled = open.prepareStatement(SETTLED)) {
                        settled.setLong(1, number);
                        try (ResultSet row = settled.executeQuery()) {
                            row.next();
                            return micros(row.getObject(1, OffsetDateTime.class));
                        }
                    }
                });
    }

    /** The job goes on without it. */
    public void refuse(long number, String why) throws IOException {
        otherwise(number, "refused", why);
    }

    /** The job began with it. */
    public void began(long number) throws IOException {
        otherwise(number, "began", "");
    }

    private void otherwise(long number, String outcome, String detail) throws IOException {
        call(
                open -> {
                    try (PreparedStatement insert = open.prepareStatement(OTHERWISE)) {
                        insert.setLong(1, number);
                        insert.setString(2, outcome);
                        insert.setString(3, detail);
                        insert.setObject(4, run);
                        return insert.executeUpdate();
                    }
                });
    }

    private static List<Activation> read(PreparedStatement select) throws SQLException {
        List<Activation> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String definition = rows.getString(3);
                found.add(
                        new Activation(
                                rows.getLong(1),
                                rows.getString(2),
                                definition == null ? "" : definition,
                                rows.getLong(4)));
            }
        }
        return found;
    }

    private static long micros(OffsetDateTime time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T call(Call<T> call) throws IOException {
        try {
            Connection open = connection;
            if (open == null) {
                open = StoreSession.connect(settings, applicationName);
                connection = open;
            }
            return call.on(open);
        } catch (SQLException e) {
            close();
            throw new IOException("the serving store did not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IOException("the connection was not closed", e);
            }
        }
    }
}
