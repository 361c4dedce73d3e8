package io.tidemark.bench.latency;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.MarketMix;
import io.tidemark.bench.load.OpenLoopPublisher;
import io.tidemark.bench.platform.CpuMeter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A run's figures as a Markdown table, milliseconds.
 *
 * @param cpu CPU seconds by process while measuring
 * @param gaps between two looks at the store while rows were due, microseconds
 * @param late events the job counted late in the whole run
 * @param restarts of the job in the whole run; counters begin again with each
 * @param liveMessages received from features.live in the whole run
 * @param eventsNotInRows sent, with their row in the measured time, and not in its event_count
 * @param driftMicros correction of the machine's clock during the run
 */
record LatencyReport(
        LatencyOptions options,
        OpenLoopPublisher.Sent sent,
        Map<String, Double> cpu,
        Histogram gaps,
        long late,
        long duplicates,
        long restarts,
        long liveMessages,
        long eventsNotInRows,
        long driftMicros) {

    void print(
            PrintStream out,
            Sightings visible,
            Sightings stored,
            Sightings live,
            EventSchedule schedule,
            MarketMix mix,
            long from,
            long to)
            throws IOException {
        out.printf(
                "### %,d events/s, %d symbols, cadence %d ms, checkpoints %d ms, lateness %d ms%n%n",
                options.rate,
                options.symbols,
                options.cadenceMillis,
                options.checkpointMillis,
                options.latenessMillis);
        tableHead(out);
        line(out, "row visible in the store - T", Delays.ofRows(visible, from, to));
        line(out, "row stored_at (before commit) - T", Delays.ofRows(stored, from, to));
        line(out, "row received from features.live - T", Delays.ofRows(live, from, to));
        line(
                out,
                "event intended to row visible",
                Delays.ofEvents(visible, schedule, mix, from, to));
        line(out, "generator: sent - intended", new Delays(sent.delays(), 0));
        line(out, "reader: between two looks", new Delays(gaps, 0));
        out.printf(
                "%nAchieved %,.1f events/s of %,d (%,d events, mean body %d bytes); late %d, duplicates %d, not in their row %d; job restarts %d; %,d messages from features.live.%n",
                sent.achievedRate(),
                options.rate,
                sent.events(),
                sent.bytes() / sent.events(),
                late,
                duplicates,
                eventsNotInRows,
                restarts,
                liveMessages);
        out.printf("CPU seconds in %d s: ", options.measureSeconds);
        cpu.forEach((process, seconds) -> out.printf("%s %.1f, ", process, seconds));
        out.printf(
                "of it the sending thread %.1f in the whole run.%n", sent.threadCpuNanos() / 1e9);
        out.printf(
                "Load average %s; machine's clock corrected by %d us during the run.%n%n",
                CpuMeter.loadAverage(), driftMicros);
    }

    static void tableHead(PrintStream out) {
        out.println("| ms | p50 | p95 | p99 | p99.9 | max | seen | missing |");
        out.println("|---|---|---|---|---|---|---|---|");
    }

    static void line(PrintStream out, String what, Delays delays) {
        Histogram h = delays.delays();
        out.printf(
                "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %,d | %d |%n",
                what,
                h.getValueAtPercentile(50) / 1e3,
                h.getValueAtPercentile(95) / 1e3,
                h.getValueAtPercentile(99) / 1e3,
                h.getValueAtPercentile(99.9) / 1e3,
                h.getMaxValue() / 1e3,
                h.getTotalCount(),
                delays.missing());
    }
}
