package io.tidemark.job.replay;

import io.tidemark.job.archive.RawView;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.settings.DurationText;
import io.tidemark.schemas.settings.SettingsReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What a replay reads of the settings. */
public final class ReplaySettings {
    private ReplaySettings() {}

    /**
     * Reads the request; the caller asks the reader for problems when all its readers have read.
     */
    public static ReplayRequest from(SettingsReader reader) {
        String archive =
                reader.text(
                        "archive.root", "data/archive", "directory or URI of the Parquet archive");
        Registry registry = FeatureJobSettings.registryFrom(reader);
        long from =
                time(
                        reader,
                        "replay.from",
                        Long.MIN_VALUE / 4,
                        "first grid time, ISO 8601, UTC unless it says; default: the archive's first");
        long to =
                time(
                        reader,
                        "replay.to",
                        Long.MAX_VALUE / 4,
                        "end of the grid times, itself not among them; default: the archive's last");
        if (from >= to) {
            reader.refuse("replay.to", "must be after replay.from");
            to = from + 1;
        }
        return new ReplayRequest(
                archive,
                reader.text(
                        "replay.out", "data/replay", "directory or URI that gets the rows; empty"),
                from,
                to,
                symbols(reader),
                registry,
                view(reader),
                slice(reader));
    }

    /** Leaves alone what only others read, of a file or an environment that is theirs too. */
    public static void leaveOthers(SettingsReader reader) {
        leaveStreamAndServer(reader);
        reader.leaveToOthers("dataset");
    }

    /** Leaves alone what stream, server and demo read. */
    public static void leaveStreamAndServer(SettingsReader reader) {
        reader.leaveToOthers(
                "broker",
                "source",
                "gate",
                "heap",
                "publish",
                "drift",
                "outcomes",
                "serving-store",
                "server",
                "cors",
                "read",
                "admin",
                "ready",
                "models",
                "predictions",
                "demo",
                "upkeep");
    }

    private static List<String> symbols(SettingsReader reader) {
        return reader.optional("replay.symbols", "symbols, by comma; default: all")
                .map(text -> List.of(text.split("\\s*,\\s*")))
                .orElse(List.of());
    }

    private static RawView view(SettingsReader reader) {
        String view =
                reader.text(
                        "replay.view",
                        "as-served",
                        "as-served: without what came too late live; final: with it");
        return switch (view) {
            case "as-served" -> RawView.AS_SERVED;
            case "final" -> RawView.FINAL;
            default -> {
                reader.refuse("replay.view", "must be as-served or final, got " + view);
                yield RawView.AS_SERVED;
            }
        };
    }

    private static long slice(SettingsReader reader) {
        Optional<String> slice =
                reader.optional(
                        "replay.slice",
                        "span a task computes at a time, at least 1s; default: as the job finds best");
        if (slice.isEmpty()) {
            return 0;
        }
        try {
            long micros = DurationText.parse(slice.get()).toNanos() / 1_000;
            if (micros >= 1_000_000) {
                return micros;
            }
        } catch (IllegalArgumentException notADuration) {
            // Said below, like one too short.
        }
        reader.refuse("replay.slice", "must be a duration of at least 1s, got " + slice.get());
        return 0;
    }

    private static long time(SettingsReader reader, String key, long otherwise, String meaning) {
        Optional<String> text = reader.optional(key, meaning);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return micros(text.get());
        } catch (DateTimeException | ArithmeticException e) {
            reader.refuse(key, "must be a time such as 2026-08-09T12:00:00, got " + text.get());
            return otherwise;
        }
    }

    /**
     * Microseconds since the epoch of a day or a time, ISO 8601, UTC unless it says.
     *
     * @throws DateTimeException when it is none
     */
    public static long micros(String text) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant(text));
    }

    private static Instant instant(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
