package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.server.model.LinearModel;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.training.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds wherever packages lie. */
abstract class PackageStoreContract {
    static final TrainedPackage TRAINED = TrainedPackage.of(Algorithm.BOOSTED_TREES);

    /** Of a place that is empty before each test. */
    abstract PackageStore store();

    /** The file as it lies there. */
    abstract byte[] stored(String version, String sha256, String name);

    /** Somebody puts something else in its place. */
    abstract void replace(String version, String sha256, String name, byte[] bytes);

    abstract void remove(String version, String sha256, String name);

    @Test
    void whatIsPublishedAnswersAsWhatWasTrained() throws Exception {
        String one = publish(1);
        String two = publish(2);
        assertThat(store().load("v1", one).content().version()).isEqualTo("v1");
        LoadedModel loaded = store().load("v2", two);
        double[] scaled = new double[TrainedPackage.FEATURES.size()];
        for (double[] row : TRAINED.train().features()) {
            TRAINED.result().scaling().scale(row, scaled);
            assertThat(loaded.answer(row)).isEqualTo(TRAINED.result().model().predict(scaled));
        }
        assertThat(loaded.sha256()).isEqualTo(two);
        assertThat(loaded.content().metrics().at("/folds/0/train_rows")).hasToString("300");
    }

    @Test
    void ofManyThatPublishOneVersionEachThatIsToldSoHasItsOwnFiles() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Optional<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ModelPackage content = TRAINED.content(1, "dataset-" + i);
            calls.add(() -> store().publish(TRAINED.files(), content));
        }
        int published = 0;
        List<Future<Optional<String>>> done = threads.invokeAll(calls);
        for (int i = 0; i < done.size(); i++) {
            Optional<String> sha256 = done.get(i).get();
            if (sha256.isPresent()) {
                published++;
                assertThat(store().load("v1", sha256.get()).content().dataset().id())
                        .isEqualTo("dataset-" + i);
                assertThat(store().report("v1", sha256.get())).hasValue(TrainedPackage.PAGE);
            }
        }
        threads.shutdown();
        assertThat(published).isPositive();
    }

    @Test
    void aPackageThatIsNotTheOnePublishedIsRefused() {
        String one = publish(1);
        String json = new String(stored("v1", one, "package.json"), StandardCharsets.UTF_8);
        replace("v1", one, "package.json", utf8(json.replace("\"seed\" : 1", "\"seed\" : 2")));
        refused("v1", one, "package.json of v1 is not the one that was published");
    }

    @Test
    void theReportIsTheOnePublishedOrRefused() throws Exception {
        String one = publish(1);
        assertThat(store().report("v1", one)).hasValue(TrainedPackage.PAGE);
        replace("v1", one, "report.html", utf8("<html>another</html>"));
        assertThatThrownBy(() -> store().report("v1", one))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("report.html of v1 is not the one that was published");
        remove("v1", one, "report.html");
        assertThatThrownBy(() -> store().report("v1", one))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("report.html");
        assertThat(store().load("v1", one)).as("it answers without its page").isNotNull();
    }

    @Test
    void swappedVersionsAndModelsAreRefused() {
        String one = publish(1);
        String two = publish(2);
        byte[] model = stored("v1", one, "model.bin");
        byte[] ofTwo = stored("v2", two, "package.json");
        replace("v1", one, "package.json", ofTwo);
        refused("v1", one, "not the one that was published");

        replace("v1", two, "package.json", ofTwo);
        replace("v1", two, "model.bin", model);
        refused("v1", two, "says it is v2, not v1");

        replace(
                "v2",
                two,
                "model.bin",
                ModelFile.write(new LinearModel(0, new double[] {1, 2, 3})));
        refused("v2", two, "not the one the package was made with");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.5, 0.99})
    void aModelCutShortIsRefused(double share) {
        String one = publish(1);
        byte[] model = TRAINED.model();
        byte[] cut = Arrays.copyOf(model, (int) (model.length * share));
        replace("v1", one, "model.bin", cut);
        refused("v1", one, "not the one the package was made with");
    }

    @Test
    void whatIsNotThereIsRefused() {
        String one = publish(1);
        refused("v2", one, "there is no ");
        remove("v1", one, "model.bin");
        refused("v1", one, "model.bin");
        remove("v1", one, "package.json");
        refused("v1", one, "package.json");
    }

    @Test
    void onlyFilesOfBoundedSizeAreRead() {
        String one = publish(1);
        replace("v1", one, "package.json", new byte[(16 << 20) + 1]);
        refused("v1", one, "at most 16777216 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "v0", "V1", "../v1", "v1/../v1", "v1\n", "v1234567890", "con"})
    void onlyVersionsAreAskedFor(String version) {
        refused(version, publish(1), "a version is v1, v2, and so on");
    }

    final String publish(long number) {
        return store().publish(TRAINED.files(), TRAINED.content(number)).orElseThrow();
    }

    final void refused(String version, String sha256, String reason) {
        assertThatThrownBy(() -> store().load(version, sha256))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
