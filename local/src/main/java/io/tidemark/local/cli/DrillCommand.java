package io.tidemark.local.cli;

import io.tidemark.local.demo.StartException;
import io.tidemark.local.drill.Drill;
import io.tidemark.local.drill.DrillReport;
import io.tidemark.local.drill.DrillSettings;
import io.tidemark.local.drill.Fault;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Faults under load, and the balance. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Run a fault drill: a RabbitMQ, a PostgreSQL and a Flink cluster of the drill's own on this"
                    + " machine, a simulated market with duplicates, late and bad messages, and faults one"
                    + " after another. Then every message published is looked for in the ledger and in the"
                    + " archive, and every row is compared with that of an undisturbed run. Prints the"
                    + " balance and PASS (0) or FAIL (1), and a line of JSON. Needs Debian's package"
                    + " rabbitmq-server and about 5 GiB of memory; some faults need root, strace or"
                    + " cgroups, and are refused without."
        })
final class DrillCommand implements Callable<Integer> {
    private static final int BAR = 30;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Messages a second, up to 10000 (default: 1000).")
    double rate = 1_000;

    @Option(
            names = "--symbols",
            paramLabel = "A,B",
            split = ",",
            description = "Symbols of the simulated market (default: ten).")
    List<String> symbols = SimulatorSettings.DEFAULT_SYMBOLS;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "5",
            description = "Faults, one after another (default: 5).")
    int kills = 5;

    @Option(
            names = "--faults",
            paramLabel = "A,B",
            split = ",",
            description =
                    "Kinds to draw from, or 'all' (default: ${DEFAULT-VALUE}). All there are:"
                            + " ${COMPLETION-CANDIDATES}.",
            completionCandidates = FaultNames.class,
            defaultValue =
                    "kill-task-manager,kill-job-manager,kill-broker,cut-connections,kill-database,"
                            + "pause-task-manager")
    List<String> faults = List.of();

    @Option(
            names = "--soak",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description =
                    "Watch that long after the faults (default: 0). Of memory, state, file handles and"
                            + " unacknowledged messages a sample is taken every half minute. The cluster is"
                            + " then as flink-conf says.")
    int soakMinutes;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Slots of each of the two TaskManagers (default: 2). The job needs two: with 1 there"
                            + " is none to spare, and a killed one has to be replaced first.")
    int slots = 2;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same faults and market (default: 1).")
    long seed = 1;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Everything of the drill; must be empty (default: data/drill/<time>).")
    @Nullable Path dataDir;

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        DrillSettings settings = settings();
        LogFiles.toDirectory(settings.directory().resolve("logs"));
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        System.out.printf("a drill in %s; Ctrl-C ends it%n", settings.directory());
        try {
            long start = System.nanoTime();
            DrillReport report =
                    Drill.run(
                            settings,
                            (what, fraction) ->
                                    show(what, fraction, (System.nanoTime() - start) / 1e9),
                            stop);
            if (Terminal.isOutput()) {
                System.out.print("\r\u001b[2K");
            }
            System.out.print(report.text());
            System.out.println(report.json());
            return report.passed() ? 0 : Tidemark.FAILED;
        } catch (InterruptedException e) {
            return Tidemark.INTERRUPTED;
        }
    }

    private DrillSettings settings() throws IOException {
        List<Fault> kinds =
                faults.equals(List.of("all"))
                        ? List.of(Fault.values())
                        : faults.stream().map(this::fault).toList();
        if (kills < 0 || kills > 1_000) {
            throw wrongUse("--kills: wanted 0 to 1000, got " + kills);
        }
        if (soakMinutes < 0 || soakMinutes > 10_000) {
            throw wrongUse("--soak: wanted 0 to 10000 minutes, got " + soakMinutes);
        }
        if (slots < 1 || slots > 16) {
            throw wrongUse("--slots: wanted 1 to 16, got " + slots);
        }
        Path directory = dataDir == null ? Path.of("data/drill", now()) : dataDir;
        if (Files.isDirectory(directory)) {
            try (var entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new StartException(
                            "--data-dir: wanted an empty directory, got " + directory);
                }
            }
        }
        try {
            // Refuses symbols and rates that cannot be.
            var market = new SimulatorSettings(symbols, rate, seed);
            return new DrillSettings(
                    Path.of(System.getProperty("tidemark.checkout", "."))
                            .toAbsolutePath()
                            .normalize(),
                    directory,
                    market.eventsPerSecond(),
                    market.symbols(),
                    Fault.schedule(kinds, kills, seed),
                    Duration.ofMinutes(soakMinutes),
                    slots,
                    seed);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--" + e.getMessage());
        }
    }

    private Fault fault(String name) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrongUse(
                                        "--faults: wanted some of %s, got '%s'"
                                                .formatted(
                                                        String.join(", ", new FaultNames()),
                                                        name)));
    }

    /** What the command line calls the faults. */
    static final class FaultNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Fault.values()).map(Fault::wireName).iterator();
        }
    }

    private ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static String now() {
        return ZonedDateTime.now(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    }

    private static void show(String what, double fraction, double seconds) {
        if (!Terminal.isOutput()) {
            System.out.printf("%3.0f %%, %4.0f s: %s%n", 100 * fraction, seconds, what);
            return;
        }
        int done = (int) Math.round(BAR * fraction);
        System.out.printf(
                "\r\u001b[2K[%s] %.0f s: %s ",
                "#".repeat(done) + ".".repeat(BAR - done), seconds, what);
        System.out.flush();
    }
}
