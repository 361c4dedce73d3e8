package io.tidemark.server.models;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * {@code /monitoring/history}: every version that was trained, newest first, and when it was the
 * active one. From the store, so it outlives servers.
 */
public final class HistoryResource {
    private static final long DEFAULT_LIMIT = 50;
    private static final long MOST = 1_000;

    private final Jdbi reads;

    public HistoryResource(Jdbi reads) {
        this.reads = reads;
    }

    public List<Route> routes() {
        return List.of(Route.read("/monitoring/history", Set.of("limit"), this::history));
    }

    private void history(Context ctx) {
        long limit = QueryParameters.of(ctx).number("limit", 1, MOST).orElse(DEFAULT_LIMIT);
        try (Handle handle = reads.open()) {
            ModelSql sql = handle.attach(ModelSql.class);
            List<ModelActivation> activations = sql.activations(null, MOST);
            List<Run> runs =
                    sql.versions(null, limit).stream()
                            .map(version -> Run.of(version, activations))
                            .toList();
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(Json.bytes(new History(runs, RequestIds.of(ctx))));
        }
    }

    /**
     * A stretch of time in which a version answered.
     *
     * @param until null: it still does
     */
    private record Active(String from, @Nullable String until, String by, String reason) {}

    private record Run(
            String version,
            String trainedAt,
            String algorithm,
            String datasetId,
            @JsonRawValue String metrics,
            List<Active> active) {

        /**
         * @param activations newest first, of all versions
         */
        static Run of(StoredModel version, List<ModelActivation> activations) {
            List<Active> active = new ArrayList<>();
            @Nullable OffsetDateTime until = null;
            for (ModelActivation one : activations) {
                if (one.version() == version.number()) {
                    active.add(
                            new Active(
                                    text(one.activatedAt()),
                                    until == null ? null : text(until),
                                    one.activatedBy(),
                                    one.reason()));
                }
                until = one.activatedAt();
            }
            return new Run(
                    version.version(),
                    text(version.createdAt()),
                    version.algorithm(),
                    version.datasetId(),
                    version.metrics(),
                    active);
        }
    }

    private static String text(OffsetDateTime time) {
        return time.toInstant().toString();
    }

    private record History(List<Run> runs, String requestId) {}
}
