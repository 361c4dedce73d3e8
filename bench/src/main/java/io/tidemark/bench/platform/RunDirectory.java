package io.tidemark.bench.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for the files of one run; its files are deleted on close, but for the logs. */
public final class RunDirectory implements AutoCloseable {
    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /** A new one in the machine's temporary directory. */
    public static RunDirectory create() throws IOException {
        return new RunDirectory(Files.createTempDirectory("tidemark-bench-"));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(RunDirectory::deleteUnlessLog);
        }
    }

    private static void deleteUnlessLog(Path file) {
        if (file.getFileName().toString().endsWith(".log") || isNotEmpty(file)) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNotEmpty(Path file) {
        if (!Files.isDirectory(file)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(file)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
