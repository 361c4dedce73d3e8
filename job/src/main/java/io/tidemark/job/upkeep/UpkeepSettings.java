package io.tidemark.job.upkeep;

import io.tidemark.schemas.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What upkeep does to an archive.
 *
 * @param root of the archive, on a file system of this machine
 * @param compactAfter an hour is compacted when it ended so long ago
 * @param compactFiles and has so many files that are not sorted yet
 * @param compactRows about so many rows go into one file
 * @param keep what ended longer ago goes; zero: nothing goes
 * @param moveTo where it goes; empty: nowhere, it is deleted
 * @param keepRestored what was restored stays so long
 * @param orphansAfter unfinished files of lost attempts go when untouched so long
 * @param keepFreeBytes no file is written that would leave less of a disk
 * @param grace how long other readers may take to list a folder
 */
public record UpkeepSettings(
        Path root,
        Duration compactAfter,
        int compactFiles,
        int compactRows,
        Duration keep,
        Optional<Path> moveTo,
        Duration keepRestored,
        Duration orphansAfter,
        long keepFreeBytes,
        Duration grace) {

    /** Reads them; the caller asks the reader for problems when all its readers have read. */
    public static UpkeepSettings from(SettingsReader reader) {
        String root =
                reader.text(
                        "archive.root", "data/archive", "directory or URI of the Parquet archive");
        UpkeepSettings settings =
                new UpkeepSettings(
                        local(reader, root),
                        reader.duration(
                                "upkeep.compact-after",
                                Duration.ofHours(2),
                                "an hour is compacted when it ended so long ago"),
                        reader.integer(
                                "upkeep.compact-files",
                                4,
                                2,
                                Integer.MAX_VALUE,
                                "and has so many files that are not sorted yet"),
                        reader.integer(
                                "upkeep.compact-rows",
                                200_000,
                                1_000,
                                Integer.MAX_VALUE,
                                "about so many rows go into a sorted file, and are on the heap"
                                        + " meanwhile"),
                        reader.durationOrZero(
                                "upkeep.keep",
                                Duration.ofDays(90),
                                "what ended longer ago leaves the archive; 0s: nothing does"),
                        reader.optionalPath(
                                "upkeep.move-to",
                                "directory that gets what leaves the archive; none: it is deleted"),
                        reader.duration(
                                "upkeep.keep-restored",
                                Duration.ofDays(7),
                                "what was restored stays so long"),
                        reader.duration(
                                "upkeep.orphans-after",
                                Duration.ofDays(7),
                                "hidden files that a killed job left go when untouched so long and"
                                        + " newer files are there"),
                        1_048_576L
                                * reader.integer(
                                        "upkeep.keep-free-mib",
                                        2_048,
                                        0,
                                        Integer.MAX_VALUE,
                                        "MiB of a disk that upkeep leaves free"),
                        reader.durationOrZero(
                                "upkeep.switch-grace",
                                Duration.ofSeconds(1),
                                "how long a reader may take to list a folder"));
        if (settings.moveTo.isPresent() && settings.moveTo.get().startsWith(settings.root)) {
            reader.refuse("upkeep.move-to", "must not lie in the archive");
        }
        return settings;
    }

    private static Path local(SettingsReader reader, String root) {
        if (root.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            if (root.startsWith("file:")) {
                return Path.of(URI.create(root));
            }
            reader.refuse(
                    "archive.root",
                    "must be a directory for upkeep: a bucket's own rules are its retention, see"
                            + " ADR 16");
            return Path.of("data/archive");
        }
        return Path.of(root);
    }

    /** Leaves alone what only others read, of a file or an environment that is theirs too. */
    public static void leaveOthers(SettingsReader reader) {
        reader.leaveToOthers(
                "broker",
                "source",
                "gate",
                "heap",
                "publish",
                "outcomes",
                "serving-store",
                "server",
                "cors",
                "read",
                "admin",
                "ready",
                "demo",
                "replay",
                "dataset",
                "registry");
    }
}
