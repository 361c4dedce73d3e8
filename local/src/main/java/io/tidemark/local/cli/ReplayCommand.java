package io.tidemark.local.cli;

import io.tidemark.job.replay.Replay;
import io.tidemark.job.replay.ReplayCounts;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.replay.LocalReplay;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes rows again from the archive. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Compute feature rows from the raw archive, by the engine of the stream: of any symbols, span"
                    + " and registry. They are written as the feature archive is, into a place that has"
                    + " none of that registry yet."
        })
final class ReplayCommand implements Callable<Integer> {
    @Option(
            names = "--view",
            paramLabel = "VIEW",
            description =
                    "as-served (default): what came too late live stays out; final: it comes in.")
    @Nullable String view;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where features/ is written (default: replay in the data directory).")
    @Nullable String out;

    @Mixin SpanOptions span = new SpanOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> flags = new LinkedHashMap<>();
        if (view != null) {
            flags.put("replay.view", view);
        }
        if (out != null) {
            flags.put("replay.out", out);
        }
        Replay replay = Replay.of(span.request(flags), span.parallelism);
        PrintStream screen = System.out;
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        Optional<ReplayCounts> done = run(replay, span.parallelism, stop, screen);
        if (done.isEmpty()) {
            screen.println("stopped; finished slices are in " + replay.request().outRoot());
            return Tidemark.INTERRUPTED;
        }
        screen.println(summary(done.get()) + "; they are in " + replay.request().outRoot());
        return 0;
    }

    /** Runs it under a progress line. */
    static Optional<ReplayCounts> run(
            Replay replay, int parallelism, StopSignal stop, PrintStream screen)
            throws IOException, InterruptedException {
        ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
        try {
            return LocalReplay.run(
                    replay,
                    parallelism,
                    stop,
                    (fraction, seconds, counts) ->
                            line.show(fraction, seconds, text(fraction, seconds, counts)));
        } finally {
            line.end();
        }
    }

    private static String text(double fraction, double seconds, ReplayCounts counts) {
        long events = counts.events() + counts.chainEvents();
        return String.format(
                Locale.ROOT,
                "%3.0f %%, %,d rows, %,d events read, %,.0f/s%s",
                100 * fraction,
                counts.rows(),
                events,
                events / Math.max(0.001, seconds),
                fraction < 1 ? ProgressLine.left(fraction, seconds) : "");
    }

    static String summary(ReplayCounts counts) {
        return String.format(
                Locale.ROOT,
                "%,d rows of %,d events, %,d duplicates left out; %,d events to follow the books",
                counts.rows(),
                counts.events(),
                counts.duplicates(),
                counts.chainEvents());
    }
}
