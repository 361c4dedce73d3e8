package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests made from the OpenAPI document by a seed, some as it says, most not: no answer is a 5xx,
 * none hangs (the client waits 30 s), none tells what is inside.
 */
final class ApiFuzzTest {
    private static final int REQUESTS = Integer.getInteger("tidemark.fuzz.requests", 10_000);
    private static final long SEED = Long.getLong("tidemark.fuzz.seed", 2026);
    private static final String ADMIN = "canary-admin-key-0123456789";

    /** Words of the inside; no input has one of them. */
    private static final Pattern INSIDE =
            Pattern.compile(
                    "canary|Exception|\\bat java|java\\.lang|java\\.util|io\\.tidemark|postgresql"
                            + "|jdbi|jackson|jetty|javalin|SELECT |INSERT INTO|/tmp/|127\\.0\\.0\\.1",
                    Pattern.CASE_INSENSITIVE);

    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "0",
                    "-1",
                    "1e9",
                    "2147483648",
                    "9223372036854775808",
                    "NaN",
                    "null",
                    "true",
                    "abc",
                    "\u0661\u0660",
                    "'OR 1=1--",
                    "1;DROP TABLE x",
                    "../../etc/passwd",
                    "..\\..\\x",
                    "%2e%2e%2fx",
                    "\r\nSet-Cookie: a=b",
                    "\0",
                    "<img src=x onerror=alert(1)>",
                    "{{7*7}}",
                    "${jndi:ldap://x}",
                    "\ud83d\ude80",
                    "v0",
                    "v999999999",
                    "9999-12-31T23:59:59Z",
                    "292000000-01-01T00:00:00Z",
                    "1970-01-01T00:00:00Z",
                    "P1D",
                    "1h",
                    "a".repeat(300));
    private static final List<String> GOOD =
            List.of("BTCUSDT", "ETHUSDT", "1.0.0", "v1", "1", "5m", "active", "known", "train");
    private static final List<String> BODIES =
            List.of(
                    "",
                    "{",
                    "[]",
                    "null",
                    "7",
                    "\"x\"",
                    "{\"a\":1,\"a\":2}",
                    "{'a':1}",
                    "{\"a\":NaN}",
                    "[".repeat(2_000),
                    "{\"symbol\":\"" + "x".repeat(5_000) + "\"}",
                    "{\"max_age_ms\":" + "9".repeat(1_500) + "}",
                    "\ufeff{}",
                    "<a/>",
                    "\u0000");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void nothingThatIsAskedBreaksTheServer(@TempDir Path data, @TempDir Path files) {
        try (TestDatabase database = TestDatabase.migrated(data)) {
            database.register("1.0.0", List.of("mid_price", "spread"));
            database.insert("BTCUSDT", "1.0.0", Instant.now(), 2.0, 0.5);
            TestModels.activate(database, files.resolve("models"));
            Map<String, String> settings =
                    Map.of(
                            "admin.api-key",
                            ADMIN,
                            "server.rate-limit",
                            "0",
                            "ready.freshness",
                            "off",
                            "models.directory",
                            files.resolve("models").toString(),
                            "archive.root",
                            files.toString());
            try (ModelServer server = TestClient.start(database, settings)) {
                TestClient client = new TestClient(server);
                TestClient.eventually("ready", () -> client.get("/ready").statusCode() == 200);
                TestClient.eventually(
                        "a model", () -> client.get("/health/models").statusCode() == 200);
                List<Operation> operations = operations(json(client.get("/openapi.json")));
                Map<Integer, Integer> statuses = new TreeMap<>();
                for (int i = 0; i < REQUESTS; i++) {
                    Operation operation = operations.get(random.nextInt(operations.size()));
                    statuses.merge(ask(client, operation, i), 1, Integer::sum);
                }
                assertThat(statuses.getOrDefault(200, 0))
                        .as("some are as the document says: %s", statuses)
                        .isGreaterThan(REQUESTS / 50);
                assertThat(statuses.keySet()).contains(400, 401, 404);
                assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
            }
        }
    }

    private record Operation(
            String method, String path, List<String> parameters, List<String> fields) {}

    private int ask(TestClient client, Operation operation, int number) {
        String path =
                (random.nextInt(4) == 0 ? "/api/v1" : "") + path(operation) + query(operation);
        String body =
                operation.method.equals("GET") && random.nextInt(20) > 0 ? "" : body(operation);
        List<String> headers = new ArrayList<>(List.of("X-Request-ID", "fuzz-" + number));
        if (random.nextInt(10) > 0) {
            headers.addAll(List.of("X-API-Key", ADMIN));
        }
        if (random.nextInt(10) > 0) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        String what =
                "seed %d request %d: %s %s %s"
                        .formatted(SEED, number, operation.method, path, shortened(body));
        HttpResponse<String> answer;
        try {
            answer =
                    client.send(
                            operation.method,
                            path,
                            body.isEmpty()
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(body),
                            headers.toArray(String[]::new));
        } catch (UncheckedIOException e) {
            throw new AssertionError("no answer to " + what, e);
        }
        assertThat(answer.statusCode()).as("%s%n%s", what, answer.body()).isLessThan(500);
        if (answer.statusCode() >= 400) {
            assertThat(INSIDE.matcher(answer.body()).find())
                    .as("%s%n%s", what, answer.body())
                    .isFalse();
            assertThat(json(answer).get("status").asInt()).as(what).isEqualTo(answer.statusCode());
        }
        return answer.statusCode();
    }

    private String path(Operation operation) {
        String path = operation.path;
        for (int from = path.indexOf('{'); from >= 0; from = path.indexOf('{')) {
            int to = path.indexOf('}', from);
            path = path.substring(0, from) + encoded(value()) + path.substring(to + 1);
        }
        return path;
    }

    private String query(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (String parameter : operation.parameters) {
            int times = random.nextInt(12) == 0 ? 2 : random.nextInt(3) > 0 ? 1 : 0;
            for (int i = 0; i < times; i++) {
                String value =
                        parameter.equals("symbol") && random.nextInt(3) > 0 ? "BTCUSDT" : value();
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter)
                        .append('=')
                        .append(encoded(value));
            }
        }
        if (random.nextInt(15) == 0) {
            query.append(query.isEmpty() ? '?' : '&').append(encoded(value())).append("=1");
        }
        return query.toString();
    }

    private String body(Operation operation) {
        if (random.nextInt(4) == 0) {
            return BODIES.get(random.nextInt(BODIES.size()));
        }
        StringBuilder body = new StringBuilder("{");
        for (String field : operation.fields) {
            if (random.nextInt(4) > 0) {
                body.append(body.length() == 1 ? "" : ",")
                        .append('"')
                        .append(field)
                        .append("\":")
                        .append(fieldValue(field, 0));
            }
        }
        return body.append('}').toString();
    }

    private String fieldValue(String field, int depth) {
        if (field.equals("symbol") && random.nextInt(2) == 0) {
            return "\"BTCUSDT\"";
        }
        return switch (random.nextInt(9)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> Integer.toString(random.nextInt(-2, 10));
            case 3 -> Double.toString(random.nextGaussian() * 1e10);
            case 4 -> "1e309";
            case 5 -> depth > 2 ? "[]" : "[" + fieldValue("", depth + 1) + ",0.5]";
            case 6 ->
                    depth > 2
                            ? "{}"
                            : "{\"symbol\":\"BTCUSDT\",\"mid_price\":"
                                    + fieldValue("", depth + 1)
                                    + "}";
            default -> quoted(value());
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(
                    c < ' ' || c == '"' || c == '\\'
                            ? "\\u%04x".formatted((int) c)
                            : String.valueOf(c));
        }
        return quoted.append('"').toString();
    }

    private String value() {
        List<String> from = random.nextBoolean() ? GOOD : ODD;
        return from.get(random.nextInt(from.size()));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 300));
    }

    private static List<Operation> operations(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                one ->
                                                        operations.add(
                                                                new Operation(
                                                                        one.getKey()
                                                                                .toUpperCase(
                                                                                        Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        parameters(
                                                                                document,
                                                                                one.getValue()),
                                                                        fields(
                                                                                document,
                                                                                one.getValue())))));
        return operations;
    }

    private static List<String> parameters(JsonNode document, JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolved(document, parameter);
            if (resolved.get("in").asText().equals("query")) {
                names.add(resolved.get("name").asText());
            }
        }
        return names;
    }

    private static List<String> fields(JsonNode document, JsonNode operation) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        List<String> names = new ArrayList<>();
        resolved(document, schema).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }
}
