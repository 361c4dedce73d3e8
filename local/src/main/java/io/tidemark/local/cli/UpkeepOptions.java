package io.tidemark.local.cli;

import io.tidemark.job.upkeep.Upkeep;
import io.tidemark.job.upkeep.UpkeepReport;
import io.tidemark.job.upkeep.UpkeepSettings;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which archive is kept up, and how far that is. */
final class UpkeepOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description =
                    "Its archive is meant unless archive.root says otherwise (default: data).")
    Path dataDir = Path.of("data");

    @Mixin SettingsOptions settings = new SettingsOptions();

    UpkeepSettings read() {
        SettingsReader reader =
                new SettingsReader(
                        settings.source(
                                Map.of("archive.root", dataDir.resolve("archive").toString()),
                                Map.of()));
        UpkeepSettings read = UpkeepSettings.from(reader);
        UpkeepSettings.leaveOthers(reader);
        reader.throwIfInvalid();
        return read;
    }

    /** Shows a progress line; ends the work at the stop signal. */
    static Upkeep.Watcher watcher(ProgressLine line, StopSignal stop) {
        long began = System.nanoTime();
        return (done, all, sofar) -> {
            double fraction = all == 0 ? 1 : (double) done / all;
            double seconds = (System.nanoTime() - began) / 1e9;
            line.show(fraction, seconds, text(done, all, sofar, fraction, seconds));
            return !stop.isGiven();
        };
    }

    private static String text(
            int done, int all, UpkeepReport sofar, double fraction, double seconds) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d folders, %,d compacted, %,d gone, %,d restored%s",
                done,
                all,
                sofar.compacted(),
                sofar.deleted() + sofar.moved(),
                sofar.restored(),
                fraction < 1 ? ProgressLine.left(fraction, seconds) : "");
    }
}
