package io.tidemark.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.server.dataset.DatasetOrder;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.Route;
import io.tidemark.server.training.Algorithm;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /admin/train}: begins a training, tells how far it is, stops it. */
public final class TrainingResource {
    private static final int SMALL_BODY = 16_384;
    private static final int NAME = 200;
    private static final Set<String> FIELDS =
            Set.of(
                    "dataset_id",
                    "dataset",
                    "algorithm",
                    "seed",
                    "balanced",
                    "missing",
                    "activate",
                    "requested_by");

    private final TrainingRuns runs;

    public TrainingResource(TrainingRuns runs) {
        this.runs = runs;
    }

    public List<Route> routes() {
        return List.of(
                Route.change(HandlerType.POST, "/admin/train", this::train),
                Route.change(HandlerType.GET, "/admin/train/status", this::status),
                Route.change(HandlerType.POST, "/admin/train/cancel", this::cancel));
    }

    private void train(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, FIELDS);
        Optional<DatasetOrder> order = order(body);
        TrainingRequest request =
                new TrainingRequest(
                        order.map(DatasetOrder::id).orElseGet(() -> body.text("dataset_id", NAME)),
                        order,
                        algorithm(body.text("algorithm", NAME)),
                        body.number("seed", 0, Integer.MAX_VALUE).orElse(1L),
                        body.flag("balanced"),
                        missing(body.optionalText("missing", NAME)),
                        activation(body.optionalText("activate", NAME)),
                        body.optionalText("requested_by", NAME).orElse("training"));
        boolean started = runs.start(request, RequestIds.of(ctx));
        ctx.status(202);
        answer(ctx, started ? "started" : "already_running");
    }

    private void status(Context ctx) {
        answer(ctx, runs.state().state().name().toLowerCase(Locale.ROOT));
    }

    private void cancel(Context ctx) throws IOException {
        JsonBody.of(ctx, SMALL_BODY, Set.of());
        boolean asked = runs.cancel();
        ctx.status(202);
        answer(ctx, asked ? "cancelling" : "not_running");
    }

    private void answer(Context ctx, String status) {
        ctx.contentType(ContentType.APPLICATION_JSON)
                .result(
                        Json.bytes(
                                new Body(
                                        "train",
                                        status,
                                        Training.of(runs.state()),
                                        RequestIds.of(ctx))));
    }

    private static Optional<DatasetOrder> order(JsonBody body) {
        Optional<JsonNode> dataset = body.node("dataset");
        if (dataset.isPresent() && body.node("dataset_id").isPresent()) {
            throw invalid("dataset", "there is either dataset_id or dataset");
        }
        try {
            return dataset.map(DatasetOrder::of);
        } catch (ProblemException e) {
            throw invalid("dataset", String.valueOf(e.getMessage()));
        }
    }

    private static TrainingRequest.Activate activation(Optional<String> name) {
        return switch (name.orElse("if_better")) {
            case "if_better" -> TrainingRequest.Activate.IF_BETTER;
            case "always" -> TrainingRequest.Activate.ALWAYS;
            case "never" -> TrainingRequest.Activate.NEVER;
            default -> throw invalid("activate", "activate must be if_better, always or never");
        };
    }

    private static Algorithm algorithm(String name) {
        try {
            return Algorithm.of(name);
        } catch (IllegalArgumentException e) {
            throw invalid("algorithm", String.valueOf(e.getMessage()));
        }
    }

    private static ModelPackage.Missing missing(Optional<String> name) {
        return switch (name.orElse("impute")) {
            case "impute" -> ModelPackage.Missing.IMPUTE;
            case "refuse" -> ModelPackage.Missing.REFUSE;
            default -> throw invalid("missing", "missing must be impute or refuse");
        };
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of(
                        "errors",
                        List.of(
                                Map.of(
                                        "pointer",
                                        "/" + field,
                                        "code",
                                        "out_of_range",
                                        "detail",
                                        detail))));
    }

    private record Body(String action, String status, Training training, String requestId) {}

    private record Training(
            String state,
            @Nullable String datasetId,
            @Nullable String algorithm,
            @Nullable String startedAt,
            @Nullable String completedAt,
            double progress,
            @Nullable String latestVersion,
            boolean activated,
            @Nullable String gate,
            @Nullable String error) {
        static Training of(TrainingState of) {
            return new Training(
                    of.state().name().toLowerCase(Locale.ROOT),
                    of.datasetId(),
                    of.algorithm(),
                    text(of.startedAt()),
                    text(of.completedAt()),
                    of.progress(),
                    of.latestVersion(),
                    of.activated(),
                    of.gate(),
                    of.error());
        }

        private static @Nullable String text(@Nullable Instant instant) {
            return instant == null ? null : instant.toString();
        }
    }
}
