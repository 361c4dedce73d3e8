package io.tidemark.server.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a store that is away, starting or too slow from a statement that is wrong. */
final class StoreFailure {
    /** Connection, operator intervention and timeout, resources; 42P01: not migrated yet. */
    private static final List<String> UNAVAILABLE = List.of("08", "57", "53", "42P01");

    private StoreFailure() {}

    static boolean isUnavailable(Throwable failure) {
        SQLException sql = rootSql(failure);
        if (sql == null) {
            return false;
        }
        String state = sql.getSQLState();
        return sql instanceof SQLTransientConnectionException
                || (state != null && UNAVAILABLE.stream().anyMatch(state::startsWith));
    }

    static String rootMessage(Throwable failure) {
        SQLException sql = rootSql(failure);
        return sql == null ? failure.toString() : sql.getSQLState() + " " + sql.getMessage();
    }

    private static @Nullable SQLException rootSql(Throwable failure) {
        SQLException found = null;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                found = sql;
                if (sql instanceof SQLTransientConnectionException) {
                    return sql;
                }
            }
        }
        return found;
    }
}
