package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers of several servers publish at once: each version is one package, whole. */
final class PublicationTest {
    private static final int PUBLISHERS = 4;
    private static final int EACH = 5;

    @TempDir Path data;
    @TempDir Path files;
    private TestDatabase database;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated(data);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void intoADirectory() throws Exception {
        List<PackageStore> stores = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            stores.add(PackageStore.in(files.resolve("models")));
        }
        published(stores);
    }

    @Test
    void intoABucket() throws Exception {
        try (S3Server server = S3Server.start(files)) {
            List<PackageStore> stores = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                stores.add(
                        PackageStore.open(
                                PackagePlace.of("s3://" + S3Server.BUCKET + "/tidemark"),
                                server.settings()));
            }
            published(stores);
            stores.forEach(PackageStore::close);
        }
    }

    /** A directory may have folders the database does not know, say of a server that died. */
    @Test
    void besideFoldersNobodyKnows() throws Exception {
        PackageStore store = PackageStore.in(files);
        store.publish(
                PackageStoreContract.TRAINED.files(), PackageStoreContract.TRAINED.content(1));
        StoredModel made = publish(registry(store), "d");
        assertThat(made.version()).isEqualTo("v2");
        assertThat(registry(store).load(made).content().version()).isEqualTo("v2");
    }

    private void published(List<PackageStore> stores) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        List<Callable<StoredModel>> calls = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS * EACH; i++) {
            ModelRegistry registry = registry(stores.get(i % PUBLISHERS));
            String dataset = "dataset-" + i;
            calls.add(() -> publish(registry, dataset));
        }
        List<Future<StoredModel>> done = threads.invokeAll(calls);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < done.size(); i++) {
            StoredModel made = done.get(i).get();
            numbers.add(made.number());
            assertThat(made.datasetId()).isEqualTo("dataset-" + i);
            LoadedModel loaded = registry(stores.get(0)).load(made);
            assertThat(loaded.content().version()).isEqualTo(made.version());
            assertThat(loaded.content().dataset().id()).isEqualTo("dataset-" + i);
        }
        threads.shutdown();
        assertThat(numbers)
                .as("none twice")
                .doesNotHaveDuplicates()
                .contains(1L)
                .hasSize(PUBLISHERS * EACH);
        assertThat(database.text("SELECT count(*) FROM model_version"))
                .isEqualTo(String.valueOf(PUBLISHERS * EACH));
        assertThat(
                        database.text(
                                "SELECT count(DISTINCT version) || ' ' || count(*) FROM drift_baseline"))
                .as("each with its baselines")
                .isEqualTo(PUBLISHERS * EACH + " " + PUBLISHERS * EACH * 3);
    }

    private static StoredModel publish(ModelRegistry registry, String dataset) {
        return registry.publish(
                PackageStoreContract.TRAINED.files(),
                number -> PackageStoreContract.TRAINED.content(number, dataset),
                "returns:1:0.001");
    }

    private ModelRegistry registry(PackageStore store) {
        Jdbi jdbi =
                Jdbi.create(database.url(), "postgres", "postgres")
                        .installPlugin(new SqlObjectPlugin());
        return new ModelRegistry(jdbi, jdbi, store);
    }
}
