package io.tidemark.server.models;

import io.tidemark.server.model.ModelFile;
import io.tidemark.server.model.ModelRefusedException;
import io.tidemark.server.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Packages, in a directory or a bucket: put there whole, and taken only when every byte is the one
 * that was published. Safe for use by many threads.
 */
public final class PackageStore implements AutoCloseable {
    static final String MODEL = "model.bin";
    static final String REPORT = "report.html";
    static final String PACKAGE = "package.json";
    private static final int MOST_PACKAGE_BYTES = 16 << 20;
    private static final int MOST_REPORT_BYTES = 64 << 20;
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,8}");

    private final PackageFiles packages;

    private PackageStore(PackageFiles packages) {
        this.packages = packages;
    }

    /** Opens no connection yet. */
    public static PackageStore open(PackagePlace place, BucketSettings bucket) {
        if (place instanceof PackagePlace.Bucket there) {
            return new PackageStore(BucketFiles.open(there, bucket));
        }
        return in(((PackagePlace.Directory) place).path());
    }

    /** Of a directory. */
    public static PackageStore in(Path directory) {
        return new PackageStore(new DirectoryFiles(directory));
    }

    /** Whether it has the form of a version: {@code v} and a number from 1. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /**
     * Puts a package there, for whoever has its hash.
     *
     * @param files by name, beside package.json; the content has their hashes
     * @return the hash of its package.json; empty when another package has the version, and nothing
     *     was put there
     * @throws UncheckedIOException when it cannot be put; what is there of it then is no version
     */
    public Optional<String> publish(Map<String, byte[]> files, ModelPackage content) {
        byte[] described = PackageJson.write(content);
        String sha256 = Sha256.of(described);
        Map<String, byte[]> whole = new LinkedHashMap<>(files);
        whole.put(PACKAGE, described);
        try {
            return packages.put(content.version(), sha256, whole)
                    ? Optional.of(sha256)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Reads a version, every file once.
     *
     * @param sha256 of package.json, as it was published
     * @throws ModelRefusedException saying why it is not taken
     * @throws UncheckedIOException when it cannot be told: the packages cannot be reached
     */
    public LoadedModel load(String version, String sha256) throws ModelRefusedException {
        byte[] content = content(version, sha256);
        return LoadedModel.of(version, content, read(version, sha256, MODEL, ModelFile.MOST_BYTES));
    }

    /**
     * Reads a version's page for people.
     *
     * @param sha256 of package.json, as it was published
     * @return empty when it was published without one
     * @throws ModelRefusedException when it is not the one that was published
     * @throws UncheckedIOException when it cannot be told: the packages cannot be reached
     */
    public Optional<byte[]> report(String version, String sha256) throws ModelRefusedException {
        ModelPackage content = PackageJson.read(content(version, sha256));
        ModelPackage.StoredFile file = content.files().get(REPORT);
        if (file == null) {
            return Optional.empty();
        }
        byte[] page = read(version, sha256, REPORT, MOST_REPORT_BYTES);
        if (!Sha256.of(page).equals(file.sha256())) {
            throw new ModelRefusedException(
                    "report.html of %s is not the one that was published".formatted(version));
        }
        return Optional.of(page);
    }

    private byte[] content(String version, String sha256) throws ModelRefusedException {
        byte[] content = read(version, sha256, PACKAGE, MOST_PACKAGE_BYTES);
        if (!Sha256.of(content).equals(sha256)) {
            throw new ModelRefusedException(
                    "package.json of %s is not the one that was published".formatted(version));
        }
        return content;
    }

    private byte[] read(String version, String sha256, String name, int most)
            throws ModelRefusedException {
        if (!isVersion(version)) {
            throw new ModelRefusedException("a version is v1, v2, and so on");
        }
        try {
            return packages.read(version, sha256, name, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        packages.close();
    }
}
