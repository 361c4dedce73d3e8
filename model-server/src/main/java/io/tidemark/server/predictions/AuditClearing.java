package io.tidemark.server.predictions;

import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * That the record of predictions was cleared. Only ever added to.
 *
 * @param beforeTime predictions made before this were deleted
 * @param deleted how many there were
 */
record AuditClearing(
        long number,
        String clearedBy,
        String reason,
        OffsetDateTime beforeTime,
        long deleted,
        String requestId,
        OffsetDateTime clearedAt) {

    /** Schema: db/migration/V009. */
    @RegisterConstructorMapper(AuditClearing.class)
    interface Sql {
        /** Deletes and tells of it by one statement, so both or neither. */
        @SqlUpdate(
                """
                WITH gone AS (
                    DELETE FROM prediction WHERE made_at < :before RETURNING 1
                )
                INSERT INTO audit_clearing (cleared_by, reason, before_time, deleted, request_id)
                SELECT :clearedBy, :reason, :before, count(*), :requestId FROM gone
                """)
        void clear(
                @Bind("before") OffsetDateTime before,
                @Bind("clearedBy") String clearedBy,
                @Bind("reason") String reason,
                @Bind("requestId") String requestId);

        /** Newest first. */
        @SqlQuery(
                """
                SELECT number, cleared_by, reason, before_time, deleted, request_id, cleared_at
                FROM audit_clearing
                ORDER BY number DESC
                LIMIT :limit
                """)
        List<AuditClearing> clearings(@Bind("limit") long limit);
    }
}
