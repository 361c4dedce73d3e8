package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages in a directory. */
final class DirectoryPackagesTest extends PackageStoreContract {
    @TempDir Path root;

    @Override
    PackageStore store() {
        return PackageStore.in(root);
    }

    @Override
    byte[] stored(String version, String sha256, String name) {
        try {
            return Files.readAllBytes(root.resolve(version).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void replace(String version, String sha256, String name, byte[] bytes) {
        try {
            Files.write(root.resolve(version).resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void remove(String version, String sha256, String name) {
        try {
            Files.delete(root.resolve(version).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aVersionThatIsThereIsTaken() throws Exception {
        String one = publish(1);
        assertThat(store().publish(TRAINED.files(), TRAINED.content(1, "another"))).isEmpty();
        Files.createDirectory(root.resolve("v2"));
        assertThat(store().publish(TRAINED.files(), TRAINED.content(2))).isEmpty();
        assertThat(store().load("v1", one).content().dataset().id()).isEqualTo("d");
        assertThat(names()).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void whatAKilledPublicationLeftIsRemovedByTheNext() throws Exception {
        Path left = abandoned(".v1." + UUID.randomUUID(), Duration.ofHours(2));
        String one = publish(1);
        assertThat(left).doesNotExist();
        assertThat(store().load("v1", one).content().version()).isEqualTo("v1");
        assertThat(names()).containsExactly("v1");
    }

    /** Another server may be filling it: only its age tells it from one that nobody fills. */
    @Test
    void aFolderThatIsBeingFilledStays() throws Exception {
        Path old = abandoned(".v2." + UUID.randomUUID(), Duration.ofHours(2));
        Files.setLastModifiedTime(
                old.resolve("model.bin"),
                FileTime.from(Instant.now().minus(Duration.ofMinutes(50))));
        Path young = abandoned(".v3." + UUID.randomUUID(), Duration.ofMinutes(50));
        publish(1);
        assertThat(old.resolve("model.bin")).exists();
        assertThat(young.resolve("model.bin")).exists();
    }

    @Test
    void whatIsNoPublicationsStays() throws Exception {
        String uuid = UUID.randomUUID().toString();
        List<String> others =
                List.of("v7", "v8." + uuid, ".v0." + uuid, ".v9.old", "." + uuid, ".git");
        for (String name : others) {
            abandoned(name, Duration.ofDays(9));
        }
        Path elsewhere = abandoned("elsewhere", Duration.ofDays(9));
        Files.createSymbolicLink(root.resolve(".v10." + uuid), elsewhere);
        Path file = Files.createFile(root.resolve(".v11." + uuid));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        publish(1);
        assertThat(names())
                .containsAll(others)
                .contains("elsewhere", ".v10." + uuid, ".v11." + uuid);
        assertThat(elsewhere.resolve("model.bin")).exists();
    }

    /** A publication is not failed by what it cannot tidy away. */
    @Test
    void aFolderThatCannotBeRemovedFailsNoPublication() throws Exception {
        Path left = abandoned(".v1." + UUID.randomUUID(), Duration.ZERO);
        Path below = Files.createDirectory(left.resolve("somebodys"));
        Files.createFile(below.resolve("file"));
        aged(below, Duration.ofHours(2));
        aged(left.resolve("model.bin"), Duration.ofHours(2));
        aged(left, Duration.ofHours(2));
        publish(1);
        assertThat(names()).hasSize(2).contains("v1");
    }

    /** A folder with half a package in it, all of that age. */
    private Path abandoned(String name, Duration age) throws IOException {
        Path folder = Files.createDirectory(root.resolve(name));
        Path file = Files.write(folder.resolve("model.bin"), new byte[] {1, 2, 3});
        aged(file, age);
        aged(folder, age);
        return folder;
    }

    private static void aged(Path path, Duration age) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> left = Files.list(root)) {
            return left.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void onlyRegularFilesAreRead() throws Exception {
        String one = publish(1);
        Path file = root.resolve("v1/model.bin");
        Path elsewhere = root.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        refused("v1", one, "model.bin is not a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        refused("v1", one, "model.bin is not a regular file");
        Files.delete(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(10L << 30);
        }
        refused("v1", one, "at most 268435456 are read");
        Files.createSymbolicLink(root.resolve("v9"), root.resolve("v1"));
        refused("v9", one, "no folder of v9");
    }

    @Test
    void aPipeOrADeviceIsNotRead() throws Exception {
        String one = publish(1);
        Path file = root.resolve("v1/model.bin");
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
        refused("v1", one, "model.bin is not a regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        refused("v1", one, "model.bin is not a regular file");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsToldWithoutItsPath() throws Exception {
        Path file = Files.createFile(root.resolve("a-file"));
        assertThatThrownBy(
                        () ->
                                PackageStore.in(file.resolve("models"))
                                        .publish(TRAINED.files(), TRAINED.content(1)))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageStartingWith("the directory of packages cannot be written (")
                .hasMessageNotContaining("a-file");
    }
}
