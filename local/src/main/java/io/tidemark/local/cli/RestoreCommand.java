package io.tidemark.local.cli;

import io.tidemark.job.upkeep.Upkeep;
import io.tidemark.job.upkeep.UpkeepReport;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings back what upkeep moved away. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Bring back into the archive what upkeep moved to upkeep.move-to, by the hour. It stays"
                    + " for upkeep.keep-restored."
        })
final class RestoreCommand implements Callable<Integer> {
    @Mixin PeriodOptions period = new PeriodOptions();

    @Mixin UpkeepOptions options = new UpkeepOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream screen = System.out;
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
        UpkeepReport report;
        try {
            report =
                    new Upkeep(options.read())
                            .restore(
                                    period.fromMicros(),
                                    period.toMicros(),
                                    UpkeepOptions.watcher(line, stop));
        } finally {
            line.end();
        }
        screen.printf("%,d folders restored%n", report.restored());
        report.failures().forEach(failure -> screen.println("failed: " + failure));
        if (stop.isGiven()) {
            return Tidemark.INTERRUPTED;
        }
        return report.complete() ? 0 : Tidemark.FAILED;
    }
}
