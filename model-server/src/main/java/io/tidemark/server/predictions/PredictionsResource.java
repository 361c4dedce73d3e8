package io.tidemark.server.predictions;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.models.LoadedModel;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /predictions}: what was answered, and whether it would be answered so again. */
public final class PredictionsResource {
    private static final long DEFAULT_LIMIT = 100;
    private static final long LARGEST_LIMIT = 1_000;
    private static final long MOST_OF_REQUEST = 20_000;
    private static final int SMALL_BODY = 1_024;

    private final Jdbi reads;
    private final ModelRegistry registry;

    public PredictionsResource(Jdbi reads, ModelRegistry registry) {
        reads.registerRowMapper(new StoredPrediction.Mapper());
        this.reads = reads;
        this.registry = registry;
    }

    public List<Route> routes() {
        return List.of(
                Route.read("/predictions/recent", Set.of("limit", "symbol"), this::recent),
                Route.read("/predictions/{request_id}", Set.of(), this::ofRequest),
                Route.compute("/predictions/{request_id}/replay", this::replay));
    }

    private void recent(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        long limit = query.number("limit", 1, LARGEST_LIMIT).orElse(DEFAULT_LIMIT);
        @Nullable String symbol = query.optionalSymbol().orElse(null);
        try (Handle handle = reads.open()) {
            send(
                    ctx,
                    new Recent(
                            handle.attach(PredictionSql.class).recent(symbol, limit).stream()
                                    .map(Recorded::of)
                                    .toList(),
                            RequestIds.of(ctx)));
        }
    }

    private void ofRequest(Context ctx) {
        send(ctx, new Recent(stored(ctx).stream().map(Recorded::of).toList(), RequestIds.of(ctx)));
    }

    private List<StoredPrediction> stored(Context ctx) {
        try (Handle handle = reads.open()) {
            List<StoredPrediction> found =
                    handle.attach(PredictionSql.class)
                            .ofRequest(ctx.pathParam("request_id"), MOST_OF_REQUEST);
            if (found.isEmpty()) {
                throw new ProblemException(
                        ProblemType.NOT_FOUND, "no prediction of that request is recorded");
            }
            return found;
        }
    }

    /** Computes again from the recorded features and the version's package, and compares bits. */
    private void replay(Context ctx) throws IOException {
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        Map<Long, LoadedModel> models = new LinkedHashMap<>();
        List<Replayed> replayed =
                stored(ctx).stream()
                        .map(
                                one -> {
                                    LoadedModel model =
                                            models.computeIfAbsent(
                                                    one.modelVersion(),
                                                    number ->
                                                            registry.load(
                                                                    registry.version(number)));
                                    return replayed(one, model);
                                })
                        .toList();
        send(
                ctx,
                new Replay(
                        replayed.stream().allMatch(Replayed::same), replayed, RequestIds.of(ctx)));
    }

    private static Replayed replayed(StoredPrediction one, LoadedModel model) {
        double[] again = model.answer(one.features());
        return new Replayed(
                one.item(),
                one.modelSha256().equals(model.sha256()) && Arrays.equals(again, one.output()),
                one.output(),
                again,
                one.modelSha256(),
                model.sha256());
    }

    private static void send(Context ctx, Object body) {
        ctx.contentType(ContentType.APPLICATION_JSON).result(Json.bytes(body));
    }

    private record Recorded(
            String requestId,
            int item,
            @Nullable String symbol,
            String modelVersion,
            String modelSha256,
            String featureRegistryVersion,
            @Nullable String featureTimestamp,
            List<@Nullable Double> features,
            double[] output,
            boolean degradedInput,
            double latencyMs,
            boolean shadow,
            String timestamp) {
        static Recorded of(StoredPrediction stored) {
            @Nullable OffsetDateTime time = stored.featureTime();
            return new Recorded(
                    stored.requestId(),
                    stored.item(),
                    stored.symbol(),
                    "v" + stored.modelVersion(),
                    stored.modelSha256(),
                    stored.registryVersion(),
                    time == null ? null : time.toInstant().toString(),
                    defined(stored.features()),
                    stored.output(),
                    stored.degraded(),
                    stored.latencyMicros() / 1_000.0,
                    stored.shadow(),
                    stored.madeAt().toInstant().toString());
        }

        /** JSON has no NaN: an undefined one is null. */
        private static List<@Nullable Double> defined(double[] values) {
            return Arrays.stream(values)
                    .<@Nullable Double>mapToObj(value -> Double.isNaN(value) ? null : value)
                    .toList();
        }
    }

    private record Recent(List<Recorded> predictions, String requestId) {}

    private record Replayed(
            int item,
            boolean same,
            double[] recorded,
            double[] again,
            String recordedModelSha256,
            String modelSha256) {}

    private record Replay(boolean same, List<Replayed> predictions, String requestId) {}
}
