package io.tidemark.server.latency;

import io.javalin.http.Context;
import io.tidemark.server.metric.ServerMetrics;
import io.tidemark.server.request.Route;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times of every route as histograms: of the minute under way in memory, of minutes before in the
 * store, so that a restart does not forget them and several servers add up. A crash loses the
 * minute under way; while the store is away its minutes are kept together in memory.
 */
public final class RouteLatencies implements AutoCloseable {
    static final Duration KEPT = Duration.ofDays(7);
    private static final Logger LOG = LoggerFactory.getLogger(RouteLatencies.class);

    private final Jdbi reads;
    private final Jdbi changes;
    private final UUID server = UUID.randomUUID();
    private final Map<String, RouteRecorder> recorders = new ConcurrentHashMap<>();
    private final Map<String, RouteTimes> unstored = new HashMap<>();
    private final ScheduledExecutorService thread;
    private boolean failing;

    private RouteLatencies(Jdbi reads, Jdbi changes) {
        this.reads = reads;
        this.changes = changes;
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread storing = new Thread(task, "route-latencies");
                            storing.setDaemon(true);
                            return storing;
                        });
    }

    /**
     * @param changes of a role that may write
     */
    public static RouteLatencies start(Jdbi reads, Jdbi changes) {
        RouteLatencies latencies = new RouteLatencies(reads, changes);
        var unused = latencies.thread.scheduleAtFixedRate(latencies::store, 1, 1, TimeUnit.MINUTES);
        return latencies;
    }

    /** Called after every routed request; paths nobody serves share one route. */
    public void record(Context ctx, float millis) {
        String route = route(ctx);
        recorders
                .computeIfAbsent(route, unused -> new RouteRecorder())
                .record((long) (millis * 1e3), ctx.statusCode() >= 500);
    }

    /** As in the contract; what nobody serves is one, or callers could make up any number. */
    private static String route(Context ctx) {
        String path = ServerMetrics.path(ctx);
        if (!path.startsWith("/")) {
            return path;
        }
        boolean prefixed = path.startsWith(Route.PREFIX + "/");
        return ctx.method() + " " + (prefixed ? path.substring(Route.PREFIX.length()) : path);
    }

    /**
     * Times by route, of the time before now: whole minutes of the store, and what is not there
     * yet.
     */
    Map<String, RouteTimes> of(Duration window) {
        Map<String, RouteTimes> times = new TreeMap<>();
        try (Handle handle = reads.open()) {
            handle.attach(LatencySql.class)
                    .since(window.toSeconds())
                    .forEach(
                            one ->
                                    add(
                                            times,
                                            one.route(),
                                            RouteTimes.of(
                                                    one.histogram(),
                                                    one.requests(),
                                                    one.errors())));
        }
        underWay().forEach((route, one) -> add(times, route, one));
        return times;
    }

    /** Copies of what the store has not got yet. */
    synchronized Map<String, RouteTimes> underWay() {
        drain();
        Map<String, RouteTimes> copies = new TreeMap<>();
        unstored.forEach((route, times) -> copies.put(route, RouteTimes.none().and(times)));
        return copies;
    }

    private static void add(Map<String, RouteTimes> to, String route, RouteTimes times) {
        to.merge(route, times, RouteTimes::and);
    }

    private void drain() {
        recorders.forEach(
                (route, recorder) -> {
                    RouteTimes since = recorder.drain();
                    if (since.requests() > 0) {
                        add(unstored, route, since);
                    }
                });
    }

    private synchronized void store() {
        drain();
        try (Handle handle = changes.open()) {
            handle.useTransaction(
                    open -> {
                        LatencySql sql = open.attach(LatencySql.class);
                        unstored.forEach(
                                (route, times) ->
                                        sql.add(
                                                server,
                                                route,
                                                times.requests(),
                                                times.errors(),
                                                times.compressed()));
                        var unused = sql.deleteOlder(KEPT.toSeconds());
                    });
            unstored.clear();
            failing = false;
        } catch (JdbiException e) {
            if (!failing) {
                LOG.warn("latencies could not be stored, trying again every minute: {}", first(e));
            }
            failing = true;
        }
    }

    private static String first(RuntimeException e) {
        return e.toString().lines().findFirst().orElse("");
    }

    /** Stores the minute under way. */
    @Override
    public void close() {
        thread.shutdownNow();
        store();
    }
}
