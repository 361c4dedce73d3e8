package io.tidemark.bench.throughput;

import io.tidemark.bench.platform.CpuMeter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The drains of a run as a Markdown table, with the ratio to the baseline of the same run. */
final class ThroughputReport {
    private ThroughputReport() {}

    static void print(PrintStream out, ThroughputOptions options, List<Drain> drains)
            throws IOException {
        out.printf(
                "### %,d messages, %d symbols, %d queues per type, checkpoints %d ms, prefetch %,d, parallelism %d%n%n",
                options.events,
                options.symbols,
                options.queuesPerType,
                options.checkpointMillis,
                options.prefetch,
                options.parallelism);
        out.println(
                "| | events/s read | of the baseline | events/s in committed rows | s to the last | late | duplicates | CPU seconds |");
        out.println("|---|---|---|---|---|---|---|---|");
        double baseline = Double.NaN;
        for (Drain drain : drains) {
            boolean isBaseline = Double.isNaN(drain.storedRate());
            baseline = isBaseline ? drain.readRate() : baseline;
            out.printf(
                    "| %s | %,.0f | %s | %s | %.1f | %d | %d | %s |%n",
                    drain.what(),
                    drain.readRate(),
                    "%.2f".formatted(drain.readRate() / baseline),
                    isBaseline ? "" : "%,.0f".formatted(drain.storedRate()),
                    drain.seconds(),
                    drain.late(),
                    drain.duplicates(),
                    cpu(drain));
        }
        out.printf("%nLoad average %s.%n%n", CpuMeter.loadAverage());
    }

    private static String cpu(Drain drain) {
        StringBuilder text = new StringBuilder();
        drain.cpu()
                .forEach(
                        (process, seconds) ->
                                text.append(text.length() == 0 ? "" : ", ")
                                        .append("%s %.1f".formatted(process, seconds)));
        return text.toString();
    }
}
