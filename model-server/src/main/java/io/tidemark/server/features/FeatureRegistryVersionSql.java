package io.tidemark.server.features;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Every read of {@code feature_registry_version}. Schema: db/migration/V001. */
interface FeatureRegistryVersionSql {
    /** The names of the values, in order. */
    @SqlQuery("SELECT feature_names FROM feature_registry_version WHERE version = :version")
    Optional<Names> names(@Bind("version") String version);

    /** Those that have rows of the symbol, as many as the limit. */
    @SqlQuery(
            """
            SELECT v.version
            FROM feature_registry_version v
            WHERE EXISTS (
                SELECT 1 FROM feature_row WHERE symbol = :symbol AND registry_version = v.version
            )
            ORDER BY v.created_at DESC
            LIMIT :limit
            """)
    List<String> versionsOf(@Bind("symbol") String symbol, @Bind("limit") int limit);

    record Names(List<String> list) {}

    final class NamesMapper implements RowMapper<Names> {
        @Override
        public Names map(ResultSet row, StatementContext context) throws SQLException {
            return new Names(List.of((String[]) row.getArray("feature_names").getArray()));
        }
    }
}
