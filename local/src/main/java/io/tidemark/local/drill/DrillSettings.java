package io.tidemark.local.drill;

import java.nio.file.Path;
import java.util.List;

/**
 * What drill to run.
 *
 * @param checkout where the built parts are
 * @param directory everything of the drill, fresh; made when absent
 * @param eventsPerSecond published, of all symbols together
 * @param faults in their order, see {@link Fault#schedule}
 * @param seed of the market, the planned bad messages and the pauses between faults
 */
public record DrillSettings(
        Path checkout,
        Path directory,
        double eventsPerSecond,
        List<String> symbols,
        List<Fault> faults,
        long seed) {
    public DrillSettings {
        symbols = List.copyOf(symbols);
        faults = List.copyOf(faults);
    }
}
