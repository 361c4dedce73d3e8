package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packages that earlier builds published: each kind of model, loaded by this build, answers what it
 * answered then, in every bit. A folder of them is never written anew; a build with another format
 * adds one ({@link WriteStoredPackages}).
 */
final class StoredPackagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.1"})
    void answerAsTheyDidThen(String build) throws Exception {
        Path folder = folder(build);
        PackageStore store = PackageStore.in(folder);
        Set<Class<?>> kinds = new HashSet<>();
        List<String> lines = Files.readAllLines(folder.resolve("answers.txt"));
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            LoadedModel loaded = store.load(parts[0], parts[1]);
            kinds.add(loaded.model().getClass());
            assertThat(store.report(parts[0], parts[1])).isPresent();
            assertThat(loaded.answer(doubles(parts[2]))).as(line).isEqualTo(doubles(parts[3]));
        }
        assertThat(lines).hasSize(80);
        assertThat(kinds).hasSize(4);
    }

    private static Path folder(String build) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(StoredPackagesTest.class.getResource("/packages/" + build))
                        .toURI());
    }

    private static double[] doubles(String bits) {
        return Arrays.stream(bits.split(",", -1))
                .mapToDouble(one -> Double.longBitsToDouble(Long.parseUnsignedLong(one, 16)))
                .toArray();
    }
}
