package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.server.model.LinearModel;
import io.tidemark.server.model.Model;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.training.Algorithm;
import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Splits;
import io.tidemark.server.training.Target;
import io.tidemark.server.training.Trainer;
import io.tidemark.server.training.TrainingResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that are whole, and every kind that is not: refused, with a reason. */
final class PackageStoreTest {
    private static final List<String> FEATURES = List.of("a", "b", "c");

    private static final byte[] PAGE = "<html>a page</html>".getBytes(StandardCharsets.UTF_8);

    @TempDir Path root;
    private PackageStore store;
    private byte[] model;
    private TrainingResult result;
    private Rows train;

    @BeforeEach
    void train() {
        store = new PackageStore(root);
        Splits splits = splits(1);
        train = splits.train();
        result =
                new Trainer(FEATURES, Algorithm.BOOSTED_TREES, false, 1)
                        .train(splits, Target.numbers(1), done -> {});
        model = ModelFile.write(result.model());
    }

    @Test
    void whatIsPublishedAnswersAsWhatWasTrained() throws Exception {
        PackageStore.Published one = publish();
        PackageStore.Published two = publish();

        assertThat(one.number()).isEqualTo(1);
        assertThat(two.number()).isEqualTo(2);
        LoadedModel loaded = store.load("v2", two.sha256());
        double[] scaled = new double[FEATURES.size()];
        for (double[] row : train.features()) {
            result.scaling().scale(row, scaled);
            assertThat(loaded.answer(row)).isEqualTo(result.model().predict(scaled));
        }
        assertThat(loaded.content().driftBaseline())
                .usingRecursiveComparison()
                .isEqualTo(PackageMaker.drift(FEATURES, train, 10));
        assertThat(loaded.content().driftBaseline().get(2).spread()).hasSize(2);
        assertThat(PackageMaker.drift(FEATURES, train, 16).get(0).spread()).isEmpty();
        assertThat(loaded.content().metrics().at("/baselines/zero/r2").isNumber()).isTrue();
    }

    @Test
    void manyPublishAtOnceAndEachHasItsNumber() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<PackageStore.Published>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(this::publish);
        }
        Set<Long> numbers = new HashSet<>();
        for (var done : threads.invokeAll(calls)) {
            numbers.add(done.get().number());
            store.load("v" + done.get().number(), done.get().sha256());
        }
        threads.shutdown();
        assertThat(numbers).hasSize(20);
        try (var left = Files.list(root)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void aPackageThatIsNotTheOnePublishedIsRefused() throws Exception {
        PackageStore.Published one = publish();
        Path file = root.resolve("v1/package.json");
        Files.writeString(file, Files.readString(file).replace("\"seed\" : 1", "\"seed\" : 2"));
        refused("v1", one.sha256(), "not the one that was published");
    }

    @Test
    void theReportIsTheOnePublishedOrRefused() throws Exception {
        PackageStore.Published one = publish();
        assertThat(store.report("v1", one.sha256())).hasValue(PAGE);
        assertThat(store.load("v1", one.sha256()).content().metrics().at("/folds/0/train_rows"))
                .hasToString("300");
        Files.writeString(root.resolve("v1/report.html"), "<html>another</html>");
        assertThatThrownBy(() -> store.report("v1", one.sha256()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("is not the one that was published");
        Files.delete(root.resolve("v1/report.html"));
        assertThatThrownBy(() -> store.report("v1", one.sha256()))
                .hasMessageContaining("is not a regular file");
        assertThat(store.load("v1", one.sha256())).as("it answers without its page").isNotNull();
    }

    @Test
    void swappedVersionsAndModelsAreRefused() throws Exception {
        PackageStore.Published one = publish();
        publish();
        Files.move(root.resolve("v1"), root.resolve("kept"));
        Files.move(root.resolve("v2"), root.resolve("v1"));
        refused("v1", one.sha256(), "not the one that was published");
        String ofTwo = Sha256.of(Files.readAllBytes(root.resolve("v1/package.json")));
        refused("v1", ofTwo, "says it is v2, not v1");

        Files.write(
                root.resolve("kept/model.bin"),
                ModelFile.write(new LinearModel(0, new double[] {1, 2, 3})));
        Files.move(root.resolve("kept"), root.resolve("v3"));
        assertThatThrownBy(
                        () ->
                                LoadedModel.of(
                                        "v1",
                                        Files.readAllBytes(root.resolve("v3/package.json")),
                                        Files.readAllBytes(root.resolve("v3/model.bin"))))
                .hasMessageContaining("not the one the package was made with");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.5, 0.99})
    void aModelCutShortIsRefused(double share) throws Exception {
        PackageStore.Published one = publish();
        byte[] cut = Arrays.copyOf(model, (int) (model.length * share));
        Files.write(root.resolve("v1/model.bin"), cut);
        refused("v1", one.sha256(), "not the one the package was made with");
        assertThatThrownBy(() -> ModelFile.read(cut)).isInstanceOf(ModelRefusedException.class);
    }

    @Test
    void whatIsNoModelIsRefused() throws Exception {
        byte[] random = new byte[500];
        new SplittableRandom(1).nextBytes(random);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(model);
        }
        ByteArrayOutputStream serialized = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
            out.writeObject(new ArrayList<>(List.of("a", "b")));
        }
        for (byte[] bytes :
                List.of(
                        random,
                        zipped.toByteArray(),
                        serialized.toByteArray(),
                        "a text".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> ModelFile.read(bytes))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessage("this is not a model of Tidemark");
        }
    }

    @Test
    void aFlippedBitIsRefusedOrAnswersAllTheSame() throws Exception {
        LoadedModel whole = store.load("v1", publish().sha256());
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] flipped = model.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] = (byte) (flipped[at] ^ (1 << random.nextInt(8)));
            try {
                Model other = ModelFile.read(flipped);
                assertThat(other.inputs()).isPositive();
                double[] answer = new double[other.outputs()];
                other.predict(new double[other.inputs()], answer, new double[other.scratch()]);
            } catch (ModelRefusedException e) {
                refused++;
            }
            // With the hash of the whole model every one of them is refused.
            byte[] content = Files.readAllBytes(root.resolve("v1/package.json"));
            assertThatThrownBy(() -> LoadedModel.of("v1", content, flipped))
                    .isInstanceOf(ModelRefusedException.class);
        }
        assertThat(refused).isPositive();
        assertThat(whole.model().outputs()).isEqualTo(1);
    }

    @Test
    void anArrayLongerThanTheFileCostsNoMemory() {
        ByteBuffer bomb = ByteBuffer.allocate(35);
        bomb.put(Arrays.copyOf(model, 6)).put((byte) 1).putDouble(0).putInt(Integer.MAX_VALUE - 8);
        assertThatThrownBy(() -> ModelFile.read(bomb.array()))
                .hasMessageContaining("does not fit into the 16 bytes left");
    }

    @Test
    void aTreeThatGoesInCirclesIsRefused() {
        // One inner node whose children are itself.
        ByteBuffer circle = ByteBuffer.allocate(200);
        circle.put(Arrays.copyOf(model, 6)).put((byte) 3);
        circle.putInt(1).putInt(1).put((byte) 0).putDouble(0).putDouble(1);
        circle.putInt(1).putInt(0);
        circle.putInt(1).putDouble(1);
        circle.putInt(1).putInt(0);
        circle.putInt(1).putDouble(0);
        circle.putInt(1).putInt(0);
        circle.putInt(1).putInt(0);
        circle.putInt(0);
        byte[] bytes = Arrays.copyOf(circle.array(), circle.position());
        assertThatThrownBy(() -> ModelFile.read(bytes))
                .hasMessageContaining("has children after it");
    }

    @Test
    void aPackageThatContradictsItsModelIsRefused() {
        PackageMaker.Origin origin = origin();
        ModelPackage good = PackageMaker.of(1, result, origin, Map.of("model.bin", model));
        String json = new String(PackageJson.write(good), StandardCharsets.UTF_8);
        contradiction(json.replace("[ \"a\", \"b\", \"c\" ]", "[ \"a\", \"b\" ]"), "2 features");
        contradiction(
                json.replace("[ \"a\", \"b\", \"c\" ]", "[ \"a\", \"b\", \"b\" ]"), "named twice");
        contradiction(json.replace("\"classes\" : [ ]", "\"classes\" : [ 0, 1 ]"), "2 classes");
        contradiction(json.replaceFirst("\"answer\" : \\[ ", "$0" + "7"), "does not answer");
        contradiction(json.replaceFirst("\\{", "{ \"seed\" : 1,"), "Duplicate field");
        contradiction(json.replaceFirst("\\{", "{ \"more\" : 1,"), "more");
        contradiction(json.replace("\"package_format\" : 1", "\"package_format\" : 2"), "format 2");
        contradiction("[".repeat(5_000), "package.json cannot be read");
    }

    @Test
    void onlyRegularFilesOfBoundedSizeAreRead() throws Exception {
        PackageStore.Published one = publish();
        Path file = root.resolve("v1/model.bin");
        Path elsewhere = root.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        refused("v1", one.sha256(), "model.bin is not a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        refused("v1", one.sha256(), "model.bin is not a regular file");
        Files.delete(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(10L << 30);
        }
        refused("v1", one.sha256(), "at most 268435456 are read");
        Files.createSymbolicLink(root.resolve("v9"), root.resolve("v1"));
        refused("v9", one.sha256(), "no folder of v9");
        refused("../v1", one.sha256(), "a version is v1, v2");
        refused("v1/../v1", one.sha256(), "a version is v1, v2");
    }

    private void contradiction(String json, String reason) {
        assertThatThrownBy(() -> LoadedModel.of("v1", json.getBytes(StandardCharsets.UTF_8), model))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    private void refused(String version, String sha256, String reason) {
        assertThatThrownBy(() -> store.load(version, sha256))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    private PackageStore.Published publish() throws IOException {
        Map<String, byte[]> files = Map.of("model.bin", model, "report.html", PAGE);
        return store.publish(files, number -> PackageMaker.of(number, result, origin(), files));
    }

    private PackageMaker.Origin origin() {
        return new PackageMaker.Origin(
                new ModelPackage.Dataset("d", "BTCUSDT", 0, "00", "11"),
                "1.0.0",
                FEATURES,
                ModelPackage.Missing.IMPUTE,
                "returns",
                1,
                0.001,
                1,
                "2026-01-01T00:00:00Z",
                "test",
                train,
                List.of(result.foldScores(0, train)),
                PackageMaker.drift(FEATURES, train, 10));
    }

    private static Splits splits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Splits(rows(random, 300), rows(random, 100), rows(random, 100));
    }

    private static Rows rows(SplittableRandom random, int count) {
        double[][] features = new double[count][FEATURES.size()];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            for (int column = 0; column < FEATURES.size(); column++) {
                features[i][column] =
                        random.nextInt(20) == 0 ? Double.NaN : 10 * random.nextGaussian();
            }
            labels[i] = (features[i][0] > 0 ? 1 : 0) + random.nextDouble();
        }
        return new Rows(LongStream.range(0, count).toArray(), features, labels);
    }
}
