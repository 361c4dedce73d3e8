package io.tidemark.local.cli;

import io.tidemark.job.dataset.ArchiveSpan;
import io.tidemark.job.dataset.DatasetMade;
import io.tidemark.job.dataset.DatasetSettings;
import io.tidemark.job.dataset.DatasetSpec;
import io.tidemark.local.dataset.LocalDataset;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Builds a dataset. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = {
            "Build a dataset of one symbol from the raw archive: rows are replayed, labelled,"
                    + " split, certified, and published as a whole in datasets/ID of the archive. What"
                    + " has no option here is given by --set dataset.KEY=VALUE; 'tidemark settings'"
                    + " lists it."
        })
final class DatasetBuildCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Option(names = "--symbol", required = true, paramLabel = "SYMBOL", description = "Whose rows.")
    String symbol = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The dataset's name (default: the symbol and the time).")
    @Nullable String id;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "First grid time, ISO 8601, UTC; default: the archive's first event.")
    @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "End of the grid times; default: the archive's last event.")
    @Nullable String to;

    @Option(
            names = "--split",
            paramLabel = "STRATEGY",
            description = "time_based (default), walk_forward, purged_k_fold or random.")
    @Nullable String split;

    @Option(
            names = "--target",
            paramLabel = "LABEL",
            description =
                    "returns (default), log_returns, price_change, classification, risk_adjusted,"
                            + " triple_barrier or next_candle_direction.")
    @Nullable String target;

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            description = "How far the label looks (default: 1m).")
    @Nullable String horizon;

    @Option(names = "--format", paramLabel = "FORMAT", description = "parquet (default) or csv.")
    @Nullable String format;

    @Option(
            names = "--registry",
            paramLabel = "VERSION|FILE",
            description = "A built-in registry version or a registry file (default: 1.0.0).")
    @Nullable String registry;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks (default: as many as processors).")
    int parallelism = Runtime.getRuntime().availableProcessors();

    @Mixin DatasetPlace place = new DatasetPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return run(spec(), place.datasets(), parallelism);
    }

    private DatasetSpec spec() throws IOException {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("dataset.symbol", symbol);
        put(flags, "dataset.id", id);
        put(flags, "dataset.split", split);
        put(flags, "dataset.target", target);
        put(flags, "dataset.horizon", horizon);
        put(flags, "dataset.format", format);
        if (registry != null) {
            boolean file = Files.isRegularFile(Path.of(registry));
            flags.put(file ? "registry.path" : "registry.version", registry);
        }
        Map<String, String> defaults = new HashMap<>();
        defaults.put(
                "dataset.id", symbol.toLowerCase(Locale.ROOT) + "-" + NAME.format(Instant.now()));
        ArchiveSpan all = ArchiveSpan.of(place.archive(), InstantSource.system());
        defaults.put(
                "dataset.span",
                (from == null ? all.from() : from) + "/" + (to == null ? all.to() : to));
        defaults.put("dataset.through", all.through().toString());
        SettingsReader reader = new SettingsReader(place.source(defaults, flags));
        Optional<DatasetSpec> spec = DatasetSettings.from(reader);
        DatasetSettings.leaveOthers(reader);
        reader.throwIfInvalid();
        return spec.orElseThrow();
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    /** Builds it under a progress line. */
    static int run(DatasetSpec spec, Path datasets, int parallelism)
            throws IOException, InterruptedException {
        PrintStream screen = System.out;
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
        Optional<DatasetMade> made;
        try {
            made = new LocalDataset(parallelism, stop, line::work).build(spec, datasets);
        } finally {
            line.end();
        }
        if (made.isEmpty()) {
            screen.println("stopped; nothing is left of it");
            return Tidemark.INTERRUPTED;
        }
        Map<String, Long> rows = made.get().rows();
        screen.printf(
                Locale.ROOT,
                "%,d train, %,d validation, %,d test rows in %s%n",
                rows.getOrDefault("train", 0L),
                rows.getOrDefault("validation", 0L),
                rows.getOrDefault("test", 0L),
                made.get().folder());
        return CertifyCommand.told(made.get().certificate(), screen);
    }
}
