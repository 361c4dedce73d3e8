package io.tidemark.local.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What drill to run.
 *
 * @param checkout where the built parts are
 * @param directory everything of the drill, fresh; made when absent
 * @param eventsPerSecond published, of all symbols together
 * @param faults in their order, see {@link Fault#schedule}
 * @param soak how long to watch afterwards, without faults
 * @param slots of each of the two TaskManagers; the job needs two, so with one each there is none
 *     to spare
 * @param seed of the market, the planned bad messages and the pauses between faults
 */
public record DrillSettings(
        Path checkout,
        Path directory,
        double eventsPerSecond,
        List<String> symbols,
        List<Fault> faults,
        Duration soak,
        int slots,
        long seed) {
    public DrillSettings {
        symbols = List.copyOf(symbols);
        faults = List.copyOf(faults);
    }

    /** With slots to spare and without a watch. */
    public static DrillSettings of(
            Path checkout,
            Path directory,
            double eventsPerSecond,
            List<String> symbols,
            List<Fault> faults,
            long seed) {
        return new DrillSettings(
                checkout, directory, eventsPerSecond, symbols, faults, Duration.ZERO, 2, seed);
    }
}
