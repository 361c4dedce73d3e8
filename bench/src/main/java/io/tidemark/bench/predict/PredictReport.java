package io.tidemark.bench.predict;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A run's figures as a Markdown table, milliseconds. */
record PredictReport(PrintStream out, ServerLog log) {
    private static final double[] PERCENTILES = {50, 95, 99, 99.9, 100};

    void head(PredictOptions options, BoostedModel model, String loadAverage) {
        out.printf(
                "### Predictions: %s of %,d bytes, %d features, %d symbols%n%n",
                model.result().hyperparameters(),
                model.file().length,
                options.features,
                options.symbols);
        out.printf(
                "Load average at the begin %s. Milliseconds; client: from when the request was due,"
                        + " server: from its head to its answer written.%n%n",
                loadAverage);
        out.println(
                "| load | due/s | answered/s | failed | client p50 | p95 | p99 | p99.9 | max"
                        + " | server p50 | p95 | p99 | p99.9 | max | bytes | CPU s |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        out.flush();
    }

    void line(String label, int rate, OpenLoop.Outcome outcome, Map<String, Double> cpu)
            throws IOException {
        StringBuilder line = new StringBuilder();
        line.append(
                "| %s | %,d | %,.0f | %d |"
                        .formatted(
                                label,
                                rate,
                                outcome.answered() / outcome.seconds(),
                                outcome.failed()));
        append(line, outcome.micros());
        append(line, log.micros(label));
        line.append(
                " %,d | %s |"
                        .formatted(
                                outcome.bytes(),
                                cpu.entrySet().stream()
                                        .map(
                                                one ->
                                                        "%s %.1f"
                                                                .formatted(
                                                                        one.getKey(),
                                                                        one.getValue()))
                                        .collect(Collectors.joining(", "))));
        out.println(line);
        out.flush();
    }

    private static void append(StringBuilder line, Histogram micros) {
        for (double percentile : PERCENTILES) {
            line.append(" %.2f |".formatted(micros.getValueAtPercentile(percentile) / 1e3));
        }
    }
}
