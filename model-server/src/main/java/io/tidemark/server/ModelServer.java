package io.tidemark.server;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import io.tidemark.server.access.AccessSettings;
import io.tidemark.server.access.ApiKeys;
import io.tidemark.server.access.Cors;
import io.tidemark.server.dataset.DatasetChanges;
import io.tidemark.server.dataset.DatasetOrders;
import io.tidemark.server.dataset.DatasetResource;
import io.tidemark.server.docs.DocsResource;
import io.tidemark.server.drift.DriftResource;
import io.tidemark.server.features.ExtractResource;
import io.tidemark.server.features.FeaturesResource;
import io.tidemark.server.features.LatestRows;
import io.tidemark.server.features.LiveRows;
import io.tidemark.server.latency.LatencyResource;
import io.tidemark.server.latency.RouteLatencies;
import io.tidemark.server.ledger.LedgerCounters;
import io.tidemark.server.ledger.LedgerResource;
import io.tidemark.server.metric.ServerMetrics;
import io.tidemark.server.models.ActiveModel;
import io.tidemark.server.models.EvaluationResource;
import io.tidemark.server.models.Gate;
import io.tidemark.server.models.HistoryResource;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.ModelReportResource;
import io.tidemark.server.models.ModelsResource;
import io.tidemark.server.models.PackageStore;
import io.tidemark.server.models.TrainingResource;
import io.tidemark.server.models.TrainingRuns;
import io.tidemark.server.performance.Contests;
import io.tidemark.server.performance.MlMetricsResource;
import io.tidemark.server.performance.PerformanceResource;
import io.tidemark.server.predictions.AuditLog;
import io.tidemark.server.predictions.AuditResource;
import io.tidemark.server.predictions.PredictResource;
import io.tidemark.server.predictions.PredictionsResource;
import io.tidemark.server.problem.Problems;
import io.tidemark.server.quality.QualityResource;
import io.tidemark.server.readiness.BrokerProbe;
import io.tidemark.server.readiness.FreshnessGauges;
import io.tidemark.server.readiness.FreshnessResource;
import io.tidemark.server.readiness.ReadyResource;
import io.tidemark.server.readiness.StoreProbe;
import io.tidemark.server.registry.CompiledRegistries;
import io.tidemark.server.registry.RegistryChanges;
import io.tidemark.server.registry.RegistryResource;
import io.tidemark.server.request.Route;
import io.tidemark.server.store.ServingStore;
import io.tidemark.server.store.StoreUpkeep;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server. It starts and answers whether or not the database and the broker are there,
 * and says so under {@code /ready}.
 */
public final class ModelServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);

    private final String host;
    private final String scheme;
    private final Duration drain;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ReadyResource ready;
    private final Javalin javalin;
    private final List<Route> routes;
    private boolean closed;

    private ModelServer(ServerSettings settings, InstantSource clock) {
        host = settings.host();
        drain = settings.drain();
        scheme = settings.tls().isPresent() ? "https://" : "http://";
        ServerMetrics metrics = opened(new ServerMetrics());
        ServingStore store = opened(ServingStore.open(settings.store(), metrics.registry()));
        StoreUpkeep upkeep = opened(StoreUpkeep.start(store, settings.store()));
        StoreProbe probe =
                new StoreProbe(store.reads(), upkeep::isMigrated, settings.readiness(), clock);
        opened(FreshnessGauges.start(probe, metrics.registry(), clock));
        opened(LedgerCounters.start(store.reads(), metrics.registry()));
        Optional<BrokerProbe> broker =
                settings.readiness().brokerUri().map(BrokerProbe::start).map(this::opened);
        RouteLatencies latencies = opened(RouteLatencies.start(store.reads(), store.changes()));
        LiveRows live =
                opened(
                        LiveRows.start(
                                settings.readiness().brokerUri(),
                                settings.trustLiveRows(),
                                metrics.registry()));
        LatestRows rows = new LatestRows(store.reads(), live, metrics.registry());
        ModelRegistry models =
                new ModelRegistry(
                        store.reads(),
                        store.changes(),
                        opened(
                                PackageStore.open(
                                        settings.models().place(), settings.models().bucket())));
        ActiveModel active = opened(ActiveModel.start(models));
        AuditLog audit = opened(AuditLog.start(store.changes(), settings.models().asyncAudit()));
        DatasetOrders orders = new DatasetOrders(store.reads(), store.changes());
        TrainingRuns training =
                opened(
                        new TrainingRuns(
                                settings.datasets(),
                                orders,
                                models,
                                active,
                                new Gate(settings.models().gateMargin()),
                                settings.models().driftWindow(),
                                clock));
        PredictResource predict =
                opened(
                        new PredictResource(
                                rows,
                                models,
                                active,
                                audit,
                                settings.models(),
                                metrics.registry(),
                                clock));
        Contests contests = opened(Contests.start(store.reads(), models, settings.models(), clock));
        ready = new ReadyResource(probe, broker);
        routes =
                Stream.of(
                                ready.routes(),
                                metrics.routes(),
                                new FeaturesResource(store.reads(), clock).routes(),
                                new ExtractResource(new CompiledRegistries(store.reads()), clock)
                                        .routes(),
                                new LedgerResource(store.reads(), clock).routes(),
                                new QualityResource(store.reads(), clock).routes(),
                                new RegistryResource(store.reads(), clock).routes(),
                                new RegistryChanges(store.changes(), settings.registryPath(), clock)
                                        .routes(),
                                new ModelsResource(store.reads(), models, active).routes(),
                                new ModelReportResource(models).routes(),
                                new TrainingResource(training).routes(),
                                new EvaluationResource(settings.datasets(), models).routes(),
                                predict.routes(),
                                new PredictionsResource(store.reads(), models).routes(),
                                new DriftResource(
                                                store.reads(),
                                                store.changes(),
                                                settings.models().driftThreshold())
                                        .routes(),
                                new AuditResource(store.reads(), store.changes(), clock).routes(),
                                new MlMetricsResource(store.reads(), models, rows, active, clock)
                                        .routes(),
                                new LatencyResource(latencies).routes(),
                                new FreshnessResource(store.reads(), clock).routes(),
                                new HistoryResource(store.reads()).routes(),
                                new PerformanceResource(store.reads(), models, contests, clock)
                                        .routes(),
                                new DatasetResource(store.reads(), settings.datasets(), clock)
                                        .routes(),
                                new DatasetChanges(store.changes(), orders, clock).routes(),
                                new DocsResource().routes())
                        .flatMap(List::stream)
                        .toList();
        AccessSettings access = settings.access();
        ApiKeys keys =
                new ApiKeys(
                        access.readKey(), access.adminKey(), access.keysFile(), access.perSecond());
        Cors cors = new Cors(Set.copyOf(access.corsAllowOrigins()));
        javalin =
                Javalin.create(
                        config -> {
                            HttpListener.configure(config, settings);
                            Problems.install(config);
                            config.requestLogger.http(
                                    (ctx, millis) -> {
                                        metrics.record(ctx, millis);
                                        latencies.record(ctx, millis);
                                    });
                            config.routes.before(cors);
                            routes.forEach(route -> route.register(config, keys));
                        });
    }

    /**
     * Listens when it returns. IllegalStateException when the port is taken; nothing is left
     * running then.
     */
    public static ModelServer start(ServerSettings settings) {
        ModelServer server = new ModelServer(settings, InstantSource.system());
        try {
            server.javalin.start();
        } catch (JavalinBindException e) {
            server.close();
            throw new IllegalStateException(
                    "port %d of %s is taken; choose another with server.port (0 is any free one)"
                            .formatted(settings.port(), settings.host()),
                    e);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        LOG.info("model server listens on {}", server.uri());
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** {@code http://host:port}, or {@code https:}. */
    public URI uri() {
        return URI.create(scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** Every call it serves, without the prefix. */
    List<Route> routes() {
        return routes;
    }

    /**
     * Says "not ready" for the drain time, stops listening, lets requests under way finish, closes
     * what it opened. May be called twice.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ready.drain();
        if (!drain.isZero()) {
            pause(drain);
        }
        javalin.stop();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("could not close a part of the server", e);
            }
        }
        LOG.info("model server stopped");
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private static void pause(Duration time) {
        try {
            var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
