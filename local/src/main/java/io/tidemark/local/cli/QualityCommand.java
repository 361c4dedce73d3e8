package io.tidemark.local.cli;

import io.tidemark.features.quality.Finding;
import io.tidemark.features.quality.QualityReport;
import io.tidemark.job.quality.ArchiveQuality;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how good the archived data of a symbol are. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        description = {
            "Look through a span of the archive for what is wrong with a symbol's data: missing"
                    + " messages and minutes, silent and frozen feeds, price spikes, crossed books,"
                    + " clocks, disorder, duplicates, late ones. Exit code 1 when there is anything."
        })
final class QualityCommand implements Callable<Integer> {
    @Mixin PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--symbol",
            paramLabel = "SYMBOL",
            required = true,
            description = "The instrument, as the venue spells it.")
    String symbol = "";

    @Mixin UpkeepOptions options = new UpkeepOptions();

    @Override
    public Integer call() throws IOException {
        long begin = period.fromMicros();
        long end = period.toMicros();
        PrintStream screen = System.out;
        ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
        long began = System.nanoTime();
        QualityReport report;
        try {
            report =
                    ArchiveQuality.of(
                            new Path(options.read().root().toUri()),
                            symbol,
                            begin,
                            end,
                            at -> show(line, (double) (at - begin) / (end - begin), began));
        } finally {
            line.end();
        }
        print(report, screen);
        if (report.messages() == 0) {
            screen.println("the archive has nothing of " + symbol + " in that span");
        }
        return report.findings().isEmpty() && report.messages() > 0 ? 0 : Tidemark.FAILED;
    }

    private static void show(ProgressLine line, double fraction, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        line.show(
                fraction,
                seconds,
                String.format(
                        Locale.ROOT,
                        "%3.0f %%%s",
                        100 * fraction,
                        ProgressLine.left(fraction, seconds)));
    }

    private static void print(QualityReport report, PrintStream screen) {
        screen.printf(
                Locale.ROOT,
                "%s: %,d messages; %.3f %% of minutes missing, %.4f %% of messages anomalous, %.2f"
                        + " %% out of order%n",
                report.symbol(),
                report.messages(),
                100 * report.missingRate(),
                100 * report.anomalyRate(),
                100 * report.outOfOrderShare());
        screen.printf(
                Locale.ROOT,
                "%,d gaps with %,d messages, %,d desynchronizations, %,d duplicates, %,d late%n",
                report.sequenceGaps(),
                report.missingMessages(),
                report.desynchronizationEvents(),
                report.duplicates(),
                report.late());
        for (Finding one : report.findings()) {
            screen.printf(
                    Locale.ROOT,
                    "%s to %s  %-9s %-15s %,8d  worst %.3g%n",
                    time(one.beginMicros()),
                    time(one.endMicros()),
                    one.type().wireName(),
                    one.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    one.count(),
                    one.worst());
        }
        report.recommendations().forEach(screen::println);
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
