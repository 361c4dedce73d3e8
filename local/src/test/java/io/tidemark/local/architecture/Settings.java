package io.tidemark.local.architecture;

import io.tidemark.job.dataset.DatasetSettings;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.replay.ReplaySettings;
import io.tidemark.job.upkeep.UpkeepSettings;
import io.tidemark.local.demo.DemoSettings;
import io.tidemark.schemas.settings.Setting;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import io.tidemark.server.ServerSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every setting there is, by who reads it. */
enum Settings {
    JOB,
    REPLAY,
    DATASET,
    UPKEEP,
    SERVER,
    DEMO;

    List<Setting> known() {
        SettingsReader reader = new SettingsReader(SettingsSource.builder().build());
        Object unused =
                switch (this) {
                    case JOB -> FeatureJobSettings.from(reader);
                    case REPLAY -> ReplaySettings.from(reader);
                    case DATASET -> DatasetSettings.from(reader);
                    case UPKEEP -> UpkeepSettings.from(reader);
                    case SERVER -> ServerSettings.read(reader);
                    case DEMO -> DemoSettings.read(reader);
                };
        return reader.known();
    }

    static Set<String> allKeys() {
        return all().map(Setting::key).collect(Collectors.toSet());
    }

    static Stream<Setting> all() {
        return Stream.of(values()).flatMap(one -> one.known().stream());
    }
}
