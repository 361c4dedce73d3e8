package io.tidemark.local.cli;

import io.tidemark.job.replay.ReplayRequest;
import io.tidemark.job.replay.ReplaySettings;
import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of what to compute again from the archive. */
final class SpanOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "First grid time, ISO 8601, UTC unless it says; default: the archive's first.")
    @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "End of the grid times, itself not among them; default: the archive's last.")
    @Nullable String to;

    @Option(
            names = "--symbols",
            paramLabel = "LIST",
            description = "Symbols, by comma; default: all.")
    @Nullable String symbols;

    @Option(
            names = "--registry",
            paramLabel = "VERSION|FILE",
            description = "A built-in registry version or a registry file (default: 1.0.0).")
    @Nullable String registry;

    @Option(
            names = "--slice",
            paramLabel = "DURATION",
            description = "Span a task computes at a time; default: as the job finds best.")
    @Nullable String slice;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Its archive is read unless archive.root says otherwise (default: data).")
    Path dataDir = Path.of("data");

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks (default: as many as processors).")
    int parallelism = Runtime.getRuntime().availableProcessors();

    @Mixin SettingsOptions settings = new SettingsOptions();

    /** The request; more settings than the options may be given. */
    ReplayRequest request(Map<String, String> more) {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "replay.from", from);
        put(flags, "replay.to", to);
        put(flags, "replay.symbols", symbols);
        put(flags, "replay.slice", slice);
        if (registry != null) {
            boolean file = Files.isRegularFile(Path.of(registry));
            flags.put(file ? "registry.path" : "registry.version", registry);
        }
        flags.putAll(more);
        SettingsReader reader =
                new SettingsReader(
                        settings.source(
                                Map.of(
                                        "archive.root",
                                        dataDir.resolve("archive").toString(),
                                        "replay.out",
                                        dataDir.resolve("replay").toString()),
                                flags));
        ReplayRequest request = ReplaySettings.from(reader);
        ReplaySettings.leaveOthers(reader);
        reader.throwIfInvalid();
        return request;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
