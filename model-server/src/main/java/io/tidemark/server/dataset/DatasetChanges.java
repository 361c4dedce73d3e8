package io.tidemark.server.dataset;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Changes of {@code /dataset}: what is asked for, cancelled and deleted. A worker does it. */
public final class DatasetChanges {
    private static final int SMALL_BODY = 16_384;

    private final Jdbi changes;
    private final DatasetOrders orders;
    private final InstantSource clock;

    /**
     * @param changes of a role that may write
     */
    public DatasetChanges(Jdbi changes, DatasetOrders orders, InstantSource clock) {
        this.changes = changes;
        this.orders = orders;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.change(HandlerType.POST, "/dataset/build", this::build),
                Route.change(HandlerType.POST, "/dataset/{id}/resplit", this::resplit),
                Route.change(HandlerType.DELETE, "/dataset/{id}", this::delete));
    }

    private void build(Context ctx) throws IOException {
        DatasetOrder order = DatasetOrder.of(JsonBody.of(ctx, SMALL_BODY, DatasetOrder.FIELDS));
        told(ctx, orders.add(order, RequestIds.of(ctx)));
    }

    private void resplit(Context ctx) throws IOException {
        String other = DatasetResource.id(ctx.pathParam("id"));
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, BuildRequest.SPLIT_FIELDS);
        try (Handle handle = changes.open()) {
            DatasetSql sql = handle.attach(DatasetSql.class);
            StoredDataset stored =
                    sql.dataset(other).orElseThrow(() -> DatasetResource.unknown(other));
            String id = DatasetOrder.newId(body, stored.symbol());
            String request =
                    DatasetOrder.json(
                            BuildRequest.resplit(body, DatasetBody.settings(stored.request()), id));
            told(
                    ctx,
                    DatasetOrders.added(
                            sql,
                            id,
                            stored.symbol(),
                            request,
                            stored.registryYaml(),
                            stored.cadenceMicros(),
                            RequestIds.of(ctx)));
        }
    }

    private void delete(Context ctx) throws IOException {
        String id = DatasetResource.id(ctx.pathParam("id"));
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        try (Handle handle = changes.open()) {
            DatasetSql sql = handle.attach(DatasetSql.class);
            if (sql.cancel(id) == 0) {
                refuseUsed(sql, id);
                sql.delete(id);
            }
            told(ctx, sql.dataset(id).orElseThrow(() -> DatasetResource.unknown(id)));
        }
    }

    /** What a model was trained on is evidence: its package names it by hash. */
    private static void refuseUsed(DatasetSql sql, String id) {
        List<String> models = sql.models(id).stream().map(number -> "v" + number).toList();
        if (!models.isEmpty()) {
            throw new ProblemException(
                    ProblemType.DATASET_IN_USE,
                    "models %s were trained on dataset %s".formatted(models, id),
                    Map.of("models", models));
        }
    }

    private void told(Context ctx, StoredDataset stored) {
        ctx.status(202);
        DatasetResource.answer(ctx, DatasetBody.of(stored, clock.instant()));
    }
}
