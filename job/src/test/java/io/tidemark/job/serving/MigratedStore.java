package io.tidemark.job.serving;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL with the real migrations, of one test class. */
final class MigratedStore implements AfterAllCallback {
    /** What writers that look at no context are given. */
    static final SinkWriter.Context NO_CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return Long.MIN_VALUE;
                }
            };

    private final EmbeddedPostgres postgres;
    private final ServingStoreSettings settings;

    private MigratedStore(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.settings =
                ServingStoreSettings.of(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")
                        .withRetries(5, Duration.ofMillis(10));
    }

    static MigratedStore start() {
        try {
            MigratedStore store = new MigratedStore(EmbeddedPostgres.start());
            ServingStoreSettings settings = store.settings;
            ServingStoreSchema.migrate(settings.jdbcUrl(), settings.user(), settings.password());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a role that may do everything. */
    ServingStoreSettings settings() {
        return settings;
    }

    Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** Rows of the answer, columns between bars; none when there is no answer. */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return rows;
            }
            ResultSet result = statement.getResultSet();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        postgres.close();
    }
}
