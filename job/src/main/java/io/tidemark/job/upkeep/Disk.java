package io.tidemark.job.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every change upkeep makes to a disk, each as a step of its own that is either done or not: after
 * any of them the process may be gone, and the next run goes on.
 */
final class Disk {
    private final Step step;

    /** Who is told before each change: a test ends the work there. */
    @FunctionalInterface
    interface Step {
        void before(String change) throws IOException;
    }

    Disk() {
        this(change -> {});
    }

    Disk(Step step) {
        this.step = step;
    }

    /** A change somebody else makes. */
    void changes(String what) throws IOException {
        step.before(what);
    }

    /** Gives a file or folder another name, in place of what has it, in one moment. */
    void move(Path from, Path to) throws IOException {
        step.before("move " + from + " to " + to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void makeFolders(Path folder) throws IOException {
        step.before("make " + folder);
        Files.createDirectories(folder);
    }

    void delete(Path file) throws IOException {
        step.before("delete " + file);
        Files.deleteIfExists(file);
    }

    /** Deletes a folder with all that is in it, file by file; those that come first, first. */
    void deleteAll(Path folder, List<Path> first) throws IOException {
        for (Path file : first) {
            delete(file);
        }
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            delete(file);
        }
    }

    /** A file with that content, whole and on the disk, under its name. */
    void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        step.before("write " + file);
        try (FileChannel channel = open(unfinished)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        move(unfinished, file);
        Path folder = file.getParent();
        if (folder != null) {
            sync(folder);
        }
    }

    /** As {@link #write}, but where nobody minds a file that is not whole. */
    void putOver(byte[] content, Path file) throws IOException {
        step.before("put " + file);
        Files.write(file, content);
    }

    /**
     * A copy under that name, as old, its content on the disk. What has the name is overwritten.
     */
    void copy(Path from, Path to) throws IOException {
        step.before("copy " + from + " to " + to);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = open(to)) {
            long size = in.size();
            for (long done = 0; done < size; ) {
                done += in.transferTo(done, size - done, out);
            }
            out.force(true);
        }
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Brings a file's content, or the names in a folder, to the disk. */
    void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The names in a folder, sorted; none when it is not there. */
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return new ArrayList<>(names);
    }
}
