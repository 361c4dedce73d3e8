package io.tidemark.local.cli;

import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.local.broker.EmbeddedBroker;
import io.tidemark.local.capture.Capture;
import io.tidemark.local.cli.ReplayOptions.Times;
import io.tidemark.local.database.EmbeddedDatabase;
import io.tidemark.local.demo.Demo;
import io.tidemark.local.demo.DemoPlan;
import io.tidemark.local.demo.DemoSettings;
import io.tidemark.local.demo.Screen;
import io.tidemark.local.publish.CaptureSource;
import io.tidemark.local.publish.SimulatorSource;
import io.tidemark.local.publish.Speed;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in one process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Run the whole platform in one process: broker, PostgreSQL, Flink with its UI, model server,"
                    + " and a simulated market or a recording. Needs nothing but Java.",
            "",
            "Ctrl-C stops it with a savepoint; the next start on the same data directory goes on."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept (default: data).")
    @Nullable String dataDir;

    @Option(
            names = "--symbols",
            paramLabel = "A,B",
            description = "Symbols of the simulated market.")
    @Nullable String symbols;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Simulated events per second, up to 10000 (default: 400).")
    @Nullable String rate;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the market (default: 1).")
    @Nullable String seed;

    @Option(
            names = "--cadence",
            paramLabel = "TIME",
            description = "Time between rows, 100ms to 1h (default: 1s).")
    @Nullable String cadence;

    @Option(names = "--broker-port", paramLabel = "PORT", description = "Default: 5673.")
    @Nullable String brokerPort;

    @Option(names = "--database-port", paramLabel = "PORT", description = "Default: 5433.")
    @Nullable String databasePort;

    @Option(names = "--flink-port", paramLabel = "PORT", description = "Default: 8081.")
    @Nullable String flinkPort;

    @Option(names = "--server-port", paramLabel = "PORT", description = "Default: 8080.")
    @Nullable String serverPort;

    @Option(
            names = "--replay",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Recordings to play instead of the simulated market.")
    List<Path> replayed = List.of();

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            converter = SpeedConverter.class,
            description = "Speed of a recording: 1 (default), 10, max.")
    Speed speed = Speed.RECORDED;

    @Option(
            names = "--times",
            paramLabel = "TIMES",
            description =
                    "Times of a recording: now moves the first event to now (default at speed 1, and not"
                            + " above it, for events would lie in the future); recorded keeps them"
                            + " (default above): events older than what the job has seen come late.")
    @Nullable Times times;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ReplayOptions replay = new ReplayOptions();
    @Mixin SettingsOptions settings = new SettingsOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReplayOptions.requirePossible(times(), speed, spec.commandLine());
        Map<String, String> flags = flags();
        // A first look for the places everything else follows from; its problems come again below.
        DemoSettings places =
                DemoSettings.read(new SettingsReader(settings.source(Map.of(), flags)));
        Path home = places.dataDir();
        LogFiles.toDirectory(home.resolve("logs"));
        flags.putAll(embedded(home, places));
        SettingsReader reader = new SettingsReader(settings.source(defaults(home), flags));
        DemoSettings demo = DemoSettings.read(reader);
        FeatureJobSettings job = FeatureJobSettings.from(reader);
        ServerSettings server = ServerSettings.read(reader);
        reader.leaveToOthers("replay", "dataset", "upkeep");
        reader.throwIfInvalid();
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        Screen screen = new Screen(System.out, Terminal.isOutput());
        return new Demo(plan(demo, job, server), screen, stop).run();
    }

    private Times times() {
        if (times != null) {
            return times;
        }
        return speed.factor() > 1 ? Times.RECORDED : Times.NOW;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        flag(flags, "demo.data-dir", dataDir);
        flag(flags, "demo.symbols", symbols);
        flag(flags, "demo.rate", rate);
        flag(flags, "demo.seed", seed);
        flag(flags, "registry.cadence", cadence);
        flag(flags, "demo.broker-port", brokerPort);
        flag(flags, "demo.database-port", databasePort);
        flag(flags, "demo.flink-port", flinkPort);
        flag(flags, "server.port", serverPort);
        return flags;
    }

    private static void flag(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    private Map<String, String> defaults(Path home) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("archive.root", home.resolve("archive").toAbsolutePath().toString());
        defaults.put("models.directory", home.resolve("models").toAbsolutePath().toString());
        defaults.put("source.max-unacknowledged", "10000");
        if (!replayed.isEmpty()) {
            // Right after a subscription an exchange delivers what is up to 3 s old; as a late book
            // message is a gap, nothing of a recording's start may be late.
            defaults.put("source.lateness", "4s");
        }
        boolean recordedTimes = !replayed.isEmpty() && times() == Times.RECORDED;
        defaults.put("ready.freshness", recordedTimes ? "stored-at" : "grid-time");
        return defaults;
    }

    /** The demo's own broker and database, whatever else is configured. */
    private static Map<String, String> embedded(Path home, DemoSettings places) throws IOException {
        Map<String, String> flags = new LinkedHashMap<>();
        String password = EmbeddedDatabase.password(home.resolve("database"));
        flags.put("broker.uri", EmbeddedBroker.uri(home.resolve("broker"), places.brokerPort()));
        flags.put("serving-store.url", EmbeddedDatabase.jdbcUrl(places.databasePort()));
        flags.put("serving-store.user", EmbeddedDatabase.NAME);
        flags.put("serving-store.password", password);
        flags.put("serving-store.writer", EmbeddedDatabase.NAME);
        flags.put("serving-store.writer-password", password);
        return flags;
    }

    private DemoPlan plan(DemoSettings demo, FeatureJobSettings job, ServerSettings server)
            throws IOException {
        if (replayed.isEmpty()) {
            SimulatorSettings market =
                    new SimulatorSettings(demo.symbols(), demo.rate(), demo.seed());
            return new DemoPlan(
                    demo,
                    job,
                    server,
                    demo.symbols(),
                    now -> new SimulatorSource(new MarketSimulator(market, micros(now))),
                    "simulated, %.0f events/s, seed %d".formatted(demo.rate(), demo.seed()),
                    Speed.RECORDED);
        }
        Capture capture = replay.capture(replayed);
        return new DemoPlan(
                demo,
                job,
                server,
                List.copyOf(capture.symbols()),
                now ->
                        new CaptureSource(
                                capture,
                                times() == Times.NOW ? Optional.of(now) : Optional.empty()),
                "recording, %,d messages".formatted(capture.messages()),
                speed);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
