package io.tidemark.local.cli;

import io.tidemark.job.dataset.DatasetSettings;
import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.job.replay.ReplaySettings;
import io.tidemark.job.upkeep.UpkeepSettings;
import io.tidemark.local.demo.DemoSettings;
import io.tidemark.schemas.settings.Setting;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import io.tidemark.server.ServerSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints every setting there is. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = "Print every setting: key, default, environment variables, meaning.")
final class SettingsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        SettingsReader reader = new SettingsReader(SettingsSource.builder().build());
        // Reading makes the keys known; what is read from no source at all is of no use.
        var unused =
                List.of(
                        FeatureJobSettings.from(reader),
                        ReplaySettings.from(reader),
                        DatasetSettings.from(reader),
                        UpkeepSettings.from(reader),
                        ServerSettings.read(reader),
                        DemoSettings.read(reader));
        PrintStream out = System.out;
        out.println(
                "Given by a settings file (--config), by the environment, or by --set KEY=VALUE;");
        out.println("the later of these wins.");
        String subject = "";
        for (Setting setting : reader.known()) {
            String own = setting.key().substring(0, setting.key().indexOf('.'));
            if (!own.equals(subject)) {
                out.println();
                subject = own;
            }
            out.printf(
                    "%s = %s%n    %s%n    %s%n",
                    setting.key(),
                    setting.defaultText(),
                    setting.meaning(),
                    String.join(", ", setting.environmentNames()));
        }
        return 0;
    }
}
