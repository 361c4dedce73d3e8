package io.tidemark.server.predictions;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** {@code /admin/audit}: clearing the record of predictions, and who did. */
public final class AuditResource {
    private static final int SMALL_BODY = 16_384;
    private static final int NAME = 200;
    private static final int REASON = 2_000;
    private static final long MOST = 1_000;

    private final Jdbi reads;
    private final Jdbi changes;
    private final InstantSource clock;

    /**
     * @param changes of a role that may write
     */
    public AuditResource(Jdbi reads, Jdbi changes, InstantSource clock) {
        this.reads = reads;
        this.changes = changes;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.change(HandlerType.DELETE, "/admin/audit/clear", this::clear),
                Route.change(HandlerType.GET, "/admin/audit/clearings", this::clearings));
    }

    /** Everything recorded up to now, or what is older than asked. */
    private void clear(Context ctx) throws IOException {
        JsonBody body =
                JsonBody.of(ctx, SMALL_BODY, Set.of("cleared_by", "reason", "keep_seconds"));
        String by = body.text("cleared_by", NAME);
        String reason = body.text("reason", REASON);
        long keep = body.number("keep_seconds", 0, 3_660L * 86_400).orElse(0L);
        OffsetDateTime before = clock.instant().minusSeconds(keep).atOffset(ZoneOffset.UTC);
        String requestId = RequestIds.of(ctx);
        try (Handle handle = changes.open()) {
            handle.attach(AuditClearing.Sql.class).clear(before, by, reason, requestId);
        }
        clearings(ctx);
    }

    private void clearings(Context ctx) {
        try (Handle handle = reads.open()) {
            List<Cleared> clearings =
                    handle.attach(AuditClearing.Sql.class).clearings(MOST).stream()
                            .map(Cleared::of)
                            .toList();
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(Json.bytes(new Clearings(clearings, RequestIds.of(ctx))));
        }
    }

    private record Cleared(
            long clearing,
            String clearedBy,
            String reason,
            String before,
            long deleted,
            String requestId,
            String clearedAt) {
        static Cleared of(AuditClearing stored) {
            return new Cleared(
                    stored.number(),
                    stored.clearedBy(),
                    stored.reason(),
                    stored.beforeTime().toInstant().toString(),
                    stored.deleted(),
                    stored.requestId(),
                    stored.clearedAt().toInstant().toString());
        }
    }

    private record Clearings(List<Cleared> clearings, String requestId) {}
}
