package io.tidemark.local.whole;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A market, the job, its outcomes, two models and what the server says of their answers: it is what
 * the definitions say, computed here from the archive's trades and the audit and by nothing else of
 * the platform. Outcomes are compared by their bits.
 */
class LivePerformanceIT {
    private static final String KEY = "some-long-secret";
    private static final String SYMBOL = "BTCUSDT";
    private static final double THRESHOLD = 1e-4;
    private static final int HORIZON_SECONDS = 3;
    private static final String RETURNS = "returns:3s";
    private static final String CLASSES = "classification:3s:threshold=1.0E-4";
    private static final int HISTORY_SECONDS = 85;
    private static final int PREDICTED_SECONDS = 20;
    private static final long SECOND = 1_000_000;
    private static final long CARRY = 300 * SECOND;
    private static final double LEAST = Math.ulp(1.0);

    @TempDir Path data;

    /** An answer of the audit: T, the model's numbers, and what came of it (null: not known). */
    private record Answer(
            long time, double[] output, @Nullable Double outcome, @Nullable Double last) {}

    @Test
    void isWhatArchiveAndAuditSay() throws Exception {
        RunningDemo demo =
                RunningDemo.start(
                        data,
                        Map.of(
                                "ADMIN_API_KEY", KEY,
                                "TIDEMARK_DEMO_SYMBOLS", SYMBOL,
                                "TIDEMARK_OUTCOMES_LABELS", RETURNS + "," + CLASSES));
        try (demo) {
            Instant first = Instant.parse(demo.firstRow(SYMBOL));
            awaitRow(demo, first.plusSeconds(HISTORY_SECONDS));
            train(demo, "ridge", "{\"type\": \"returns\", \"horizon\": \"3s\"}", "always");
            train(
                    demo,
                    "logistic",
                    "{\"type\": \"classification\", \"horizon\": \"3s\", \"threshold\": %s}"
                            .formatted(THRESHOLD),
                    "never");
            Instant from = newestRow(demo);
            predict(demo, from.plusSeconds(PREDICTED_SECONDS));
            Instant to = newestRow(demo).plusSeconds(1);
            Archive archive = new Archive(data.resolve("archive"));
            awaitArchived(archive, micros(to) + (HORIZON_SECONDS + 2) * SECOND);

            Map<Long, Double> prices = prices(archive);
            Map<Long, Double> returns = returns(prices);
            Map<Long, Double> classes = new TreeMap<>();
            returns.forEach((time, r) -> classes.put(time, classOf(r)));
            try (Connection database = demo.database()) {
                assertThat(outcomes(database, RETURNS, micros(to))).isEqualTo(until(returns, to));
                assertThat(outcomes(database, CLASSES, micros(to))).isEqualTo(until(classes, to));
                JsonNode said =
                        demo.get(
                                "%s/monitoring/performance?from=%s&to=%s"
                                        .formatted(demo.server(), from, to));
                assertThat(said.path("models")).hasSize(2);
                assertNumbers(said.at("/models/0"), answers(database, 1, from, to, returns));
                assertClasses(said.at("/models/1"), answers(database, 2, from, to, classes));
            }
        }
    }

    private static void assertNumbers(JsonNode model, List<Answer> answers) {
        assertThat(model.path("version").asText()).isEqualTo("v1");
        assertThat(model.path("label").asText()).isEqualTo(RETURNS);
        List<Answer> known = assertCoverage(model, answers);
        assertErrors(model.at("/scores/model"), known, answer -> answer.output()[0]);
        assertErrors(model.at("/scores/zero"), known, answer -> 0);
        assertErrors(
                model.at("/scores/last_value"),
                known,
                answer -> {
                    Double last = answer.last();
                    return last == null ? 0 : last;
                });
    }

    private static void assertErrors(
            JsonNode score, List<Answer> known, ToDoubleFunction<Answer> foretold) {
        double right = 0;
        double squares = 0;
        double distances = 0;
        for (Answer answer : known) {
            double said = foretold.applyAsDouble(answer);
            double error = said - came(answer);
            right += (said > 0) == (came(answer) > 0) ? 1 : 0;
            squares += error * error;
            distances += Math.abs(error);
        }
        int n = known.size();
        assertIs(score, "accuracy", right / n);
        assertIs(score, "root_mean_squared_error", Math.sqrt(squares / n));
        assertIs(score, "mean_absolute_error", distances / n);
        assertRankIc(score, known, foretold);
    }

    private static void assertClasses(JsonNode model, List<Answer> answers) {
        assertThat(model.path("version").asText()).isEqualTo("v2");
        assertThat(model.path("label").asText()).isEqualTo(CLASSES);
        List<Answer> known = assertCoverage(model, answers);
        long[] counts = new long[3];
        known.forEach(answer -> counts[truth(answer)]++);
        double[] shares =
                Arrays.stream(counts).mapToDouble(count -> (double) count / known.size()).toArray();
        assertShares(model.at("/scores/model"), known, Answer::output);
        assertShares(model.at("/scores/majority"), known, answer -> shares);
        assertShares(
                model.at("/scores/last_value"),
                known,
                answer -> {
                    Double last = answer.last();
                    double[] shared = shares.clone();
                    if (last != null) {
                        shared = Arrays.stream(shares).map(share -> share / 2).toArray();
                        shared[1 + last.intValue()] += 0.5;
                    }
                    return shared;
                });
    }

    private interface Shares {
        double[] of(Answer answer);
    }

    private static void assertShares(JsonNode score, List<Answer> known, Shares foretold) {
        int n = known.size();
        double right = 0;
        double surprise = 0;
        double brier = 0;
        double[][] bins = new double[10][3];
        for (Answer answer : known) {
            double[] said = foretold.of(answer);
            int best = 0;
            for (int at = 0; at < 3; at++) {
                best = said[at] > said[best] ? at : best;
                double miss = said[at] - (at == truth(answer) ? 1 : 0);
                brier += miss * miss;
            }
            right += best == truth(answer) ? 1 : 0;
            surprise -= Math.log(Math.min(1 - LEAST, Math.max(LEAST, said[truth(answer)])));
            double[] bin = bins[Math.min(9, (int) (10 * said[best]))];
            bin[0]++;
            bin[1] += said[best];
            bin[2] += best == truth(answer) ? 1 : 0;
        }
        double apart = 0;
        for (double[] bin : bins) {
            apart += Math.abs(bin[1] - bin[2]) / n;
        }
        assertIs(score, "accuracy", right / n);
        assertIs(score, "log_loss", surprise / n);
        assertIs(score, "brier", brier / n);
        assertIs(score, "calibration_error", apart);
        assertRankIc(score, known, answer -> foretold.of(answer)[2] - foretold.of(answer)[0]);
    }

    /** Spearman's: Pearson's of the ranks, equal values sharing theirs. */
    private static void assertRankIc(
            JsonNode score, List<Answer> known, ToDoubleFunction<Answer> foretold) {
        double[] a = ranks(known.stream().mapToDouble(LivePerformanceIT::came).toArray());
        double[] b = ranks(known.stream().mapToDouble(foretold).toArray());
        double middle = (known.size() + 1) / 2.0;
        double together = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            together += (a[i] - middle) * (b[i] - middle);
            ofA += (a[i] - middle) * (a[i] - middle);
            ofB += (b[i] - middle) * (b[i] - middle);
        }
        if (ofA == 0 || ofB == 0) {
            assertThat(score.path("rank_ic").isNumber()).as(score.toString()).isFalse();
            return;
        }
        assertIs(score, "rank_ic", together / Math.sqrt(ofA * ofB));
    }

    private static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (double other : values) {
                ranks[i] += other < values[i] ? 1 : other == values[i] ? 0.5 : 0;
            }
            ranks[i] += 0.5;
        }
        return ranks;
    }

    /** To what the order of adding up may do. */
    private static void assertIs(JsonNode score, String name, double expected) {
        assertThat(score.path(name).isNumber()).as(name + " of " + score).isTrue();
        assertThat(score.path(name).asDouble())
                .as(name)
                .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }

    /** Answers with those whose outcome is known. */
    private static List<Answer> assertCoverage(JsonNode model, List<Answer> answers) {
        List<Answer> known = answers.stream().filter(answer -> answer.outcome() != null).toList();
        assertThat(known).hasSizeGreaterThan(PREDICTED_SECONDS / 2);
        assertThat(model.path("predictions").asInt()).isEqualTo(answers.size());
        assertThat(model.path("due").asInt()).isEqualTo(answers.size());
        assertThat(model.path("known").asInt()).isEqualTo(known.size());
        assertThat(model.path("unforeseen").asInt()).isZero();
        assertIs(model, "coverage", (double) known.size() / answers.size());
        return known;
    }

    private static double came(Answer answer) {
        return requireNonNull(answer.outcome());
    }

    private static int truth(Answer answer) {
        return 1 + (int) came(answer);
    }

    private static double classOf(double gain) {
        return gain > THRESHOLD ? 1 : gain < -THRESHOLD ? -1 : 0;
    }

    /** P(T+h)/P(T)-1 of every row with a price whose row at T+h has one too. */
    private static Map<Long, Double> returns(Map<Long, Double> prices) {
        Map<Long, Double> returns = new TreeMap<>();
        prices.forEach(
                (time, price) -> {
                    Double later = prices.get(time + HORIZON_SECONDS * SECOND);
                    if (later != null) {
                        returns.put(time, later / price - 1);
                    }
                });
        return returns;
    }

    /** Of each row: the last accepted trade before its time, if it is at most the carry old. */
    private static Map<Long, Double> prices(Archive archive) throws SQLException {
        List<List<Object>> trades =
                archive.query(
                        "SELECT epoch_us(event_time), price FROM {raw/type=trade} WHERE verdict ="
                                + " 'accepted' ORDER BY event_time, venue_sequence, id");
        Map<Long, Double> prices = new TreeMap<>();
        for (List<Object> row : archive.query("SELECT epoch_us(grid_time) FROM {features}")) {
            long time = ((Number) row.get(0)).longValue();
            for (List<Object> trade : trades) {
                long at = ((Number) trade.get(0)).longValue();
                if (at < time && time - at <= CARRY) {
                    prices.put(time, ((Number) trade.get(1)).doubleValue());
                }
            }
        }
        return prices;
    }

    private static Map<Long, Double> until(Map<Long, Double> outcomes, Instant end) {
        Map<Long, Double> until = new TreeMap<>(outcomes);
        until.keySet().removeIf(time -> time >= micros(end));
        assertThat(until).hasSizeGreaterThan(HISTORY_SECONDS);
        return until;
    }

    private static Map<Long, Double> outcomes(Connection database, String label, long end)
            throws SQLException {
        Map<Long, Double> stored = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT extract(epoch FROM grid_time) * 1000000, value,
                                       extract(epoch FROM known_at - grid_time)
                                FROM outcome WHERE symbol = '%s' AND label = '%s'
                                """
                                        .formatted(SYMBOL, label))) {
            while (row.next()) {
                assertThat(row.getInt(3)).isEqualTo(HORIZON_SECONDS);
                stored.put(row.getBigDecimal(1).longValueExact(), row.getDouble(2));
            }
        }
        stored.keySet().removeIf(time -> time >= end);
        return stored;
    }

    /** What a version answered to rows of a span, the first answer to each. */
    private static List<Answer> answers(
            Connection database, int version, Instant from, Instant to, Map<Long, Double> outcomes)
            throws SQLException {
        Map<Long, Answer> answers = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT extract(epoch FROM feature_time) * 1000000, output
                                FROM prediction WHERE model_version = %d ORDER BY number
                                """
                                        .formatted(version))) {
            while (row.next()) {
                long time = row.getBigDecimal(1).longValueExact();
                Object[] output = (Object[]) row.getArray(2).getArray();
                if (time >= micros(from) && time < micros(to)) {
                    answers.putIfAbsent(
                            time,
                            new Answer(
                                    time,
                                    Arrays.stream(output).mapToDouble(x -> (Double) x).toArray(),
                                    outcomes.get(time),
                                    last(outcomes, time)));
                }
            }
        }
        return new ArrayList<>(answers.values());
    }

    /** The newest outcome that was known at a time. */
    private static @Nullable Double last(Map<Long, Double> outcomes, long time) {
        Double last = null;
        for (Map.Entry<Long, Double> outcome : outcomes.entrySet()) {
            if (outcome.getKey() + HORIZON_SECONDS * SECOND <= time) {
                last = outcome.getValue();
            }
        }
        return last;
    }

    private static void train(RunningDemo demo, String algorithm, String target, String activate)
            throws Exception {
        JsonNode begun =
                demo.asAdmin(
                        "/admin/train",
                        KEY,
                        """
                        {"algorithm": "%s", "seed": 1, "activate": "%s",
                         "dataset": {"symbol": "%s", "target_config": %s}}
                        """
                                .formatted(algorithm, activate, SYMBOL, target));
        assertThat(begun.path("status").asText()).as(begun.toString()).isEqualTo("started");
        JsonNode[] now = new JsonNode[1];
        Until.holds(
                "a model",
                Duration.ofSeconds(60),
                () -> {
                    now[0] = demo.asAdmin("/admin/train/status", KEY, "").path("training");
                    return !now[0].path("state").asText().equals("running");
                });
        assertThat(now[0].path("state").asText()).as(now[0].toString()).isEqualTo("completed");
    }

    /** Asks both versions again and again, most rows more than once. */
    private static void predict(RunningDemo demo, Instant end) throws Exception {
        String predict = demo.server() + "/predict?symbol=" + SYMBOL;
        while (newestRow(demo).isBefore(end)) {
            for (int version = 1; version <= 2; version++) {
                JsonNode answer = demo.get(predict + "&version=v" + version);
                assertThat(answer.path("model_version").asText())
                        .as(answer.toString())
                        .isEqualTo("v" + version);
            }
            Thread.sleep(350);
        }
    }

    private static Instant newestRow(RunningDemo demo) throws Exception {
        return Instant.parse(
                demo.get(demo.server() + "/features/latest?symbol=" + SYMBOL)
                        .path("timestamp")
                        .asText());
    }

    private static void awaitRow(RunningDemo demo, Instant time) throws Exception {
        Until.holds(
                "the row at " + time,
                Duration.ofSeconds(150),
                () -> !newestRow(demo).isBefore(time));
    }

    private static void awaitArchived(Archive archive, long end) throws Exception {
        Until.holds(
                "an archive up to there",
                Duration.ofSeconds(60),
                () ->
                        newest(archive, "epoch_us(max(event_time)) FROM {raw/type=trade}") >= end
                                && newest(archive, "epoch_us(max(grid_time)) FROM {features}")
                                        >= end);
    }

    private static long newest(Archive archive, String what) throws SQLException {
        return ((Number) archive.query("SELECT " + what).get(0).get(0)).longValue();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
