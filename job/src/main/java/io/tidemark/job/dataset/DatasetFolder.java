package io.tidemark.job.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a dataset while it is built: hidden, {@code .ID.building}, until it is renamed to
 * its name as a whole. Who builds holds a lock, so what a killed build left is told from one that
 * is under way, and is removed by the next build beside it.
 */
public final class DatasetFolder implements AutoCloseable {
    /** Where replayed rows lie while the dataset is built. */
    static final String REPLAYED = ".replayed";

    private static final String BUILDING = ".building";
    private static final String DELETED = ".deleted";
    private static final String LOCK = ".lock";

    private final Path datasets;
    private final String id;
    private final FileChannel channel;
    private @Nullable FileLock lock;

    private DatasetFolder(Path datasets, String id, FileChannel channel, FileLock lock) {
        this.datasets = datasets;
        this.id = id;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Begins a dataset.
     *
     * @throws DatasetException when there is one of that id, or one is being built
     */
    public static DatasetFolder begin(Path datasets, String id) throws IOException {
        Files.createDirectories(datasets);
        sweep(datasets);
        DatasetFolder folder =
                locked(datasets, id)
                        .orElseThrow(
                                () ->
                                        new DatasetException(
                                                "the dataset %s is being built".formatted(id)));
        if (Files.exists(datasets.resolve(id))) {
            folder.close();
            throw new DatasetException(
                    "there is a dataset %s already; choose another id or delete it".formatted(id));
        }
        Files.createDirectories(folder.path());
        return folder;
    }

    /** Removes what killed builds and deletions left. */
    public static void sweep(Path datasets) throws IOException {
        if (!Files.isDirectory(datasets)) {
            return;
        }
        List<Path> hidden;
        try (Stream<Path> all = Files.list(datasets)) {
            hidden = all.filter(path -> path.getFileName().toString().startsWith(".")).toList();
        }
        for (Path path : hidden) {
            String name = path.getFileName().toString();
            if (name.endsWith(DELETED)) {
                remove(path);
            }
            if (name.endsWith(BUILDING)) {
                String id = name.substring(1, name.length() - BUILDING.length());
                var orphan = locked(datasets, id);
                if (orphan.isPresent()) {
                    orphan.get().close();
                }
            }
        }
    }

    private static Optional<DatasetFolder> locked(Path datasets, String id) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        datasets.resolve("." + id + LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new DatasetFolder(datasets, id, channel, lock));
            }
        } catch (OverlappingFileLockException underWayInThisProcess) {
            // As if another process had it.
        }
        channel.close();
        return Optional.empty();
    }

    /** The hidden folder. */
    Path path() {
        return datasets.resolve("." + id + BUILDING);
    }

    /** Where rows are replayed to. */
    Path replayed() {
        return path().resolve(REPLAYED);
    }

    /** Gives it its name: from now on it is there, whole. */
    Path publish() throws IOException {
        remove(replayed());
        List<Path> folders;
        try (Stream<Path> all = Files.walk(path())) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path one : folders) {
            DatasetFile.sync(one);
        }
        Path dataset = datasets.resolve(id);
        Files.move(path(), dataset, StandardCopyOption.ATOMIC_MOVE);
        DatasetFile.sync(datasets);
        return dataset;
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        if (lock == null) {
            return;
        }
        try {
            remove(path());
            Files.deleteIfExists(datasets.resolve("." + id + LOCK));
        } finally {
            lock = null;
            channel.close();
        }
    }

    /**
     * Deletes a dataset: gone for readers at once, then from the disk.
     *
     * @throws DatasetException when there is none
     */
    public static void delete(Path datasets, String id) throws IOException {
        Path hidden = datasets.resolve("." + id + DELETED);
        remove(hidden);
        try {
            Files.move(datasets.resolve(id), hidden, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw new DatasetException("there is no dataset " + id);
        }
        DatasetFile.sync(datasets);
        remove(hidden);
    }

    /** Removes a folder and all in it, if it is there. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
