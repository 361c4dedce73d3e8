package io.tidemark.server.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders in which a package is written before it gets its name, {@code .v1.<uuid>}. A publication
 * that is killed leaves its own; a later one removes it. What another server still fills is told
 * from it by its age alone, for servers on several machines may share the directory.
 */
final class AbandonedFolders {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFolders.class);
    private static final Pattern NAME =
            Pattern.compile("\\.(v[1-9][0-9]{0,8})\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Files are in memory when they are written: it takes seconds. */
    private static final Duration LEAST_AGE = Duration.ofHours(1);

    private AbandonedFolders() {}

    /** A name for the folder of a version that is to be written. */
    static Path building(Path root, String version) {
        return root.resolve("." + version + "." + UUID.randomUUID());
    }

    /**
     * Removes those in which nothing changed for an hour, a line in the log each. What cannot be
     * removed is warned of and stays: no publication fails by it.
     *
     * @param fresh a folder of the same root just made, which tells that file system's time
     */
    static void remove(Path root, Path fresh) {
        try (Stream<Path> there = Files.list(root)) {
            Instant now = Files.getLastModifiedTime(fresh).toInstant();
            for (Path folder : there.toList()) {
                Matcher name = NAME.matcher(folder.getFileName().toString());
                if (name.matches() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    remove(root, name.group(1), folder, now);
                }
            }
        } catch (IOException e) {
            LOG.warn("cannot look for what killed publications left: {}", e.toString());
        }
    }

    private static void remove(Path root, String version, Path folder, Instant now) {
        try {
            if (newest(folder).isAfter(now.minus(LEAST_AGE))) {
                return;
            }
            // Away from a publisher that was only halted: it finds no folder any more, and puts
            // none there that lacks what is deleted here.
            Path taken = building(root, version);
            Files.move(folder, taken, StandardCopyOption.ATOMIC_MOVE);
            for (Path file : contents(taken)) {
                Files.delete(file);
            }
            Files.delete(taken);
            LOG.info("removed {}, which a killed publication left", folder.getFileName());
        } catch (NoSuchFileException e) {
            LOG.debug("somebody else took {}", folder.getFileName());
        } catch (IOException e) {
            LOG.warn(
                    "cannot remove {}, which a killed publication left: {}",
                    folder.getFileName(),
                    e.toString());
        }
    }

    /** When it or anything in it changed last. */
    private static Instant newest(Path folder) throws IOException {
        FileTime newest = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
        for (Path file : contents(folder)) {
            FileTime changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            newest = changed.compareTo(newest) > 0 ? changed : newest;
        }
        return newest.toInstant();
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
