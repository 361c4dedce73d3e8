package io.tidemark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flink's REST interface. Every call fails with what Flink answered when that is no success. */
public final class FlinkRest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI root;

    FlinkRest(int port) {
        this.root = URI.create("http://127.0.0.1:" + port);
    }

    /** Where the web UI is. */
    public URI root() {
        return root;
    }

    /** Registered TaskManagers. */
    public int taskManagers() throws IOException, InterruptedException {
        return get("/overview").path("taskmanagers").asInt();
    }

    /** The names of registered TaskManagers with a slot in use. */
    Set<String> taskManagersAtWork() throws IOException, InterruptedException {
        Set<String> busy = new HashSet<>();
        for (JsonNode one : get("/taskmanagers").path("taskmanagers")) {
            if (one.path("freeSlots").asInt() < one.path("slotsNumber").asInt()) {
                busy.add(one.path("id").asText());
            }
        }
        return busy;
    }

    /** {@code RUNNING}, {@code RESTARTING}, {@code FINISHED}, ... */
    public String state(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job).path("state").asText();
    }

    /** Whether every task of the job runs. */
    public boolean isRunning(String job) throws IOException, InterruptedException {
        JsonNode found = get("/jobs/" + job);
        int tasks = 0;
        int running = 0;
        for (JsonNode vertex : found.path("vertices")) {
            tasks += vertex.path("parallelism").asInt();
            running += vertex.path("tasks").path("RUNNING").asInt();
        }
        return found.path("state").asText().equals("RUNNING") && tasks > 0 && running == tasks;
    }

    /** When the job began to restart last, in wall-clock milliseconds; 0 when it never did. */
    public long lastRestartMillis(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job).path("timestamps").path("RESTARTING").asLong();
    }

    /** Checkpoints the job has completed on this JobManager. */
    public long completedCheckpoints(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
    }

    /**
     * When the newest complete checkpoint began, in wall-clock milliseconds; 0 before the first.
     */
    public long newestCheckpointMillis(String job) throws IOException, InterruptedException {
        return newestCheckpoint(job).path("trigger_timestamp").asLong();
    }

    /** What Flink says of the newest complete checkpoint; nothing before the first. */
    public JsonNode newestCheckpoint(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
    }

    /** {@code POST /jars/upload}: the id to run it by. */
    public String upload(Path jar) throws IOException, InterruptedException {
        String boundary = "tidemark-" + Long.toHexString(System.nanoTime());
        BodyPublisher body =
                BodyPublishers.concat(
                        text("--" + boundary + "\r\nContent-Disposition: form-data; "),
                        text("name=\"jarfile\"; filename=\"" + jar.getFileName() + "\"\r\n"),
                        text("Content-Type: application/x-java-archive\r\n\r\n"),
                        BodyPublishers.ofFile(jar),
                        text("\r\n--" + boundary + "--\r\n"));
        JsonNode answer =
                send(
                        request("/jars/upload")
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(body));
        return Path.of(answer.path("filename").asText()).getFileName().toString();
    }

    /**
     * {@code POST /jars/:id/run}.
     *
     * @param savepoint a savepoint or checkpoint to go on from
     * @return the job's id
     */
    public String run(
            String jar,
            String mainClass,
            int parallelism,
            Optional<String> savepoint,
            List<String> arguments)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("entryClass", mainClass).put("parallelism", parallelism);
        savepoint.ifPresent(path -> body.put("savepointPath", path));
        arguments.forEach(body.putArray("programArgsList")::add);
        return post("/jars/" + jar + "/run", body).path("jobid").asText();
    }

    /** Cancels it: its newest checkpoint is kept. Returns at once. */
    public void cancel(String job) throws IOException, InterruptedException {
        JsonNode unused =
                send(
                        request("/jobs/" + job + "?mode=cancel")
                                .method("PATCH", BodyPublishers.noBody()));
    }

    /** Stops the job with a savepoint: where that is. */
    public String stopWithSavepoint(String job) throws IOException, InterruptedException {
        String trigger =
                post("/jobs/" + job + "/stop", JSON.createObjectNode().put("drain", false))
                        .path("request-id")
                        .asText();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            JsonNode answer = get("/jobs/" + job + "/savepoints/" + trigger);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode operation = answer.path("operation");
                if (operation.has("location")) {
                    return operation.path("location").asText();
                }
                throw new IOException("no savepoint: " + operation);
            }
            Thread.sleep(100);
        }
        throw new IOException("no savepoint within " + LIMIT);
    }

    /** The answer to a GET. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(LIMIT);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest built = request.build();
        HttpResponse<String> answer = http.send(built, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s %s: %d %s"
                            .formatted(
                                    built.method(),
                                    built.uri().getPath(),
                                    answer.statusCode(),
                                    answer.body()));
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }
}
