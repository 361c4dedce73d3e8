package io.tidemark.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The registries that come with Tidemark. Released ones are never edited: a change is a new
 * version.
 */
public final class BuiltInRegistries {
    private static final List<String> VERSIONS = List.of("1.0.0", "2.0.0");

    private BuiltInRegistries() {}

    /** The versions there are, oldest first. */
    public static List<String> versions() {
        return VERSIONS;
    }

    /**
     * The file of that version.
     *
     * @throws IllegalArgumentException when there is no such version
     */
    public static String yaml(String version) {
        if (!VERSIONS.contains(version)) {
            throw new IllegalArgumentException(
                    "wanted a built-in feature registry, one of "
                            + VERSIONS
                            + ", got '"
                            + version
                            + "'");
        }
        String file = "/registry/features-" + version + ".yaml";
        try (InputStream in = BuiltInRegistries.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " from the jar", e);
        }
    }

    /**
     * The registry of that version.
     *
     * @throws IllegalArgumentException when there is no such version
     */
    public static RegistryDocument read(String version) {
        return RegistryDocument.parse(yaml(version));
    }
}
