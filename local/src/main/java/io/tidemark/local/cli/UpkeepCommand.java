package io.tidemark.local.cli;

import io.tidemark.job.upkeep.Upkeep;
import io.tidemark.job.upkeep.UpkeepReport;
import io.tidemark.job.upkeep.UpkeepSettings;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.settings.DurationText;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the archive small, in order and within its disk. */
@Command(
        name = "upkeep",
        mixinStandardHelpOptions = true,
        description = {
            "Compact the archive's hours that are over into few sorted files, delete or move what"
                    + " is older than upkeep.keep, remove what killed jobs left. Safe beside a running"
                    + " job and readers; may be ended at any moment, the next run goes on."
        })
final class UpkeepCommand implements Callable<Integer> {
    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Do it again that long after each run, until Ctrl-C; 1h for example.")
    @Nullable String every;

    @Mixin UpkeepOptions options = new UpkeepOptions();

    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        UpkeepSettings settings = options.read();
        Duration pause = pause();
        PrintStream screen = System.out;
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        Upkeep upkeep = new Upkeep(settings);
        while (true) {
            ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
            UpkeepReport report;
            try {
                report = upkeep.run(Instant.now(), UpkeepOptions.watcher(line, stop));
            } finally {
                line.end();
            }
            report.lines().forEach(screen::println);
            if (stop.isGiven()) {
                return Tidemark.INTERRUPTED;
            }
            if (pause.isZero()) {
                return report.complete() ? 0 : Tidemark.FAILED;
            }
            if (stop.await(pause.toNanos())) {
                return 0;
            }
        }
    }

    private Duration pause() {
        if (every == null) {
            return Duration.ZERO;
        }
        try {
            return DurationText.parse(every);
        } catch (IllegalArgumentException e) {
            CommandLine command = spec == null ? new CommandLine(this) : spec.commandLine();
            throw new ParameterException(command, "--every " + e.getMessage(), e);
        }
    }
}
