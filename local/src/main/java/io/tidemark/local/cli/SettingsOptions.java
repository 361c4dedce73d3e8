package io.tidemark.local.cli;

import io.tidemark.schemas.settings.SettingsSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which every command takes settings. */
final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file (YAML); also TIDEMARK_CONFIG.")
    @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting of 'tidemark settings'; may be given several times.")
    Map<String, String> set = new LinkedHashMap<>();

    /** Defaults, file, environment and flags, in this order of strength. */
    SettingsSource source(Map<String, String> defaults, Map<String, String> flags) {
        SettingsSource.Builder builder =
                SettingsSource.builder()
                        .defaults(defaults)
                        .environment(System.getenv())
                        .flags(set)
                        .flags(flags);
        String fromEnvironment = System.getenv().getOrDefault("TIDEMARK_CONFIG", "");
        if (config != null) {
            builder.file(config);
        } else if (!fromEnvironment.isEmpty()) {
            builder.file(Path.of(fromEnvironment));
        }
        return builder.build();
    }
}
