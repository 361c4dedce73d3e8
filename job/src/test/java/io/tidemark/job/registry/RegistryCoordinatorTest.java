package io.tidemark.job.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.serving.RegistryVersion;
import io.tidemark.job.serving.ServingStoreSchema;
import io.tidemark.job.serving.ServingStoreSettings;
import io.tidemark.job.serving.StoredActivations;
import io.tidemark.schemas.registry.BuiltInRegistries;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.operators.coordination.MockOperatorCoordinatorContext;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL; the tasks are played. */
class RegistryCoordinatorTest {
    private static final long NOON = 1_765_108_800_000_000L;
    private static final Registry ONE = new Registry(BuiltInRegistries.yaml("1.0.0"), 1_000_000);

    private static EmbeddedPostgres postgres;
    private static ServingStoreSettings settings;

    private final MockOperatorCoordinatorContext context =
            new MockOperatorCoordinatorContext(new OperatorID(), 2);
    private final List<RegistryCoordinator> opened = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        settings =
                ServingStoreSettings.of(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        ServingStoreSchema.migrate(settings.jdbcUrl(), settings.user(), settings.password());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void firstStart() throws Exception {
        execute("TRUNCATE feature_registry_version CASCADE");
        try (StoredActivations store = new StoredActivations(settings, "test")) {
            assertThat(store.activeOrFirst(version(ONE), ONE.yaml()).number()).isEqualTo(1);
            assertThat(store.activeOrFirst(version(two()), two().yaml()).version())
                    .as("the settings have no say once there is an active one")
                    .isEqualTo("1.0.0");
        }
    }

    @AfterEach
    void close() throws Exception {
        for (RegistryCoordinator one : opened) {
            one.close();
        }
        assertThat(context.isJobFailed()).isFalse();
    }

    @Test
    void timesAChangeBeyondEveryHoldAndWritesItDownBeforeItTells() throws Exception {
        RegistryCoordinator coordinator = coordinator(settings, null);
        Task first = new Task(coordinator, 0);
        Task second = new Task(coordinator, 1);
        await(() -> outcome(1).equals("began"));
        activate(2, two());

        first.answer(NOON, NOON + 500_000);
        assertThat(second.told()).isEmpty();
        second.answer(NOON + 1_000_000, NOON + 1_500_000);

        RegistryChange change = first.awaitChange();
        assertThat(change)
                .isEqualTo(new RegistryChange(1, 2, two(), NOON + 2_000_000))
                .isEqualTo(second.awaitChange());
        assertThat(outcome(2)).isEqualTo("switched");
        assertThat(effectiveFrom(2)).isEqualTo(change.fromMicros());
    }

    @Test
    void theTimeInTheStoreHoldsForWhoeverTellsIt() throws Exception {
        RegistryCoordinator lost = coordinator(settings, null);
        Task first = new Task(lost, 0);
        Task second = new Task(lost, 1);
        byte[] checkpoint = checkpoint(lost, 1);
        activate(2, two());
        first.answer(NOON, NOON + 9_500_000);
        second.answer(NOON, NOON + 500_000);
        RegistryChange told = first.awaitChange();
        lost.close();

        RegistryCoordinator next = coordinator(settings, checkpoint);
        Task again = new Task(next, 0);
        Task other = new Task(next, 1);
        again.answer(NOON - 3_000_000, NOON - 2_500_000);
        other.answer(NOON - 3_000_000, NOON - 2_500_000);

        assertThat(again.awaitChange()).isEqualTo(told).isEqualTo(other.awaitChange());
    }

    @Test
    void aBadOneIsRefusedWithTheReasonAndTheNextGoodOneIsTaken() throws Exception {
        RegistryCoordinator coordinator = coordinator(settings, null);
        Task first = new Task(coordinator, 0);
        Task second = new Task(coordinator, 1);
        String bad =
                ONE.yaml()
                        .replace("\"1.0.0\"", "\"1.0.1\"")
                        .replaceFirst("function: vwap", "function: wap");
        activate(2, "1.0.1", bad);
        await(() -> outcome(2).equals("refused"));
        assertThat(detail(2)).contains("line ").contains("'wap'");
        assertThat(first.events).containsExactly(new RegistryEvent.Told(List.of(), 0));

        activate(3, two());
        first.answer(NOON, NOON + 500_000);
        second.answer(NOON, NOON + 500_000);

        assertThat(first.awaitChange().registry()).isEqualTo(two());
    }

    @Test
    void theNextChangeWaitsUntilAllHavePassedTheLast() throws Exception {
        RegistryCoordinator coordinator = coordinator(settings, null);
        Task first = new Task(coordinator, 0);
        Task second = new Task(coordinator, 1);
        activate(2, two());
        first.answer(NOON, NOON + 500_000);
        second.answer(NOON, NOON + 500_000);
        first.awaitChange();
        activate(3, ONE);

        first.answer(NOON + 500_000, NOON + 1_000_000);
        second.answer(NOON + 2_000_000, NOON + 2_500_000);
        await(() -> first.events.get(first.events.size() - 1) instanceof RegistryEvent.Told);
        assertThat(first.told()).hasSize(1);

        first.answer(NOON + 1_000_000, NOON + 1_500_000);
        second.answer(NOON + 2_000_000, NOON + 2_500_000);
        await(() -> first.told().size() == 2);
        assertThat(first.told().get(1)).isEqualTo(new RegistryChange(2, 3, ONE, NOON + 3_000_000));
    }

    @Test
    void aTaskThatComesBackIsToldWhatNoCheckpointHasAndAskedAnew() throws Exception {
        RegistryCoordinator coordinator = coordinator(settings, null);
        Task first = new Task(coordinator, 0);
        Task second = new Task(coordinator, 1);
        activate(2, two());
        first.answer(NOON, NOON + 500_000);
        await(() -> second.events.stream().anyMatch(RegistryEvent.Ask.class::isInstance));
        coordinator.executionAttemptFailed(1, 0, null);
        Task back = new Task(coordinator, 1);
        back.answer(NOON + 5_000_000, NOON + 5_500_000);
        first.answer(NOON, NOON + 500_000);
        RegistryChange change = back.awaitChange();
        assertThat(change.fromMicros()).isEqualTo(NOON + 6_000_000);

        assertThat(new Task(coordinator, 1).awaitChange()).isEqualTo(change);
        byte[] bytes = checkpoint(coordinator, 4);
        coordinator.notifyCheckpointComplete(4);
        Task later = new Task(coordinator, 1);
        await(() -> !later.events.isEmpty());
        assertThat(later.told()).isEmpty();
        CoordinatorState state = CoordinatorState.of(bytes);
        assertThat(state.newest()).isEqualTo(change);
        assertThat(state.untold()).containsExactly(change);
    }

    @Test
    void aStoreThatIsAwayChangesNothingAndHoldsUpNoCheckpoint() throws Exception {
        RegistryCoordinator coordinator =
                coordinator(
                        ServingStoreSettings.of("jdbc:postgresql://127.0.0.1:1/none", "x", ""),
                        null);
        Task first = new Task(coordinator, 0);
        await(() -> !first.events.isEmpty());

        CoordinatorState state = CoordinatorState.of(checkpoint(coordinator, 1));

        assertThat(state.newest()).isEqualTo(new RegistryChange(0, 1, ONE, RegistryChange.ALWAYS));
        assertThat(first.events).containsExactly(new RegistryEvent.Told(List.of(), 0));
    }

    private RegistryCoordinator coordinator(
            ServingStoreSettings store, byte @Nullable [] checkpoint) throws Exception {
        RegistryCoordinator coordinator =
                new RegistryCoordinator(
                        context,
                        new ActiveRegistry(1, ONE),
                        new StoredActivations(store, "test"),
                        new CoordinatorThreads(getClass().getClassLoader(), context::failJob));
        if (checkpoint != null) {
            coordinator.resetToCheckpoint(1, checkpoint);
        }
        coordinator.start();
        opened.add(coordinator);
        return coordinator;
    }

    private static byte[] checkpoint(RegistryCoordinator coordinator, long id) throws Exception {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        coordinator.checkpointCoordinator(id, bytes);
        return bytes.get(30, TimeUnit.SECONDS);
    }

    private static Registry two() {
        return new Registry(BuiltInRegistries.yaml("2.0.0"), 1_000_000);
    }

    private static RegistryVersion version(Registry registry) {
        FeatureSet features = registry.compile();
        return new RegistryVersion(features.version(), features.names(), features.cadenceMicros());
    }

    private static void activate(long number, Registry registry) throws SQLException {
        activate(number, registry.compile().version(), registry.yaml());
    }

    private static void activate(long number, String version, String yaml) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var insert =
                        connection.prepareStatement(
                                "INSERT INTO feature_registry_version (version, feature_names,"
                                        + " cadence_micros, definition) VALUES (?, '{}', 1000000, ?)"
                                        + " ON CONFLICT DO NOTHING")) {
            insert.setString(1, version);
            insert.setString(2, yaml);
            insert.executeUpdate();
        }
        execute(
                "INSERT INTO feature_registry_activation (number, version, activated_by, reason)"
                        + " VALUES (%d, '%s', 'somebody', 'a test')".formatted(number, version));
    }

    private static String outcome(long number) throws SQLException {
        return one("outcome", number).orElse("none");
    }

    private static String detail(long number) throws SQLException {
        return one("detail", number).orElse("none");
    }

    private static long effectiveFrom(long number) throws SQLException {
        return Long.parseLong(
                one("(extract(epoch FROM effective_from) * 1000000)::bigint", number)
                        .orElseThrow());
    }

    private static Optional<String> one(String column, long number) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT %s FROM feature_registry_effect WHERE activation = %d"
                                                .formatted(column, number))) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waited 30 s").isBefore(end);
            Thread.sleep(20);
        }
    }

    /** A task as the coordinator sees it. */
    private static final class Task implements SubtaskGateway {
        private final RegistryCoordinator coordinator;
        private final int subtask;
        private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
        private int answered;

        Task(RegistryCoordinator coordinator, int subtask) {
            this.coordinator = coordinator;
            this.subtask = subtask;
            coordinator.executionAttemptReady(subtask, 0, this);
        }

        @Override
        public CompletableFuture<Acknowledge> sendEvent(OperatorEvent event) {
            events.add((RegistryEvent) event);
            return CompletableFuture.completedFuture(Acknowledge.get());
        }

        @Override
        public ExecutionAttemptID getExecution() {
            throw new AssertionError("not asked for");
        }

        @Override
        public int getSubtask() {
            return subtask;
        }

        /** Answers the next question when it comes. */
        void answer(long closed, long hold) throws Exception {
            await(() -> asks().size() > answered);
            answered = asks().size();
            coordinator.handleEventFromOperator(
                    subtask,
                    0,
                    new RegistryEvent.Held(asks().get(answered - 1).round(), closed, hold));
        }

        private List<RegistryEvent.Ask> asks() {
            return events.stream()
                    .filter(RegistryEvent.Ask.class::isInstance)
                    .map(RegistryEvent.Ask.class::cast)
                    .toList();
        }

        /** The changes told, each once. */
        List<RegistryChange> told() {
            return events.stream()
                    .filter(RegistryEvent.Told.class::isInstance)
                    .flatMap(event -> ((RegistryEvent.Told) event).changes().stream())
                    .distinct()
                    .toList();
        }

        RegistryChange awaitChange() throws Exception {
            await(() -> !told().isEmpty());
            return told().get(0);
        }
    }
}
