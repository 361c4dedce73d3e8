package io.tidemark.server.models;

import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages in a directory, one folder each: {@code v1/package.json}, {@code v1/model.bin}, {@code
 * v1/report.html}. A folder is there whole or not at all: it is written beside, forced to disk,
 * then renamed. Several servers may share the directory.
 */
public final class PackageStore {
    static final String MODEL = "model.bin";
    static final String REPORT = "report.html";
    static final String PACKAGE = "package.json";
    private static final long MOST_PACKAGE_BYTES = 16 << 20;
    private static final long MOST_REPORT_BYTES = 64 << 20;
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})");

    private final Path root;

    public PackageStore(Path root) {
        this.root = root;
    }

    /** Whether it has the form of a version: {@code v} and a number from 1. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /** A version published, and the hash of its package.json. */
    public record Published(long number, String sha256) {}

    /**
     * Writes a package under the next free number.
     *
     * @param files by name, beside package.json
     * @param made the package's content for its number, which must have their hashes
     * @throws UncheckedIOException when it cannot be written; nothing is published then
     */
    public Published publish(Map<String, byte[]> files, LongFunction<ModelPackage> made) {
        try {
            Files.createDirectories(root);
            for (long number = newest().orElse(0) + 1; ; number++) {
                byte[] content = PackageJson.write(made.apply(number));
                Path building = root.resolve(".v" + number + "." + UUID.randomUUID());
                Files.createDirectory(building);
                try {
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        write(building.resolve(file.getKey()), file.getValue());
                    }
                    write(building.resolve(PACKAGE), content);
                    force(building);
                    if (renamed(building, root.resolve("v" + number))) {
                        force(root);
                        return new Published(number, Sha256.of(content));
                    }
                } finally {
                    delete(building);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False when somebody else has that number. */
    private static boolean renamed(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            throw e;
        }
    }

    /** The largest number there is a folder of. */
    private OptionalLong newest() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.map(folder -> VERSION.matcher(folder.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                    .max();
        }
    }

    /**
     * Reads a version, every file once.
     *
     * @param sha256 of package.json, as it was published
     * @throws ModelRefusedException saying why it is not taken
     */
    public LoadedModel load(String version, String sha256) throws ModelRefusedException {
        Path folder = folder(version);
        return LoadedModel.of(
                version,
                content(folder, version, sha256),
                read(folder.resolve(MODEL), ModelFile.MOST_BYTES));
    }

    /**
     * Reads a version's page for people.
     *
     * @param sha256 of package.json, as it was published
     * @return empty when it was published without one
     * @throws ModelRefusedException when it is not the one that was published
     */
    public Optional<byte[]> report(String version, String sha256) throws ModelRefusedException {
        Path folder = folder(version);
        ModelPackage content = PackageJson.read(content(folder, version, sha256));
        ModelPackage.StoredFile file = content.files().get(REPORT);
        if (file == null) {
            return Optional.empty();
        }
        byte[] page = read(folder.resolve(REPORT), MOST_REPORT_BYTES);
        if (!Sha256.of(page).equals(file.sha256())) {
            throw new ModelRefusedException(
                    "report.html of %s is not the one that was published".formatted(version));
        }
        return Optional.of(page);
    }

    private Path folder(String version) throws ModelRefusedException {
        if (!isVersion(version)) {
            throw new ModelRefusedException("a version is v1, v2, and so on");
        }
        Path folder = root.resolve(version);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRefusedException("there is no folder of " + version);
        }
        return folder;
    }

    private static byte[] content(Path folder, String version, String sha256)
            throws ModelRefusedException {
        byte[] content = read(folder.resolve(PACKAGE), MOST_PACKAGE_BYTES);
        if (!Sha256.of(content).equals(sha256)) {
            throw new ModelRefusedException(
                    "package.json of %s is not the one that was published".formatted(version));
        }
        return content;
    }

    /** Whole, when it is a regular file of at most so many bytes. */
    private static byte[] read(Path file, long most) throws ModelRefusedException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRefusedException(file.getFileName() + " is not a regular file");
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > most) {
                throw new ModelRefusedException(
                        "%s has %d bytes, at most %d are read"
                                .formatted(file.getFileName(), channel.size(), most));
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } catch (IOException e) {
            throw new ModelRefusedException(file.getFileName() + " cannot be read");
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path folder) throws IOException {
        for (String name : List.of(MODEL, REPORT, PACKAGE)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
