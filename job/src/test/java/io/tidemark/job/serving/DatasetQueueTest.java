package io.tidemark.job.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Datasets that are asked for and the workers that take them, on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetQueueTest {
    private EmbeddedPostgres postgres;
    private ServingStoreSettings settings;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        ServingStoreSchema.migrate(url, "postgres", "postgres");
        settings = ServingStoreSettings.of(url, "postgres", "postgres");
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        execute("TRUNCATE dataset");
    }

    @Test
    void theOldestIsTakenOnceAndToldOfWhenItEnded() throws Exception {
        ask("one");
        ask("two");
        try (DatasetQueue mine = new DatasetQueue(settings);
                DatasetQueue other = new DatasetQueue(settings)) {
            DatasetQueue.Wanted first = mine.take().orElseThrow();
            assertThat(first.id()).isEqualTo("one");
            assertThat(first.request()).isEqualTo("{\"dataset.id\": \"one\"}");
            assertThat(first.attempt()).isEqualTo(1);
            assertThat(other.take().orElseThrow().id()).isEqualTo("two");
            assertThat(mine.take()).isEmpty();
            assertThat(mine.tell("one", 0.5, "rows")).isTrue();
            assertThat(mine.tell("two", 0.5, "rows")).as("is another worker's").isFalse();
            mine.end("two", "ready", null, "{}");
            assertThat(mine.unannounced()).isEmpty();
            mine.end("one", "ready", null, "{\"train\":3}");
            assertThat(mine.unannounced())
                    .singleElement()
                    .satisfies(
                            ended -> {
                                assertThat(ended.id()).isEqualTo("one");
                                assertThat(ended.status()).isEqualTo("ready");
                                assertThat(ended.rows()).isEqualTo("{\"train\": 3}");
                            });
            mine.announced("one");
            assertThat(mine.unannounced()).isEmpty();
        }
    }

    @Test
    void aSilentWorkersDatasetIsTakenOverAndItsFormerWorkerHearsOfIt() throws Exception {
        ask("one");
        try (DatasetQueue dead = new DatasetQueue(settings);
                DatasetQueue next = new DatasetQueue(settings)) {
            assertThat(dead.take()).isPresent();
            assertThat(next.take()).isEmpty();
            execute("UPDATE dataset SET seen_at = clock_timestamp() - interval '31 s'");
            assertThat(next.take().orElseThrow().attempt()).isEqualTo(2);
            assertThat(dead.tell("one", 0.9, "rows")).isFalse();
            dead.end("one", "ready", null, "{}");
            assertThat(next.tell("one", 0.1, "rows")).isTrue();
            next.end("one", "failed", "no history", null);
            assertThat(next.unannounced())
                    .singleElement()
                    .satisfies(ended -> assertThat(ended.error()).isEqualTo("no history"));
        }
    }

    @Test
    void aCancelledOneIsNotToGoOnAndWhatIsToBeDeletedIsTold() throws Exception {
        ask("one");
        try (DatasetQueue queue = new DatasetQueue(settings)) {
            queue.take();
            execute("UPDATE dataset SET cancel = true");
            assertThat(queue.tell("one", 0.5, "rows")).isFalse();
            queue.end("one", "cancelled", null, null);
            assertThat(queue.deleting()).isEmpty();
            execute("UPDATE dataset SET status = 'deleting'");
            assertThat(queue.deleting()).containsExactly("one");
            queue.deleted("one");
            assertThat(queue.deleting()).isEmpty();
        }
    }

    private void ask(String id) throws SQLException {
        execute(
                """
                INSERT INTO dataset (dataset_id, symbol, request, registry_yaml, cadence_micros, trace_id)
                VALUES ('%1$s', 'BTCUSDT', '{"dataset.id":"%1$s"}', 'yaml', 1000000, 'trace')
                """
                        .formatted(id));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
