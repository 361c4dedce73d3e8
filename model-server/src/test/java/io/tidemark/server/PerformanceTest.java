package io.tidemark.server;

import static io.tidemark.server.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.features.label.LabelText;
import io.tidemark.features.label.Labels;
import io.tidemark.features.label.PriceGrid;
import io.tidemark.features.score.RegressionScores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the server says of its answers is what prices and the audit say, computed without it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PerformanceTest {
    private static final String LABEL = "returns:60s";
    private static final int ROWS = 150;
    private static final long SECOND = 1_000_000;

    /**
     * Ten minutes ago, so that the outcomes of all rows are due: of the run, once for all tests.
     */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant FIRST =
            Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);

    private final PriceGrid prices = new PriceGrid(micros(-300), micros(600), SECOND, 300 * SECOND);
    private TestDatabase database;
    private ModelServer server;
    private TestClient client;

    /** Rows are asked for as they come, some of them twice; every seventh outcome is missing. */
    @BeforeAll
    void start(@TempDir Path data, @TempDir Path models) throws SQLException {
        database = TestDatabase.migrated(data);
        database.register("1.0.0", List.of("mid_price", "spread"));
        TestModels.activate(database, models);
        server = TestClient.start(database, Map.of("models.directory", models.toString()));
        client = new TestClient(server);
        TestClient.eventually("a model", () -> client.get("/health/models").statusCode() == 200);
        SplittableRandom random = new SplittableRandom(7);
        double price = 100;
        for (int i = -300; i < 600; i++) {
            price *= 1 + random.nextGaussian() / 2_000;
            prices.price(micros(i) + 1, price);
        }
        prices.closeThrough(micros(600));
        Labels labels = new Labels(LabelText.parse(LABEL), prices);
        for (int i = 0; i < ROWS; i++) {
            // The model answers the first feature: the outcome, with an error.
            double foretold = labels.at(micros(i)) / 2 + random.nextGaussian() / 2_000;
            database.insert("BTCUSDT", "1.0.0", FIRST.plusSeconds(i), foretold, 0.1);
            for (int times = i % 3; times >= 0; times--) {
                assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
            }
        }
        try (Connection connection = database.connect();
                var insert =
                        connection.prepareStatement(
                                "INSERT INTO outcome (symbol, grid_time, label, known_at, value, stored_at)"
                                        + " VALUES ('BTCUSDT', ?, ?, ?, ?, ?)")) {
            for (int i = -120; i < ROWS; i++) {
                if (i % 7 == 3) {
                    continue;
                }
                Instant time = FIRST.plusSeconds(i);
                insert.setObject(1, time.atOffset(ZoneOffset.UTC));
                insert.setString(2, LABEL);
                insert.setObject(3, time.plusSeconds(60).atOffset(ZoneOffset.UTC));
                insert.setDouble(4, labels.at(micros(i)));
                insert.setObject(5, time.plusSeconds(60).plusMillis(250).atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
        database.close();
    }

    private static long micros(int seconds) {
        return FIRST.plusSeconds(seconds).getEpochSecond() * SECOND;
    }

    private record Recomputed(double[] outcomes, double[] answers, double[] last) {}

    /** From the audit, and from prices by the labels of datasets. */
    private Recomputed recomputed() throws SQLException {
        Labels labels = new Labels(LabelText.parse(LABEL), prices);
        List<double[]> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement();
                ResultSet audit =
                        sql.executeQuery(
                                "SELECT DISTINCT extract(epoch FROM feature_time) AS t, output[1] AS answer"
                                        + " FROM prediction ORDER BY t")) {
            while (audit.next()) {
                long seconds = audit.getLong("t");
                int i = (int) (seconds - FIRST.getEpochSecond());
                if (i % 7 == 3) {
                    continue;
                }
                // The newest outcome known at T that was stored.
                int known = i - 60;
                while (known % 7 == 3) {
                    known--;
                }
                rows.add(
                        new double[] {
                            labels.at(seconds * SECOND),
                            audit.getDouble("answer"),
                            labels.at(micros(known))
                        });
            }
        }
        return new Recomputed(column(rows, 0), column(rows, 1), column(rows, 2));
    }

    private static double[] column(List<double[]> rows, int at) {
        return rows.stream().mapToDouble(row -> row[at]).toArray();
    }

    @Test
    void scoresAreThoseOfAuditAndPrices() throws SQLException {
        JsonNode answer = json(client.get("/monitoring/performance"));
        assertThat(answer.get("models")).hasSize(1);
        JsonNode model = answer.get("models").get(0);
        assertThat(model.get("version").asText()).isEqualTo("v1");
        assertThat(model.get("is_active").asBoolean()).isTrue();
        assertThat(model.get("label").asText()).isEqualTo(LABEL);
        Recomputed expected = recomputed();
        int missing = ROWS - expected.outcomes().length;
        assertThat(missing).isEqualTo(21);
        assertThat(model.get("predictions").asInt()).isEqualTo(ROWS);
        assertThat(model.get("due").asInt()).isEqualTo(ROWS);
        assertThat(model.get("known").asInt()).isEqualTo(ROWS - missing);
        assertThat(model.get("coverage").asDouble()).isEqualTo((double) (ROWS - missing) / ROWS);
        assertThat(model.get("label_delay_ms"))
                .hasToString("{\"count\":129,\"p50\":250,\"p95\":250,\"max\":250}");
        same(model.at("/scores/model"), expected.outcomes(), expected.answers());
        same(model.at("/scores/last_value"), expected.outcomes(), expected.last());
        same(model.at("/scores/zero"), expected.outcomes(), new double[expected.outcomes().length]);
        assertThat(model.at("/scores/model/rank_ic").asDouble()).isGreaterThan(0.3);
        assertThat(model.at("/scores/zero").has("rank_ic")).isFalse();
    }

    @Test
    void theShortFormSaysTheSame() {
        assertThat(client.get("/predict?symbol=BTCUSDT").statusCode()).isEqualTo(200);
        JsonNode model = json(client.get("/monitoring/performance")).get("models").get(0);
        JsonNode brief = json(client.get("/metrics/ml")).at("/models/v1");
        assertThat(brief.get("judged").asInt()).isEqualTo(129);
        assertThat(brief.get("live_accuracy")).isEqualTo(model.at("/scores/model/accuracy"));
        assertThat(brief.get("last_value_accuracy"))
                .isEqualTo(model.at("/scores/last_value/accuracy"));
    }

    /** Errors in every bit; what goes over the probabilities by plain sums. */
    private static void same(JsonNode score, double[] outcomes, double[] answers) {
        RegressionScores errors = RegressionScores.of(outcomes, answers);
        assertThat(score.get("root_mean_squared_error").asDouble())
                .isEqualTo(errors.rootMeanSquaredError());
        assertThat(score.get("mean_absolute_error").asDouble())
                .isEqualTo(errors.meanAbsoluteError());
        if (score.has("rank_ic")) {
            assertThat(score.get("rank_ic").asDouble()).isEqualTo(errors.rankCorrelation());
        }
        int right = 0;
        double brier = 0;
        double logLoss = 0;
        for (int i = 0; i < outcomes.length; i++) {
            // The package's deviation of validation is a half.
            double up = phi(answers[i] / 0.5);
            boolean rose = outcomes[i] > 0;
            right += (up > 0.5) == rose ? 1 : 0;
            brier += Math.pow(up - (rose ? 1 : 0), 2);
            logLoss -= Math.log(rose ? up : 1 - up);
        }
        assertThat(score.get("accuracy").asDouble()).isEqualTo((double) right / outcomes.length);
        // The server's distribution function is good to 7.5e-8.
        assertThat(score.get("brier").asDouble()).isCloseTo(brier / outcomes.length, within(1e-6));
        assertThat(score.get("log_loss").asDouble())
                .isCloseTo(logLoss / outcomes.length, within(1e-6));
    }

    /** The normal distribution function near 0, by its series. */
    private static double phi(double z) {
        double term = z;
        double sum = z;
        for (int n = 1; n < 30; n++) {
            term *= -z * z / (2 * n);
            sum += term / (2 * n + 1);
        }
        return 0.5 + sum / Math.sqrt(2 * Math.PI);
    }

    @Test
    void aSpanAndASymbolAreKeptTo() {
        Instant from = FIRST.plusSeconds(10);
        JsonNode answer =
                json(
                        client.get(
                                "/monitoring/performance?symbol=BTCUSDT&version=v1&from=%s&to=%s"
                                        .formatted(from, from.plusSeconds(20))));
        assertThat(answer.get("models").get(0).get("predictions").asInt()).isEqualTo(20);
        JsonNode other = json(client.get("/monitoring/performance?symbol=XRPUSDT"));
        assertThat(other.get("models").get(0).get("predictions").asInt()).isZero();
        assertThat(other.get("models").get(0).get("scores")).isEmpty();
        JsonNode none = json(client.get("/monitoring/performance?version=v2"));
        assertThat(none.get("models")).isEmpty();
    }
}
