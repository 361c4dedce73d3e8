package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.SECOND;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.MarketEvent;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a golden file of the engine's saved form, once per format, with the code that is about to
 * be released: the state in the middle of a stream, the events that follow, and their rows.
 */
final class WriteGoldenEngine {
    private WriteGoldenEngine() {}

    /** Arguments: the file to write. */
    public static void main(String[] arguments) throws IOException {
        FeatureSet set = FeatureSet.builtIn("1.0.0");
        List<MarketEvent> events = RandomMarket.events(7, 1_700_000_000_123_000L, 1_400, 0.002);
        long cut = events.get(1_000).eventTimeMicros() / SECOND * SECOND;
        List<MarketEvent> first = events.stream().filter(e -> e.eventTimeMicros() < cut).toList();
        // The last event but not the last grid time: the open pane is in the file too.
        SymbolEngine engine = SymbolEngine.create(set, Events.SYMBOL);
        first.forEach(engine::accept);
        byte[] state = Rows.saved(engine);
        List<Long> grid =
                Rows.grid(set, events, SECOND).stream().filter(t -> t >= cut).limit(150).toList();
        long end = grid.get(grid.size() - 1);
        List<MarketEvent> rest =
                events.subList(first.size(), events.size()).stream()
                        .filter(e -> e.eventTimeMicros() < end)
                        .toList();
        List<FeatureRow> rows = Rows.at(engine, rest, grid);
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            out.writeInt(state.length);
            out.write(state);
            out.writeInt(rest.size());
            for (MarketEvent event : rest) {
                EventCodec.write(event, out);
            }
            out.writeInt(rows.size());
            for (FeatureRow row : rows) {
                out.writeLong(row.gridTimeMicros());
                out.writeInt(row.completeness());
                out.writeLong(row.eventCount());
                out.writeLong(row.maxEventTimeMicros());
                out.writeInt(row.values().length);
                for (double value : row.values()) {
                    out.writeDouble(value);
                }
            }
        }
    }
}
