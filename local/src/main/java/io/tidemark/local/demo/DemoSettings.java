package io.tidemark.local.demo;

import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the demo adds to the settings of job and server.
 *
 * @param dataDir everything that lasts: broker, database, Flink's state, archive, logs
 * @param symbols of the simulated market
 * @param rate events per second of the simulated market, all symbols together
 * @param seed of the simulated market
 */
public record DemoSettings(
        Path dataDir,
        int brokerPort,
        int databasePort,
        int flinkPort,
        int parallelism,
        Duration checkpointInterval,
        List<String> symbols,
        double rate,
        long seed) {

    /** Reads every key; the caller asks the reader for problems. */
    public static DemoSettings read(SettingsReader reader) {
        List<String> symbols =
                reader.list(
                        "demo.symbols",
                        SimulatorSettings.DEFAULT_SYMBOLS,
                        "symbols of the simulated market");
        double rate =
                reader.number(
                        "demo.rate",
                        400,
                        0.1,
                        SimulatorSettings.MAX_EVENTS_PER_SECOND,
                        "simulated events per second, all symbols together");
        long seed =
                reader.integer(
                        "demo.seed", 1, 0, Integer.MAX_VALUE, "seed of the simulated market");
        try {
            var unused = new SimulatorSettings(symbols, rate, seed);
        } catch (IllegalArgumentException e) {
            reader.refuse("demo.symbols", "cannot be simulated: " + e.getMessage());
            symbols = SimulatorSettings.DEFAULT_SYMBOLS;
        }
        return new DemoSettings(
                reader.path("demo.data-dir", Path.of("data"), "where everything is kept"),
                reader.integer("demo.broker-port", 5673, 1, 65_535, "port of the embedded broker"),
                reader.integer(
                        "demo.database-port", 5433, 1, 65_535, "port of the embedded PostgreSQL"),
                flinkPort(reader),
                parallelism(reader),
                checkpointInterval(reader),
                symbols,
                rate,
                seed);
    }

    /** The port of Flink's web UI in this JVM. */
    public static int flinkPort(SettingsReader reader) {
        return reader.integer("demo.flink-port", 8081, 1, 65_535, "port of Flink's web UI");
    }

    /** Tasks per operator in this JVM. */
    public static int parallelism(SettingsReader reader) {
        return reader.integer("demo.parallelism", 1, 1, 64, "Flink tasks per operator");
    }

    /** Time between checkpoints in this JVM. */
    public static Duration checkpointInterval(SettingsReader reader) {
        return reader.duration(
                "demo.checkpoint-interval",
                Duration.ofSeconds(5),
                "time between checkpoints; the broker keeps what was read for so long");
    }
}
