package io.tidemark.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a model server train a model, and waits for it. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Have the model server fit a model to a certified dataset of its archive, or to one it"
                    + " builds first of all that is archived of a symbol, and wait: the new version,"
                    + " whether it is active, or why not. The admin key is taken from the environment,"
                    + " TIDEMARK_ADMIN_API_KEY or ADMIN_API_KEY."
        })
final class TrainCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArgGroup(exclusive = true, multiplicity = "1")
    Rows rows = new Rows();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "boosted_trees",
            description =
                    "ridge, elastic_net, logistic, random_forest, boosted_trees or perceptron"
                            + " (default: ${DEFAULT-VALUE}).")
    String algorithm = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same model in every bit (default: 1).")
    int seed;

    @Option(names = "--balanced", description = "Every class counts the same, however rare.")
    boolean balanced;

    @Option(
            names = "--refuse-missing",
            description = "The model refuses undefined features instead of taking their mean.")
    boolean refuseMissing;

    @Option(
            names = "--activate",
            paramLabel = "WHEN",
            defaultValue = "if_better",
            description =
                    "if_better (default): when it beats the active model and what anybody could"
                            + " say; always; never.")
    String activate = "if_better";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The model server (default: ${DEFAULT-VALUE}).")
    URI server = URI.create("http://127.0.0.1:8080");

    /** Either a dataset there is, or what one is to be made of. */
    static final class Rows {
        @Option(names = "--dataset", paramLabel = "ID", description = "A dataset there is.")
        @Nullable String dataset;

        @ArgGroup(exclusive = false)
        @Nullable Wanted wanted;
    }

    /** What a dataset is to be made of. */
    static final class Wanted {
        @Option(
                names = "--symbol",
                required = true,
                paramLabel = "SYMBOL",
                description = "Build one first, of all that is archived of the symbol.")
        String symbol = "";

        @Option(
                names = "--target",
                paramLabel = "LABEL",
                defaultValue = "returns",
                description = "Its label, as of 'dataset build' (default: returns).")
        String target = "returns";

        @Option(
                names = "--horizon",
                paramLabel = "DURATION",
                defaultValue = "1m",
                description =
                        "How far the label looks (default: 1m). Train, validation and test lose"
                                + " that much each, so the history must be some ten times as long.")
        String horizon = "1m";
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return train(System.getenv(), System.out);
    }

    /** Waits until the training it began has ended. */
    int train(Map<String, String> environment, PrintStream screen)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        String key =
                Optional.ofNullable(environment.get("TIDEMARK_ADMIN_API_KEY"))
                        .or(() -> Optional.ofNullable(environment.get("ADMIN_API_KEY")))
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "training needs the admin key of the server: set"
                                                        + " ADMIN_API_KEY"));
        ObjectNode body =
                JSON.createObjectNode()
                        .put("algorithm", algorithm)
                        .put("seed", seed)
                        .put("balanced", balanced)
                        .put("missing", refuseMissing ? "refuse" : "impute")
                        .put("activate", activate)
                        .put("requested_by", "tidemark train");
        Wanted wanted = rows.wanted;
        if (wanted != null) {
            body.putObject("dataset")
                    .put("symbol", wanted.symbol)
                    .putObject("target_config")
                    .put("type", wanted.target)
                    .put("horizon", wanted.horizon);
        } else {
            body.put("dataset_id", rows.dataset);
        }
        JsonNode begun = call(http, key, "/admin/train", BodyPublishers.ofString(body.toString()));
        if (!begun.path("status").asText().equals("started")) {
            throw new IOException("another training runs already; see /admin/train/status");
        }
        ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
        long start = System.nanoTime();
        JsonNode training = begun.path("training");
        try {
            while (training.path("state").asText().equals("running")) {
                double share = training.path("progress").asDouble();
                line.show(
                        share,
                        (System.nanoTime() - start) / 1e9,
                        "%3.0f %% of %s on %s"
                                .formatted(
                                        100 * share,
                                        algorithm,
                                        training.path("dataset_id").asText()));
                TimeUnit.MILLISECONDS.sleep(200);
                training = call(http, key, "/admin/train/status", null).path("training");
            }
        } finally {
            line.end();
        }
        return told(training, screen);
    }

    private static int told(JsonNode training, PrintStream screen) {
        if (!training.path("state").asText().equals("completed")) {
            screen.printf(
                    "training %s: %s%n",
                    training.path("state").asText(), training.path("error").asText());
            return Tidemark.FAILED;
        }
        boolean activated = training.path("activated").asBoolean();
        String gate = training.path("gate").asText();
        screen.printf(
                "%s is trained on %s and %s%s%n",
                training.path("latest_version").asText(),
                training.path("dataset_id").asText(),
                activated ? "active" : "not active",
                gate.isEmpty() ? "" : "; the gate is closed: " + gate);
        return 0;
    }

    private JsonNode call(HttpClient http, String key, String path, @Nullable BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(PATIENCE)
                        .header("X-API-Key", key);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(body);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() >= 400) {
            throw new IOException(
                    "the server answers %d: %s"
                            .formatted(response.statusCode(), answer.path("detail").asText()));
        }
        return answer;
    }
}
