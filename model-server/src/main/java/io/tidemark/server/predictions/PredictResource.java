package io.tidemark.server.predictions;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.server.features.LatestRows;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.models.ActiveModel;
import io.tidemark.server.models.LoadedModel;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.ModelSettings;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.QueryParameters;
import io.tidemark.server.request.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /predict}: answers of a model, each recorded before it is given. */
public final class PredictResource implements AutoCloseable {
    private static final long LONGEST_AGE_MS = Duration.ofDays(3_660).toMillis();
    private static final int ONE_BYTES = 65_536;
    private static final int BATCH_BYTES = 16 << 20;
    private static final int MOST_ITEMS = 10_000;
    private static final int NAME = 200;

    private final Predictor predictor;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Shadow shadow;

    /** Answers, and lets rivals of the active model answer beside it when the settings say so. */
    public PredictResource(
            LatestRows rows,
            ModelRegistry registry,
            ActiveModel active,
            AuditLog audit,
            ModelSettings settings,
            MeterRegistry metrics,
            InstantSource clock) {
        this.predictor = new Predictor(rows, registry, active, settings.maxFeatureAge(), clock);
        this.audit = audit;
        this.clock = clock;
        this.shadow = Shadow.start(registry, audit, predictor, settings.shadow(), metrics);
    }

    /** Ends the shadow. */
    @Override
    public void close() {
        shadow.close();
    }

    public List<Route> routes() {
        return List.of(
                Route.read("/predict", Set.of("symbol", "version", "max_age_ms"), this::get),
                Route.compute("/predict", this::post),
                Route.compute("/predict/batch", this::batch));
    }

    private void get(Context ctx) {
        long begun = System.nanoTime();
        QueryParameters query = QueryParameters.of(ctx);
        String symbol = query.symbol();
        Optional<Long> maxAgeMs = query.number("max_age_ms", 0, LONGEST_AGE_MS);
        LoadedModel model = predictor.model(query.version());
        one(ctx, begun, predictor.answer(model, predictor.asked(model, symbol), maxAgeMs));
    }

    private void post(Context ctx) throws IOException {
        long begun = System.nanoTime();
        JsonBody body =
                JsonBody.of(ctx, ONE_BYTES, Set.of("symbol", "features", "model", "max_age_ms"));
        LoadedModel model = predictor.model(body.optionalText("model", NAME));
        one(
                ctx,
                begun,
                predictor.answer(
                        model,
                        predictor.asked(model, body.node("symbol"), body.node("features")),
                        body.number("max_age_ms", 0, LONGEST_AGE_MS)));
    }

    private void one(Context ctx, long begun, Predictor.Answer answer) {
        String requestId = RequestIds.of(ctx);
        long micros = (System.nanoTime() - begun) / 1_000;
        send(
                ctx,
                audit.record(List.of(Predictor.entry(answer, requestId, 0, micros))),
                PredictionBody.of(answer, clock.instant(), requestId, micros));
        shadow.beside(answer, requestId, 0);
    }

    private void batch(Context ctx) throws IOException {
        long begun = System.nanoTime();
        JsonBody body =
                JsonBody.of(
                        ctx,
                        BATCH_BYTES,
                        Set.of("items", "model", "max_age_ms", "include_features"));
        JsonNode items =
                body.node("items")
                        .filter(node -> node.isArray() && !node.isEmpty())
                        .filter(node -> node.size() <= MOST_ITEMS)
                        .orElseThrow(
                                () ->
                                        Asked.invalid(
                                                "/items",
                                                "items must be a list of 1 to %d"
                                                        .formatted(MOST_ITEMS)));
        LoadedModel model = predictor.model(body.optionalText("model", NAME));
        Optional<Long> maxAgeMs = body.number("max_age_ms", 0, LONGEST_AGE_MS);
        boolean withFeatures = body.flag("include_features");
        String requestId = RequestIds.of(ctx);
        String now = clock.instant().toString();
        List<Item> answers = new ArrayList<>();
        List<AuditEntry> entries = new ArrayList<>();
        List<Predictor.Answer> made = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            try {
                Predictor.Answer answer =
                        predictor.answer(model, asked(model, items.get(i)), maxAgeMs);
                long micros = (System.nanoTime() - begun) / 1_000;
                made.add(answer);
                entries.add(Predictor.entry(answer, requestId, i, micros));
                answers.add(
                        new Item(
                                i,
                                PredictionBody.of(
                                        answer,
                                        withFeatures ? PredictionBody.features(answer) : null,
                                        now,
                                        requestId,
                                        micros),
                                null));
            } catch (ProblemException e) {
                answers.add(new Item(i, null, e.getMessage()));
            }
        }
        send(
                ctx,
                entries.isEmpty() ? () -> {} : audit.record(entries),
                new Batch(
                        model.content().version(),
                        answers,
                        entries.size(),
                        items.size() - entries.size(),
                        requestId,
                        (System.nanoTime() - begun) / 1e6));
        for (int i = 0; i < made.size(); i++) {
            shadow.beside(made.get(i), requestId, entries.get(i).item());
        }
    }

    private Asked asked(LoadedModel model, JsonNode item) {
        if (!item.isObject()) {
            throw Asked.invalid("", "an item must be an object");
        }
        return predictor.asked(
                model,
                Optional.ofNullable(item.get("symbol")),
                Optional.ofNullable(item.get("features")));
    }

    /** The body is written while its records are committed, and leaves after that. */
    private static void send(Context ctx, AuditLog.Recording recording, Object body) {
        byte[] bytes = Json.bytes(body);
        recording.await();
        ctx.contentType(ContentType.APPLICATION_JSON).result(bytes);
    }

    private record Item(int item, @Nullable PredictionBody prediction, @Nullable String error) {}

    private record Batch(
            String modelVersion,
            List<Item> predictions,
            int succeeded,
            int failed,
            String requestId,
            double latencyMs) {}
}
