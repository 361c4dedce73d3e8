package io.tidemark.local.cli;

import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where datasets lie: the folder {@code datasets} of the archive. */
final class DatasetPlace {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Its archive is read unless archive.root says otherwise (default: data).")
    Path dataDir = Path.of("data");

    @Mixin SettingsOptions settings = new SettingsOptions();

    /** The archive's root. */
    String archive() {
        return new SettingsReader(source(Map.of(), Map.of()))
                .text("archive.root", "", "directory or URI of the Parquet archive");
    }

    Path datasets() {
        return Path.of(archive(), "datasets");
    }

    /** Settings: these defaults, then file, environment, {@code --set} and these flags. */
    SettingsSource source(Map<String, String> defaults, Map<String, String> flags) {
        Map<String, String> all = new HashMap<>(defaults);
        all.put("archive.root", dataDir.resolve("archive").toString());
        return settings.source(all, flags);
    }
}
