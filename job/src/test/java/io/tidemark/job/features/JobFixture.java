package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.engine.SymbolEngine;
import io.tidemark.features.label.LabelText;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.drift.DriftSettings;
import io.tidemark.job.outcome.OutcomeSettings;
import io.tidemark.job.registry.Registry;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.job.source.BrokerConnection;
import io.tidemark.job.source.SourceSettings;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import io.tidemark.schemas.wire.FeatureMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The whole job between a real RabbitMQ and a real PostgreSQL, Parquet on disk, each for itself.
 */
final class JobFixture implements AutoCloseable {
    private static final String AMQP_URI =
            System.getenv().getOrDefault("TIDEMARK_TEST_AMQP_URI", "");
    private static final String POSTGRES_URL =
            System.getenv().getOrDefault("TIDEMARK_TEST_POSTGRES_URL", "");

    private final Path archive;

    /** Two queues a type and two readers: as a deployment that was scaled out. */
    private final MarketQueues queues;

    private final String schema = "it_" + UUID.randomUUID().toString().replace('-', '_');
    private final Connection connection;
    private final Channel channel;

    JobFixture(Path archive, String queuePrefix) throws Exception {
        assumeThat(AMQP_URI).as("TIDEMARK_TEST_AMQP_URI: a real RabbitMQ").isNotEmpty();
        assumeThat(POSTGRES_URL).as("TIDEMARK_TEST_POSTGRES_URL: a real PostgreSQL").isNotEmpty();
        this.archive = Files.createDirectories(archive);
        this.queues = new MarketQueues(queuePrefix, 2);
        try (var database = DriverManager.getConnection(POSTGRES_URL);
                Statement statement = database.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(AMQP_URI);
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
        for (MarketQueues.Queue queue : queues.all()) {
            channel.queueDeclare(queue.name(), true, false, false, Map.of());
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        for (MarketQueues.Queue queue : queues.all()) {
            channel.queueDelete(queue.name());
        }
        connection.close();
        try (var database = DriverManager.getConnection(POSTGRES_URL);
                Statement statement = database.createStatement()) {
            statement.execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    /** The queue of rows and events, empty. */
    void emptyLive() throws Exception {
        channel.queueDeclare("features.live", true, false, false, bounded());
        channel.queuePurge("features.live");
    }

    void activate(long number, String version, String definition) throws Exception {
        try (var database = DriverManager.getConnection(POSTGRES_URL + "&currentSchema=" + schema);
                var register =
                        database.prepareStatement(
                                "INSERT INTO feature_registry_version (version, feature_names,"
                                        + " cadence_micros, definition) VALUES (?, ?, 1000000, ?)"
                                        + " ON CONFLICT DO NOTHING");
                var activate =
                        database.prepareStatement(
                                "INSERT INTO feature_registry_activation (number, version,"
                                        + " activated_by, reason) VALUES (?, ?, 'it', 'a test')")) {
            Object[] names =
                    BuiltInRegistries.versions().contains(version)
                            ? FeatureSet.builtIn(version).names().toArray()
                            : new Object[0];
            register.setString(1, version);
            register.setArray(2, database.createArrayOf("text", names));
            register.setString(3, definition);
            register.executeUpdate();
            activate.setLong(1, number);
            activate.setString(2, version);
            activate.executeUpdate();
        }
    }

    /** What the job made of an activation: the outcome and, of a switch, its time. */
    String effect(long number) throws Exception {
        try (var database = DriverManager.getConnection(POSTGRES_URL + "&currentSchema=" + schema);
                Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT outcome, (extract(epoch from effective_from) * 1000000)::bigint"
                                        + " FROM feature_registry_effect WHERE activation = "
                                        + number)) {
            return row.next() ? row.getString(1) + " " + row.getString(2) : "none";
        }
    }

    JobClient submit(Duration quietAfter, @Nullable String savepoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("state.backend.type", "rocksdb");
        configuration.setString("execution.checkpointing.interval", "500ms");
        configuration.setString("execution.buffer-timeout.interval", "0ms");
        configuration.setString("pipeline.object-reuse", "true");
        if (savepoint != null) {
            configuration.setString("execution.savepoint.path", savepoint);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        String url = POSTGRES_URL + "&currentSchema=" + schema;
        FeatureJobSettings settings =
                new FeatureJobSettings(
                        new BrokerConnection(AMQP_URI),
                        new SourceSettings(
                                queues.prefix(),
                                queues.perType(),
                                2,
                                10_000,
                                Duration.ofMillis(200),
                                quietAfter,
                                1 << 20,
                                Duration.ofSeconds(10),
                                new SourceSettings.QueueArguments(Duration.ofDays(1), 100_000)),
                        new Registry(BuiltInRegistries.yaml("1.0.0"), 1_000_000),
                        Duration.ofHours(1),
                        new HeapBounds(1_000, 1 << 20),
                        archive.toString(),
                        ServingStoreSettings.of(url, "tidemark", ""),
                        1_000,
                        DriftSettings.STANDARD,
                        new OutcomeSettings(List.of(LabelText.parse("returns:10s"))));
        FeatureJob.define(environment, settings, FeatureJob.prepareStore(settings));
        return environment.executeAsync("it");
    }

    void publish(List<MarketEvent> events) throws Exception {
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        for (MarketEvent event : events) {
            byte[] body =
                    encoder.encode(
                            event,
                            EnvelopeEncoder.topic(event),
                            UUID.randomUUID().toString(),
                            "trace");
            channel.basicPublish("", queues.of(event.type(), event.symbol()), persistent(), body);
        }
        channel.waitForConfirmsOrDie(30_000);
    }

    void publishRaw(EventType type, String body) throws Exception {
        channel.basicPublish(
                "", queues.of(type, ""), persistent(), body.getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(30_000);
    }

    private static AMQP.BasicProperties persistent() {
        return new AMQP.BasicProperties.Builder().deliveryMode(2).build();
    }

    static Map<String, Object> bounded() {
        return Map.of("x-max-length", 100_000, "x-overflow", "drop-head");
    }

    /** Rows by the pure engine over the sorted events, up to the last event's step. */
    static Map<String, FeatureRow> reference(List<MarketEvent> events) {
        FeatureSet features = FeatureSet.builtIn("1.0.0");
        Map<String, FeatureRow> rows = new TreeMap<>();
        events.stream()
                .collect(Collectors.groupingBy(MarketEvent::symbol))
                .forEach(
                        (symbol, own) -> {
                            List<MarketEvent> sorted = new ArrayList<>(own);
                            sorted.sort(CanonicalOrder.INSTANCE);
                            var engine = SymbolEngine.create(features, symbol);
                            Grid grid = new Grid(1_000_000, 1_000_000);
                            long row = grid.stepEnd(sorted.get(0).eventTimeMicros());
                            for (MarketEvent event : sorted) {
                                while (event.eventTimeMicros() >= row) {
                                    put(rows, engine.rowAt(row));
                                    row += 1_000_000;
                                }
                                engine.accept(event);
                            }
                            put(rows, engine.rowAt(row));
                        });
        return rows;
    }

    private static void put(Map<String, FeatureRow> rows, FeatureRow row) {
        rows.put(row.symbol() + "@" + row.gridTimeMicros(), row);
    }

    Map<String, FeatureRow> storedRows() throws Exception {
        Map<String, FeatureRow> rows = new TreeMap<>();
        try (var database = DriverManager.getConnection(POSTGRES_URL + "&currentSchema=" + schema);
                Statement statement = database.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "SELECT symbol, (extract(epoch from grid_time) * 1000000)::bigint,"
                                        + " registry_version, feature_values, completeness, event_count,"
                                        + " (extract(epoch from max_event_time) * 1000000)::bigint"
                                        + " FROM feature_row")) {
            while (found.next()) {
                Array array = found.getArray(4);
                Double[] boxed = (Double[]) array.getArray();
                double[] values = new double[boxed.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = boxed[i] == null ? Double.NaN : boxed[i];
                }
                put(
                        rows,
                        new FeatureRow(
                                found.getString(1),
                                found.getLong(2),
                                found.getString(3),
                                values,
                                found.getInt(5),
                                found.getLong(6),
                                found.getLong(7)));
            }
        }
        return rows;
    }

    Map<String, FeatureMessage> liveMessages() throws Exception {
        Map<String, FeatureMessage> messages = new HashMap<>();
        GetResponse message = channel.basicGet("features.live", true);
        while (message != null) {
            messages.put(
                    message.getProps().getMessageId(), FeatureMessage.parse(message.getBody()));
            message = channel.basicGet("features.live", true);
        }
        return messages;
    }

    long count(String glob) throws Exception {
        return countBy("1", glob).values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> countBy(String column, String glob) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        try (var files = Files.walk(archive)) {
            String folder = glob.substring(0, glob.indexOf('/'));
            if (files.noneMatch(
                    f ->
                            f.startsWith(archive.resolve(folder))
                                    && f.getFileName().toString().startsWith("part-"))) {
                return counts;
            }
        }
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "SELECT %s, count(*) FROM read_parquet('%s/%s', hive_partitioning = true, union_by_name = true) GROUP BY 1"
                                        .formatted(column, archive, glob))) {
            while (found.next()) {
                counts.put(found.getString(1), found.getLong(2));
            }
        }
        return counts;
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waited 60 s").isBefore(end);
            Thread.sleep(200);
        }
    }
}
