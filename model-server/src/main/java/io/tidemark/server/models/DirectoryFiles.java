package io.tidemark.server.models;

import io.tidemark.server.model.ModelRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Packages in a directory, a folder each: {@code v1/package.json}, {@code v1/model.bin}, {@code
 * v1/report.html}. A folder is there whole or not at all: it is written beside, forced to disk,
 * then renamed.
 */
final class DirectoryFiles implements PackageFiles {
    private final Path root;

    DirectoryFiles(Path root) {
        this.root = root;
    }

    @Override
    public boolean put(String version, String sha256, Map<String, byte[]> files)
            throws IOException {
        try {
            return put(version, files);
        } catch (IOException e) {
            // The message without the path: callers read it.
            String why =
                    e instanceof FileSystemException named ? named.getReason() : e.getMessage();
            throw new IOException(
                    "the directory of packages cannot be written (%s)"
                            .formatted(why == null ? e.getClass().getSimpleName() : why),
                    e);
        }
    }

    private boolean put(String version, Map<String, byte[]> files) throws IOException {
        Path folder = root.resolve(version);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.createDirectories(root);
        Path building = AbandonedFolders.building(root, version);
        Files.createDirectory(building);
        try {
            AbandonedFolders.remove(root, building);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(building.resolve(file.getKey()), file.getValue());
            }
            force(building);
            if (!renamed(building, folder)) {
                return false;
            }
            force(root);
            return true;
        } finally {
            delete(building, files.keySet());
        }
    }

    /** False when somebody else has that name. */
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

    @Override
    public byte[] read(String version, String sha256, String name, int most)
            throws ModelRefusedException {
        Path folder = root.resolve(version);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRefusedException("there is no folder of " + version);
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRefusedException(name + " is not a regular file");
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > most) {
                throw new ModelRefusedException(
                        "%s has %d bytes, at most %d are read"
                                .formatted(name, channel.size(), most));
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } catch (IOException e) {
            throw new ModelRefusedException(name + " cannot be read");
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

    private static void delete(Path folder, Set<String> names) throws IOException {
        for (String name : names) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
