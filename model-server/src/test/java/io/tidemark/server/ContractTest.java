package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tidemark.server.request.Route;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI document says what the server does, no more and no less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractTest {
    private static final String ADMIN = "canary-admin-key-0123456789";
    private static final String PROBLEM = "application/problem+json";

    private TestDatabase database;
    private ModelServer server;
    private TestClient client;
    private JsonNode document;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path models) {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price", "spread"));
        database.insert("BTCUSDT", "1.0.0", Instant.now().minusSeconds(2), 50_000.5, null);
        database.insert("BTCUSDT", "1.0.0", Instant.now().minusSeconds(1), 50_000.5, 0.1);
        database.insert("OLDUSDT", "1.0.0", Instant.EPOCH, 1.0, 1.0);
        LedgerTest.fill(database);
        DatasetsTest.add(database, "first");
        DatasetsTest.add(database, "second");
        QualityTest.fill(database);
        database.execute(
                "INSERT INTO feature_registry_activation (number, version, activated_by, reason)"
                        + " VALUES (1, '1.0.0', 'job', 'the first start')");
        TestModels.activate(database, models);
        DriftTest.fill(database);
        server =
                TestClient.start(
                        database,
                        Map.of(
                                "ready.max-feature-age",
                                "1h",
                                "admin.api-key",
                                ADMIN,
                                "models.directory",
                                models.toString()));
        client = new TestClient(server);
        document = json(client.get("/openapi.json"));
        TestClient.eventually("ready", () -> client.get("/ready").statusCode() == 200);
        TestClient.eventually("a model", () -> client.get("/health/models").statusCode() == 200);
        HttpResponse<String> predicted =
                client.get("/predict?symbol=BTCUSDT", "X-Request-ID", "known");
        assertThat(predicted.statusCode()).as(predicted.body()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    /** The files of the page under /docs are part of the page, not calls of their own. */
    @Test
    void everyRouteIsInTheDocumentAndEveryPathIsServed() {
        Set<String> served = new TreeSet<>();
        for (Route route : server.routes()) {
            if (!route.path().startsWith("/docs/")) {
                served.add(route.method() + " " + route.path());
            }
        }
        assertThat(operations()).isEqualTo(served);
        for (String operation : operations()) {
            for (String prefix : List.of("", "/api/v1")) {
                assertThat(call(operation, prefix, "").statusCode())
                        .as(operation)
                        .isNotIn(401, 404, 405, 500);
            }
        }
    }

    /** {@code GET /features}. */
    private Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        operations.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        return operations;
    }

    @Test
    void everyParameterIsInTheDocumentAndEveryDocumentedOneIsRead() {
        for (String operation : operations()) {
            String[] parts = operation.split(" ", 2);
            JsonNode described =
                    document.get("paths").get(parts[1]).get(parts[0].toLowerCase(Locale.ROOT));
            Set<String> documented = new TreeSet<>();
            for (JsonNode parameter : described.path("parameters")) {
                JsonNode resolved =
                        parameter.has("$ref")
                                ? document.at(parameter.get("$ref").asText().substring(1))
                                : parameter;
                if (resolved.get("in").asText().equals("query")) {
                    documented.add(resolved.get("name").asText());
                }
            }
            HttpResponse<String> refused = call(operation, "", "?no-such=1");
            assertThat(json(refused).get("detail").asText())
                    .isEqualTo("unknown query parameter; known here: " + documented);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/features/latest?symbol=BTCUSDT,/features/latest,200",
        "/features/latest?symbol=BTCUSDT&x=1,/features/latest,400",
        "/features/latest?symbol=XRPUSDT,/features/latest,404",
        "/features/latest?symbol=BTCUSDT&version=9,/features/latest,404",
        "/features/latest?symbol=OLDUSDT&max_age_ms=5,/features/latest,409",
        "/features?symbol=BTCUSDT,/features,200",
        "/features?symbol=XRPUSDT,/features,404",
        "/features?symbol=BTCUSDT&limit=0,/features,400",
        "/ledger,/ledger,200",
        "/ledger?symbol=BTCUSDT&limit=2,/ledger,200",
        "/ledger?symbol=XRPUSDT,/ledger,404",
        "/ledger?type=x,/ledger,400",
        "/data-quality/report?symbol=BTCUSDT,/data-quality/report,200",
        "/data-quality/report?symbol=XRPUSDT,/data-quality/report,404",
        "/data-quality/report,/data-quality/report,400",
        "/feature-registry,/feature-registry,200",
        "/feature-registry/validate,/feature-registry/validate,200",
        "/feature-registry/validate?version=9,/feature-registry/validate,404",
        "/feature-registry/versions,/feature-registry/versions,200",
        "/feature-registry/versions/1.0.0,/feature-registry/versions/{version},200",
        "/feature-registry/versions/9,/feature-registry/versions/{version},404",
        "/feature-registry/versions/1.0.0/usage,/feature-registry/versions/{version}/usage,200",
        "/models,/models,200",
        "/models/v1,/models/{version},200",
        "/models/v9,/models/{version},404",
        "/model/v1,/model/{version},200",
        "/health/models,/health/models,200",
        "/predict?symbol=BTCUSDT,/predict,200",
        "/predict?symbol=BTCUSDT&version=v9,/predict,404",
        "/predict?symbol=XRPUSDT,/predict,404",
        "/predict?symbol=OLDUSDT&max_age_ms=5,/predict,409",
        "/predict?symbol=BTCUSDT&version=ensemble,/predict,400",
        "/predictions/recent,/predictions/recent,200",
        "/predictions/known,/predictions/{request_id},200",
        "/predictions/unknown,/predictions/{request_id},404",
        "/monitoring/latency,/monitoring/latency,200",
        "/monitoring/latency?window=2d,/monitoring/latency,400",
        "/monitoring/freshness,/monitoring/freshness,200",
        "/monitoring/history,/monitoring/history,200",
        "/monitoring/history?limit=0,/monitoring/history,400",
        "/metrics/ml,/metrics/ml,200",
        "/monitoring/performance,/monitoring/performance,200",
        "/monitoring/performance?from=2025-12-07T12:00:00Z,/monitoring/performance,400",
        "/monitoring/performance?version=x,/monitoring/performance,404",
        "/dataset/list,/dataset/list,200",
        "/dataset/list?status=soon,/dataset/list,400",
        "/dataset/second,/dataset/{id},200",
        "/dataset/none,/dataset/{id},404",
        "/dataset/second/download,/dataset/{id}/download,409",
        "/monitoring/drift,/monitoring/drift,200",
        "/monitoring/drift?symbol=BTCUSDT,/monitoring/drift,200",
        "/monitoring/drift?symbol=XRPUSDT,/monitoring/drift,404",
        "/monitoring/drift/histograms?symbol=BTCUSDT,/monitoring/drift/histograms,200",
        "/monitoring/drift/alarms?limit=1,/monitoring/drift/alarms,200",
        "/monitoring/drift/alarms?limit=0,/monitoring/drift/alarms,400",
        "/health,/health,200",
        "/ready,/ready,200",
        "/openapi.json,/openapi.json,200",
    })
    void answersAsTheDocumentSays(String call, String path, int status) {
        HttpResponse<String> response = client.get(call);
        assertThat(response.statusCode()).isEqualTo(status);
        String type = response.headers().firstValue("Content-Type").orElse("none");
        JsonNode documented = response(path, status).at("/content/" + type.replace("/", "~1"));
        assertThat(documented.isMissingNode()).as(type).isFalse();
        assertThat(faults(documented.get("schema"), json(response))).isEmpty();
    }

    @Test
    void theExampleInTheDocumentIsAnAnswerOfItsSchema() {
        JsonNode content = response("/features/latest", 200).at("/content/application~1json");
        assertThat(faults(content.get("schema"), content.get("example"))).isEmpty();
    }

    @Test
    void noticesAnAnswerThatIsNotAsDocumented() {
        JsonNode schema = response("/features/latest", 200).at("/content/application~1json/schema");
        var answer = json(client.get("/features/latest?symbol=BTCUSDT"));
        ((ObjectNode) answer).put("surprise", 1);
        assertThat(faults(schema, answer)).isNotEmpty();
    }

    @Test
    void answersAnUnreadyServerAsTheDocumentSays(@TempDir Path data) {
        try (TestDatabase empty = TestDatabase.migrated(data);
                ModelServer waiting = TestClient.start(empty, Map.of())) {
            HttpResponse<String> response = new TestClient(waiting).get("/ready");
            assertThat(response.statusCode()).isEqualTo(503);
            JsonNode schema = response("/ready", 503).get("content").get(PROBLEM).get("schema");
            assertThat(faults(schema, json(response))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"events\":[%s]}",
                "400|{\"events\":[%s,{}]}",
                "400|{\"events\":[]}",
                "404|{\"feature_registry_version\":\"0.0.9\",\"events\":[%s]}"
            })
    void answersAnExtractionAsTheDocumentSays(int status, String body) {
        String event =
                "{\"event_type\":\"trade\",\"topic\":\"publicTrade.BTCUSDT\",\"timestamp\":"
                        + "\"2025-12-07T12:53:26.668331\",\"payload\":{\"T\":1765112006668,"
                        + "\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":\"0.5\",\"p\":\"50000.5\",\"i\":\"a\"}}";
        HttpResponse<String> response =
                client.send(
                        "POST",
                        "/features/extract",
                        BodyPublishers.ofString(body.formatted(event)),
                        "Content-Type",
                        "application/json");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        String type = response.headers().firstValue("Content-Type").orElse("none");
        JsonNode documented =
                response("/features/extract", status).at("/content/" + type.replace("/", "~1"));
        assertThat(faults(documented.get("schema"), json(response))).isEmpty();
    }

    /** What calls about models answer, right or wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post|/models/activate/{version}|200|"
                        + "{\"activated_by\":\"a\",\"activation_reason\":\"b\"}",
                "post|/admin/rollback|409|{\"activated_by\":\"a\",\"activation_reason\":\"b\"}",
                "post|/admin/reload|200|",
                "post|/admin/train|400|{\"dataset_id\":\"d\",\"algorithm\":\"magic\"}",
                "post|/admin/train|202|{\"dataset_id\":\"d\",\"algorithm\":\"ridge\"}",
                "get|/admin/train/status|200|",
                "post|/admin/train/cancel|202|",
                "post|/predict|200|{\"symbol\":\"BTCUSDT\"}",
                "post|/predict|200|{\"features\":{\"spread\":1}}",
                "post|/predict|400|{\"features\":{\"x\":1}}",
                "post|/predict/batch|200|{\"items\":[{\"features\":[1,2]},{\"symbol\":\"X\"}]}",
                "post|/predict/batch|400|{\"items\":[]}",
                "post|/predictions/{request_id}/replay|200|",
                "post|/admin/drift/alarms/{id}/acknowledge|400|{}",
                "post|/admin/drift/alarms/{id}/acknowledge|200|{\"acknowledged_by\":\"a\"}",
                "post|/admin/drift/alarms/{id}/acknowledge|409|{\"acknowledged_by\":\"a\"}",
                "get|/admin/audit/clearings|200|",
                "delete|/admin/audit/clear|400|{\"cleared_by\":\"a\"}",
                "delete|/admin/audit/clear|200|"
                        + "{\"cleared_by\":\"a\",\"reason\":\"b\",\"keep_seconds\":86400}",
            })
    void answersAboutModelsAsTheDocumentSays(
            String method, String path, int status, @Nullable String body) {
        HttpResponse<String> response =
                client.send(
                        method.toUpperCase(Locale.ROOT),
                        path.replace("{version}", "v1")
                                .replace("{request_id}", "known")
                                .replace("{id}", "2"),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/json",
                        "X-API-Key",
                        ADMIN);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        String type = response.headers().firstValue("Content-Type").orElse("none");
        JsonNode documented =
                response(method, path, status).at("/content/" + type.replace("/", "~1"));
        assertThat(faults(documented.get("schema"), json(response))).isEmpty();
    }

    private HttpResponse<String> call(String operation, String prefix, String query) {
        String[] parts = operation.split(" ", 2);
        return client.send(
                parts[0],
                prefix
                        + parts[1].replace("{request_id}", "known")
                                .replace("{id}", "first")
                                .replace(
                                        "{version}", parts[1].contains("registry") ? "1.0.0" : "v1")
                        + query,
                BodyPublishers.noBody(),
                "X-API-Key",
                ADMIN);
    }

    private JsonNode response(String path, int status) {
        return response(path.equals("/features/extract") ? "post" : "get", path, status);
    }

    private JsonNode response(String method, String path, int status) {
        JsonNode response =
                document.get("paths")
                        .get(path)
                        .get(method)
                        .get("responses")
                        .get(Integer.toString(status));
        assertThat(response).as("%s %d is documented", path, status).isNotNull();
        return response.has("$ref")
                ? document.at(response.get("$ref").asText().substring(1))
                : response;
    }

    /** What a change of the registry answers, right or wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post|/feature-registry/reload|200|",
                "post|/feature-registry/versions|422|{\"definition\":\"version: 3.0.0\"}",
                "post|/feature-registry/versions|400|{\"definition\":7}",
                "post|/feature-registry/versions/{version}/activate|422|"
                        + "{\"activated_by\":\"a\",\"activation_reason\":\"b\"}",
                "post|/feature-registry/rollback|409|"
                        + "{\"activated_by\":\"a\",\"activation_reason\":\"b\"}",
                "delete|/feature-registry/versions/{version}|409|",
            })
    void answersAChangeOfTheRegistryAsTheDocumentSays(
            String method, String path, int status, @Nullable String body) {
        if (path.endsWith("/activate")) {
            database.register("0.9.0", List.of("mid_price"));
        }
        HttpResponse<String> response =
                client.send(
                        method.toUpperCase(Locale.ROOT),
                        path.replace("{version}", method.equals("delete") ? "1.0.0" : "0.9.0"),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/json",
                        "X-API-Key",
                        ADMIN);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        String type = response.headers().firstValue("Content-Type").orElse("none");
        JsonNode documented =
                response(method, path, status).at("/content/" + type.replace("/", "~1"));
        assertThat(faults(documented.get("schema"), json(response))).isEmpty();
    }

    private Set<ValidationMessage> faults(JsonNode schema, JsonNode answer) {
        var whole = ((ObjectNode) schema).deepCopy();
        whole.set("components", document.get("components"));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                whole,
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build());
        return validator.validate(answer);
    }
}
