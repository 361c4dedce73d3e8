package io.tidemark.job.archive;

import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.fs.Path;

/** What lies in the raw archive: the hours there are, and the files by their content. */
public final class RawInputs {
    private static final int BLOCK = 1 << 16;

    private final Map<EventType, NavigableMap<Long, Path>> hours = new TreeMap<>();

    private RawInputs() {}

    /**
     * The files of a type and day.
     *
     * @param path of the day's folder, below the archive's root
     * @param sha256 of names and contents, in the order of hours and names
     */
    public record Day(String path, int files, long bytes, String sha256) {}

    /** Hours one after the other that have a folder: [from, to), microseconds. */
    public record Period(long fromMicros, long toMicros) {
        @Override
        public String toString() {
            return Instant.EPOCH.plus(fromMicros, ChronoUnit.MICROS)
                    + " to "
                    + Instant.EPOCH.plus(toMicros, ChronoUnit.MICROS);
        }
    }

    /** Lists folders; opens no file. */
    public static RawInputs in(Path root) throws IOException {
        RawInputs inputs = new RawInputs();
        for (EventType type : EventType.values()) {
            inputs.hours.put(
                    type, ArchiveFolders.hours(new Path(root, "raw/type=" + type.wireName())));
        }
        return inputs;
    }

    /** The hours that have files of any type, joined; in order of time. */
    public List<Period> periods() {
        TreeSet<Long> all = new TreeSet<>();
        hours.values().forEach(one -> all.addAll(one.keySet()));
        List<Period> periods = new ArrayList<>();
        for (long hour : all) {
            int last = periods.size() - 1;
            if (last >= 0 && periods.get(last).toMicros() == hour) {
                periods.set(
                        last,
                        new Period(periods.get(last).fromMicros(), hour + ArchiveFolders.HOUR));
            } else {
                periods.add(new Period(hour, hour + ArchiveFolders.HOUR));
            }
        }
        return periods;
    }

    /** When a file of a newest hour was last written, milliseconds; 0 when there is none. */
    public long lastWrittenMillis() throws IOException {
        long last = 0;
        for (NavigableMap<Long, Path> one : hours.values()) {
            if (!one.isEmpty()) {
                for (Path file : ArchiveFolders.files(one.lastEntry().getValue())) {
                    last =
                            Math.max(
                                    last,
                                    file.getFileSystem().getFileStatus(file).getModificationTime());
                }
            }
        }
        return last;
    }

    /** Reads all files of the hours that meet [from, to). */
    public List<Day> days(long fromMicros, long toMicros) throws IOException {
        List<Day> days = new ArrayList<>();
        for (Map.Entry<EventType, NavigableMap<Long, Path>> type : hours.entrySet()) {
            NavigableMap<String, List<Path>> byDate = new TreeMap<>();
            type.getValue()
                    .subMap(fromMicros - ArchiveFolders.HOUR, false, toMicros, false)
                    .forEach(
                            (hour, folder) ->
                                    byDate.computeIfAbsent(date(hour), d -> new ArrayList<>())
                                            .add(folder));
            for (Map.Entry<String, List<Path>> one : byDate.entrySet()) {
                days.add(
                        day(
                                "raw/type=%s/date=%s"
                                        .formatted(type.getKey().wireName(), one.getKey()),
                                one.getValue()));
            }
        }
        return days;
    }

    private static Day day(String path, List<Path> folders) throws IOException {
        MessageDigest digest = sha256();
        int files = 0;
        long bytes = 0;
        byte[] block = new byte[BLOCK];
        for (Path folder : folders) {
            for (Path file : ArchiveFolders.files(folder)) {
                files++;
                digest.update(
                        (folder.getName() + "/" + file.getName() + "\n")
                                .getBytes(StandardCharsets.UTF_8));
                try (InputStream in = file.getFileSystem().open(file)) {
                    for (int read = in.read(block); read >= 0; read = in.read(block)) {
                        digest.update(block, 0, read);
                        bytes += read;
                    }
                }
            }
        }
        return new Day(path, files, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static String date(long hourMicros) {
        return Instant.EPOCH
                .plus(hourMicros, ChronoUnit.MICROS)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
