package io.tidemark.local.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout the tests run in. */
final class Project {
    /** Its directory: the nearest one upwards that holds the modules. */
    static final Path ROOT = root();

    private Project() {}

    private static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("schemas"))
                    && Files.isDirectory(at.resolve("local"))) {
                return at;
            }
        }
        throw new IllegalStateException("no project directory above " + start);
    }

    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** README, DEVELOPMENT, CHANGELOG and everything in docs, relative to the project. */
    static List<Path> documents() {
        List<Path> all = new ArrayList<>();
        for (Path tree : List.of(ROOT, ROOT.resolve("docs"))) {
            int depth = tree.equals(ROOT) ? 1 : Integer.MAX_VALUE;
            try (Stream<Path> files = Files.walk(tree, depth)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(ROOT::relativize)
                        .sorted()
                        .forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }
}
