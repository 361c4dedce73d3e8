package io.tidemark.server.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lookup must not grow with the table: it walks the primary key backwards and sorts nothing big.
 */
final class FeatureRowPlanTest {
    @Test
    void findsTheNewestRowThroughThePrimaryKey(@TempDir Path data) throws Exception {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("a"));
            database.register("2.0.0", List.of("a"));
            database.execute(
                    "INSERT INTO feature_row (symbol, registry_version, grid_time, feature_values,"
                            + " completeness, event_count) SELECT 'S' || n % 20, (n / 20 % 2 + 1) || '.0.0',"
                            + " timestamptz '2025-12-01' + n * interval '1 second', '{1}', 1, 1 FROM"
                            + " generate_series(1, 50000) n");
            database.execute("ANALYZE");
            assertThat(plan(database, "newest", String.class))
                    .contains("Index Scan Backward using feature_row_pkey on feature_row")
                    .doesNotContain("Seq Scan on feature_row ");
            assertThat(plan(database, "newest", String.class, String.class))
                    .contains("Index Scan Backward using feature_row_pkey on feature_row")
                    .doesNotContain("Sort");
            assertThat(plan(database, "symbols", int.class))
                    .contains("feature_row_pkey")
                    .doesNotContain("Seq Scan on feature_row ");
        }
    }

    private static String plan(TestDatabase database, String name, Class<?>... types)
            throws NoSuchMethodException {
        SqlQuery query =
                FeatureRowSql.class.getDeclaredMethod(name, types).getAnnotation(SqlQuery.class);
        Jdbi jdbi = Jdbi.create(database.url(), "postgres", "postgres");
        return jdbi.withHandle(
                handle ->
                        String.join(
                                "\n",
                                handle.createQuery("EXPLAIN " + query.value())
                                        .bind("symbol", "S7")
                                        .bind("version", "1.0.0")
                                        .bind("limit", 50)
                                        .configure(
                                                SqlStatements.class,
                                                c -> c.setUnusedBindingAllowed(true))
                                        .mapTo(String.class)
                                        .list()));
    }
}
