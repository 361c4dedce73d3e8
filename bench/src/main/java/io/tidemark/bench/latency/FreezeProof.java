package io.tidemark.bench.latency;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Shows that the harness does not omit a stall: every row that was due while the job stood still is
 * there, late by at least the time that was left of the stall, and moves the percentiles by its
 * share.
 */
final class FreezeProof {
    private static final long SECOND_MICROS = TimeUnit.SECONDS.toMicros(1);

    private FreezeProof() {}

    /**
     * Prints the stretch of time that holds the freeze, with and without the rows due in it.
     *
     * @return 0 when the freeze shows in full, else 1
     */
    static int print(
            PrintStream out, Sightings visible, Freeze freeze, long fromMicros, long toMicros) {
        RowGrid grid = visible.grid();
        Histogram all = Delays.ofRows(visible, fromMicros, toMicros).delays();
        Histogram others = Delays.ofRows(visible, fromMicros, freeze.stoppedMicros()).delays();
        others.add(Delays.ofRows(visible, freeze.continuedMicros(), toMicros).delays());
        int due = 0;
        int hidden = 0;
        int end = grid.firstStepAtOrAfter(freeze.continuedMicros());
        for (int step = grid.firstStepAtOrAfter(freeze.stoppedMicros()); step < end; step++) {
            for (int symbol = 0; symbol < grid.symbols(); symbol++) {
                due++;
                long seen = visible.at(step, symbol);
                hidden += seen == Sightings.NEVER || seen < freeze.continuedMicros() ? 1 : 0;
            }
        }
        out.printf(
                "The job stood still for %.3f s; %d rows were due meanwhile.%n%n",
                (freeze.continuedMicros() - freeze.stoppedMicros()) / 1e6, due);
        LatencyReport.tableHead(out);
        LatencyReport.line(out, "rows around the freeze", new Delays(all, 0));
        LatencyReport.line(out, "the same without the rows due in it", new Delays(others, 0));
        boolean shows =
                due > 0
                        && hidden == 0
                        && all.getMaxValue() >= SECOND_MICROS
                        && all.getValueAtPercentile(99) > others.getValueAtPercentile(99);
        out.printf(
                "%nDue rows not late by the rest of the freeze: %d; max at least 1 s and p99 moved: %s%n%n",
                hidden, shows);
        return shows ? 0 : 1;
    }
}
