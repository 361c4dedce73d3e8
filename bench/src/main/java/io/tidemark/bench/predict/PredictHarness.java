package io.tidemark.bench.predict;

import io.tidemark.bench.platform.CpuMeter;
import io.tidemark.bench.platform.RunDatabase;
import io.tidemark.bench.platform.RunDirectory;
import io.tidemark.bench.platform.ServerProcess;
import io.tidemark.bench.platform.Services;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.PackageStore;
import io.tidemark.server.models.StoredModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * How long does a prediction take, at a given rate, with its record durable before the answer
 * leaves? The server in its own process on a real PostgreSQL, a model of 100 boosted trees, an
 * open-loop client; beside the server's own route that does nothing, in the same run. Then batches;
 * then what several loaded models weigh, and how long one takes to load.
 */
@Command(name = "predict", mixinStandardHelpOptions = true, sortOptions = false)
public final class PredictHarness implements Callable<Integer> {
    private static final Duration UP = Duration.ofSeconds(60);
    private static final int LOADS = 20;

    @Mixin private PredictOptions options = new PredictOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new PredictHarness()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Services services = Services.fromEnvironment(System.getenv());
        BoostedModel model = BoostedModel.fit(options.features, options.rows);
        String name = "tidemark_bench_" + ProcessHandle.current().pid();
        try (RunDirectory directory = RunDirectory.create();
                RunDatabase database = RunDatabase.create(services, name);
                ServerProcess server = server(directory.path(), database, services)) {
            server.await("/models", UP);
            FeatureStore store = new FeatureStore(database, model, options.symbols);
            store.fill(Instant.now().truncatedTo(ChronoUnit.SECONDS));
            ModelRegistry registry = registry(database, directory.path());
            List<StoredModel> published = new ArrayList<>();
            for (int i = 0; i < options.models; i++) {
                published.add(model.publish(registry));
            }
            var unused = registry.activate(published.get(0).number(), "bench", "measured");
            server.await("/predict?symbol=" + Exchanges.symbol(0), UP);
            long lost;
            RowFeed feed = RowFeed.start(services, model, options.fed());
            try {
                lost = load(server, store, model, System.out);
            } finally {
                feed.close();
            }
            weigh(server, registry, published, System.out);
            return lost == 0 ? 0 : 1;
        }
    }

    private ServerProcess server(Path directory, RunDatabase database, Services services)
            throws IOException {
        List<String> flags = new ArrayList<>(List.of("-Xmx" + options.heap));
        flags.addAll(List.of(options.serverFlags));
        List<String> settings = new ArrayList<>();
        settings.add("--serving-store.url=" + database.url());
        settings.add("--serving-store.user=" + services.postgresUser());
        settings.add("--models.directory=" + directory.resolve("models"));
        for (String setting : options.serverSettings) {
            settings.add("--" + setting);
        }
        return ServerProcess.start(directory, services, flags, settings);
    }

    private static ModelRegistry registry(RunDatabase database, Path directory) {
        Jdbi jdbi = Jdbi.create(database.url()).installPlugin(new SqlObjectPlugin());
        return new ModelRegistry(jdbi, jdbi, PackageStore.in(directory.resolve("models")));
    }

    /** Predictions that were answered and not recorded, or recorded twice, or failed. */
    private long load(ServerProcess server, FeatureStore store, BoostedModel model, PrintStream out)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        OpenLoop client = new OpenLoop(server.uri(), options.connections);
        String predict = "/predict?symbol=%s";
        var warm =
                client.run(
                        Exchanges.get("warm", predict, options.symbols),
                        options.largestRate(),
                        options.warmUpSeconds);
        PredictReport report = new PredictReport(out, new ServerLog(server.log()));
        report.head(options, model, CpuMeter.loadAverage());
        long lost = warm.failed();
        for (int rate : options.rates) {
            stretch(report, client, server, Exchanges.get("health" + rate, "/health", 1), rate);
            lost += predictions(report, client, server, store, predict, rate);
        }
        lost += batches(report, client, server, store, "symbols", this::ofSymbol);
        lost +=
                batches(
                        report,
                        client,
                        server,
                        store,
                        "vectors",
                        item -> ofVector(model.rows()[item % model.rows().length]));
        out.printf("%nLoad average at the end %s.%n", CpuMeter.loadAverage());
        return lost;
    }

    private long predictions(
            PredictReport report,
            OpenLoop client,
            ServerProcess server,
            FeatureStore store,
            String path,
            int rate)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        String label = "predict" + rate;
        OpenLoop.Outcome outcome =
                stretch(report, client, server, Exchanges.get(label, path, options.symbols), rate);
        return outcome.failed() + Math.abs(store.recorded(label) - outcome.answered());
    }

    private long batches(
            PredictReport report,
            OpenLoop client,
            ServerProcess server,
            FeatureStore store,
            String label,
            IntFunction<String> item)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        StringBuilder body = new StringBuilder("{\"items\":[");
        for (int i = 0; i < options.batchRows; i++) {
            body.append(i == 0 ? "" : ",").append(item.apply(i));
        }
        Exchanges exchanges =
                Exchanges.post("warm" + label, "/predict/batch", body.append("]}").toString());
        var warm = client.run(exchanges, options.batchRate, options.warmUpSeconds);
        OpenLoop.Outcome outcome =
                stretch(
                        report,
                        client,
                        server,
                        new Exchanges(label, exchanges.path(), exchanges.body(), 1),
                        options.batchRate);
        return warm.failed()
                + outcome.failed()
                + Math.abs(store.recorded(label) - outcome.answered() * options.batchRows);
    }

    private OpenLoop.Outcome stretch(
            PredictReport report,
            OpenLoop client,
            ServerProcess server,
            Exchanges exchanges,
            int rate)
            throws IOException, InterruptedException, ExecutionException {
        CpuMeter meter = CpuMeter.of(server);
        var before = meter.read();
        OpenLoop.Outcome outcome = client.run(exchanges, rate, options.measureSeconds);
        report.line(exchanges.label(), rate, outcome, meter.since(before));
        return outcome;
    }

    private String ofSymbol(int item) {
        return "{\"symbol\":\"" + Exchanges.symbol(item % options.symbols) + "\"}";
    }

    private static String ofVector(double[] row) {
        return "{\"features\":"
                + Arrays.stream(row)
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    /** Has the server answer by every version, and loads one again and again here. */
    private void weigh(
            ServerProcess server,
            ModelRegistry registry,
            List<StoredModel> published,
            PrintStream out)
            throws IOException, InterruptedException {
        for (StoredModel model : published) {
            server.await(
                    "/predict?symbol=%s&version=%s".formatted(Exchanges.symbol(0), model.version()),
                    UP);
        }
        long slowest = 0;
        for (int i = 0; i < LOADS; i++) {
            long begun = System.nanoTime();
            var unused = registry.load(published.get(i % published.size()));
            slowest = Math.max(slowest, System.nanoTime() - begun);
        }
        out.printf(
                "%nServer with %d models loaded: %d MiB resident, %d at most so far (-Xmx%s)."
                        + " Loading a model, slowest of %d, the first one cold: %.1f ms.%n",
                published.size(),
                server.residentBytes(false) >> 20,
                server.residentBytes(true) >> 20,
                options.heap,
                LOADS,
                slowest / 1e6);
    }
}
