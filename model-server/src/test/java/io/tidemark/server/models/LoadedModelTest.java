package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.server.model.LinearModel;
import io.tidemark.server.model.Model;
import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.Sha256;
import io.tidemark.server.model.TreeModel;
import io.tidemark.server.training.Algorithm;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and packages that contradict themselves or each other: refused, with a reason. */
final class LoadedModelTest {
    private static final TrainedPackage TRAINED = TrainedPackage.of(Algorithm.BOOSTED_TREES);

    private final byte[] model = TRAINED.model();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.1, 0.5, 0.99})
    void aModelCutShortIsRefused(double share) {
        byte[] cut = Arrays.copyOf(model, (int) (model.length * share));
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
        byte[] content = PackageJson.write(TRAINED.content(1));
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
            assertThatThrownBy(() -> LoadedModel.of("v1", content, flipped))
                    .isInstanceOf(ModelRefusedException.class);
        }
        assertThat(refused).isPositive();
        assertThat(LoadedModel.of("v1", content, model).model().outputs()).isEqualTo(1);
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
        String json = new String(PackageJson.write(TRAINED.content(1)), StandardCharsets.UTF_8);
        contradiction(json.replace("[ \"a\", \"b\", \"c\" ]", "[ \"a\", \"b\" ]"), "2 features");
        contradiction(
                json.replace("[ \"a\", \"b\", \"c\" ]", "[ \"a\", \"b\", \"b\" ]"), "named twice");
        contradiction(json.replace("\"classes\" : [ ]", "\"classes\" : [ 0, 1 ]"), "2 classes");
        contradiction(json.replaceFirst("\"answer\" : \\[ ", "$0" + "7"), "does not answer");
        contradiction(json.replaceFirst("\\{", "{ \"seed\" : 1,"), "Duplicate field");
        contradiction(json.replaceFirst("\\{", "{ \"more\" : 1,"), "more");
        contradiction(json.replaceFirst("\\{", ""), "package.json cannot be read");
        contradiction("null", "package.json cannot be read");
        contradiction("[".repeat(5_000), "package.json cannot be read");
    }

    @Test
    void aModelThatWouldTakeLongToAnswerIsRefused() throws Exception {
        Model most = trees(1_000_000);
        assertThat(ModelFile.read(ModelFile.write(most)).steps()).isEqualTo(1_000_000);
        refused(trees(1_000_001), "an answer takes up to 1000001 steps, at most 1000000");
        refused(most, "the model is told 1 numbers");
    }

    /** So many trees of one leaf. */
    private static Model trees(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        TreeModel.Trees leaf =
                new TreeModel.Trees(
                        new int[count],
                        weights,
                        new int[] {-1},
                        new double[1],
                        new int[1],
                        new int[1],
                        new double[] {1});
        return new TreeModel(1, 1, TreeModel.Sum.MEAN, 0, 1, leaf);
    }

    /** Sums of its weights and the samples are infinite, and their difference is no number. */
    @Test
    void aModelThatAnswersNoNumberIsRefused() {
        double huge = Double.MAX_VALUE;
        refused(new LinearModel(0, new double[] {huge, huge, huge}), "does not answer");
    }

    private static void refused(Model other, String reason) {
        byte[] file = ModelFile.write(other);
        String json = new String(PackageJson.write(TRAINED.content(1)), StandardCharsets.UTF_8);
        String packed =
                json.replace(Sha256.of(TRAINED.model()), Sha256.of(file))
                        .replace(
                                "\"bytes\" : " + TRAINED.model().length,
                                "\"bytes\" : " + file.length);
        assertThatThrownBy(
                        () -> LoadedModel.of("v1", packed.getBytes(StandardCharsets.UTF_8), file))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aPackageSaysWhatItsRowsAreHeldTo() throws Exception {
        LoadedModel loaded = LoadedModel.of("v1", PackageJson.write(TRAINED.content(1)), model);
        assertThat(loaded.content().driftBaseline())
                .usingRecursiveComparison()
                .isEqualTo(PackageMaker.drift(TrainedPackage.FEATURES, TRAINED.train(), 10));
        assertThat(loaded.content().driftBaseline().get(2).spread()).hasSize(2);
        assertThat(PackageMaker.drift(TrainedPackage.FEATURES, TRAINED.train(), 16).get(0).spread())
                .isEmpty();
        assertThat(loaded.content().metrics().at("/baselines/zero/r2").isNumber()).isTrue();
    }

    @Test
    void aNewerFormatIsRefusedAsSuch() {
        String json = new String(PackageJson.write(TRAINED.content(1)), StandardCharsets.UTF_8);
        String newer = json.replace("\"package_format\" : 1", "\"package_format\" : 2");
        contradiction(newer, "package format 2 is not known here; 1 is");
        contradiction(
                newer.replaceFirst("\\{", "{ \"of_a_later_build\" : [1],"),
                "package format 2 is not known here; 1 is");
        byte[] file = model.clone();
        file[5] = 2;
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("model format 2 is not known here");
        file[5] = 1;
        file[6] = 99;
        assertThatThrownBy(() -> ModelFile.read(file))
                .hasMessage("model kind 99 is not known here");
    }

    private void contradiction(String json, String reason) {
        assertThatThrownBy(() -> LoadedModel.of("v1", json.getBytes(StandardCharsets.UTF_8), model))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(reason);
    }
}
