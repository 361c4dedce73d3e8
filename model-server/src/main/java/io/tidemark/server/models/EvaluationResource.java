package io.tidemark.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.tidemark.server.identity.RequestIds;
import io.tidemark.server.json.Json;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import io.tidemark.server.request.Route;
import io.tidemark.server.training.CertifiedDataset;
import io.tidemark.server.training.DatasetRefusedException;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Scores;
import io.tidemark.server.training.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /model/evaluate}: how good a version is on rows of a certified dataset. One at a
 * time, since a dataset is read whole into memory; for administrators, for the same reason.
 */
public final class EvaluationResource {
    private static final int SMALL_BODY = 16_384;
    private static final int NAME = 200;
    private static final List<String> SPLITS = List.of("train", "validation", "test");

    private final Path datasets;
    private final ModelRegistry registry;
    private final Semaphore one = new Semaphore(1);

    /**
     * @param datasets the folder of datasets
     */
    public EvaluationResource(Path datasets, ModelRegistry registry) {
        this.datasets = datasets;
        this.registry = registry;
    }

    public List<Route> routes() {
        return List.of(Route.change(HandlerType.POST, "/model/evaluate", this::evaluate));
    }

    private void evaluate(Context ctx) throws IOException {
        JsonBody body = JsonBody.of(ctx, SMALL_BODY, Set.of("dataset_id", "version", "split"));
        String dataset = body.text("dataset_id", NAME);
        String split = split(body.optionalText("split", NAME));
        LoadedModel model = registry.load(version(body.optionalText("version", NAME)));
        if (!one.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.EVALUATION_RUNS,
                    "another evaluation runs; ask again when it ended");
        }
        try {
            ctx.contentType(ContentType.APPLICATION_JSON)
                    .result(Json.bytes(evaluated(model, dataset, split, RequestIds.of(ctx))));
        } catch (DatasetRefusedException | IllegalArgumentException e) {
            throw new ProblemException(ProblemType.DATASET_REFUSED, String.valueOf(e.getMessage()));
        } finally {
            one.release();
        }
    }

    private static String split(Optional<String> name) {
        String split = name.orElse("test");
        if (!SPLITS.contains(split)) {
            String detail = "split must be one of " + SPLITS;
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    detail,
                    Map.of(
                            "errors",
                            List.of(
                                    Map.of(
                                            "pointer",
                                            "/split",
                                            "code",
                                            "out_of_range",
                                            "detail",
                                            detail))));
        }
        return split;
    }

    private StoredModel version(Optional<String> name) {
        if (name.isEmpty()) {
            return registry.active()
                    .orElseThrow(
                            () ->
                                    new ProblemException(
                                            ProblemType.NO_ACTIVE_MODEL, "no model is active"));
        }
        return registry.version(
                ModelRegistry.number(name.get())
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemType.MODEL_NOT_FOUND,
                                                "a model version is v1, v2, and so on")));
    }

    private Evaluated evaluated(LoadedModel model, String id, String split, String requestId)
            throws DatasetRefusedException {
        CertifiedDataset dataset = CertifiedDataset.open(datasets, id);
        Optional<String> mismatch = model.mismatch(dataset);
        if (mismatch.isPresent()) {
            throw new DatasetRefusedException(
                    "model %s %s".formatted(model.content().version(), mismatch.get()));
        }
        Rows rows = rows(dataset, split);
        double[] classes = model.content().label().classes();
        Target target = new Target(classes, dataset.reachMicros());
        Map<String, Scores> baselines = Scores.ofBaselines(target, dataset.splits().train(), rows);
        return new Evaluated(
                model.content().version(),
                id,
                dataset.certificateSha256(),
                split,
                dataset.fold(),
                rows.count(),
                model.content().dataset().manifestSha256().equals(dataset.manifestSha256()),
                ScoresJson.of(Scores.of(target, rows.labels(), model.answers(dataset, rows))),
                ScoresJson.of(baselines),
                requestId);
    }

    private static Rows rows(CertifiedDataset dataset, String split)
            throws DatasetRefusedException {
        Rows rows =
                switch (split) {
                    case "train" -> dataset.splits().train();
                    case "validation" -> dataset.splits().validation();
                    default -> dataset.splits().test();
                };
        if (rows.count() == 0) {
            throw new DatasetRefusedException("the dataset has no rows in " + split);
        }
        return rows;
    }

    private record Evaluated(
            String modelVersion,
            String datasetId,
            String certificateSha256,
            String split,
            int fold,
            int rows,
            boolean trainedOnIt,
            JsonNode metrics,
            JsonNode baselines,
            String requestId) {}
}
