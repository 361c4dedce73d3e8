package io.tidemark.job.serving;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Calls to the serving store over one connection, opened when first needed and anew when it broke.
 * A call is made again until it is done or its attempts are used up; so it must be one that may
 * have been done before. For one thread.
 */
final class StoreSession<C extends StoreSession.Statements> implements AutoCloseable {
    /** Classes of SQL state another attempt can cure: connection, rollback, resources, shutdown. */
    private static final Set<String> CURABLE = Set.of("08", "40", "53", "55", "57");

    private final ServingStoreSettings settings;
    private final Opening<C> opening;
    private final Runnable retried;
    private @Nullable C statements;

    /** Prepared statements of one connection, which ends with them. */
    interface Statements extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** Makes a connection ready; leaves none behind when it fails. */
    @FunctionalInterface
    interface Opening<C> {
        C open(ServingStoreSettings settings) throws SQLException;
    }

    /** What is done with the statements; after an exception they are closed. */
    @FunctionalInterface
    interface Call<C> {
        void on(C statements) throws SQLException;
    }

    /**
     * A session that is not yet connected.
     *
     * @param retried told of each attempt that failed and is repeated
     */
    StoreSession(ServingStoreSettings settings, Opening<C> opening, Runnable retried) {
        this.settings = settings;
        this.opening = opening;
        this.retried = retried;
    }

    /**
     * Makes the call; it is done on return.
     *
     * @param what is to be taken, for the message: {@code 3 rows}
     * @throws IOException when the attempts are used up, or none can help
     */
    void attempt(String what, Call<C> call) throws IOException, InterruptedException {
        long pauseMillis = settings.firstBackoff().toMillis();
        for (int attempt = 1; ; attempt++) {
            try {
                call.on(connected());
                return;
            } catch (SQLException e) {
                disconnect(e);
                if (attempt >= settings.attempts() || !isCurable(e)) {
                    throw new IOException(
                            "the serving store must take %s, refused %d times: %s"
                                    .formatted(what, attempt, settings),
                            e);
                }
            }
            retried.run();
            // The task has nothing else to do: this is what it is for. A cancel interrupts.
            Thread.sleep(pauseMillis);
            pauseMillis *= 2;
        }
    }

    @Override
    public void close() throws SQLException {
        if (statements != null) {
            statements.close();
            statements = null;
        }
    }

    /** A connection as the job wants it: bounded in waiting, batches in few round trips. */
    static Connection connect(ServingStoreSettings settings, String applicationName)
            throws SQLException {
        // Not through DriverManager: it sees a driver in the job's jar only if nobody on the
        // cluster has used it before.
        @Nullable Connection connection =
                new Driver().connect(settings.jdbcUrl(), properties(settings, applicationName));
        if (connection == null) {
            throw new IllegalArgumentException("not a PostgreSQL URL: " + settings);
        }
        return connection;
    }

    private static Properties properties(ServingStoreSettings settings, String applicationName) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, settings.user());
        PGProperty.PASSWORD.set(properties, settings.password());
        PGProperty.CONNECT_TIMEOUT.set(
                properties, wholeSeconds(settings.connectTimeout().toMillis()));
        PGProperty.LOGIN_TIMEOUT.set(
                properties, wholeSeconds(settings.connectTimeout().toMillis()));
        PGProperty.SOCKET_TIMEOUT.set(
                properties, wholeSeconds(settings.socketTimeout().toMillis()));
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        // A batch becomes a few statements of many rows, sent together: one round trip.
        PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
        // Doubles as their eight bytes from the first execution on, not as text.
        PGProperty.BINARY_TRANSFER.set(properties, true);
        return properties;
    }

    private static int wholeSeconds(long millis) {
        return Math.toIntExact(Math.max(1, (millis + 999) / 1000));
    }

    private C connected() throws SQLException {
        C open = statements;
        if (open == null) {
            open = opening.open(settings);
            statements = open;
        }
        return open;
    }

    private void disconnect(SQLException cause) {
        try {
            close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            statements = null;
        }
    }

    /** Of the whole chain: a batch reports its own state and keeps the server's as the next. */
    private static boolean isCurable(SQLException failure) {
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            String state = e.getSQLState();
            if (state != null && state.length() == 5 && CURABLE.contains(state.substring(0, 2))) {
                return true;
            }
        }
        return false;
    }
}
