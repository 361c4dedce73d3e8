package io.tidemark.local.demo;

import io.tidemark.features.registry.FeatureSet;
import io.tidemark.local.broker.EmbeddedBroker;
import io.tidemark.local.database.EmbeddedDatabase;
import io.tidemark.local.flink.FlinkSettings;
import io.tidemark.local.publish.Publication.Progress;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, database, Flink job, model server and a market, started in this order and stopped in the
 * other. What they keep is in one data directory and goes on at the next start.
 */
public final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final long SCREEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PLAIN_EVERY = 10;

    private final DemoPlan plan;
    private final Screen screen;
    private final StopSignal stop;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    public Demo(DemoPlan plan, Screen screen, StopSignal stop) {
        this.plan = plan;
        this.screen = screen;
        this.stop = stop;
    }

    /**
     * Runs until the stop signal is given or the job fails.
     *
     * @return the process's exit code: 0 when stopped, 1 when the job failed
     * @throws IOException when something does not start; everything is stopped again then
     */
    public int run() throws IOException, InterruptedException {
        DemoSettings demo = plan.demo();
        try {
            started(DataDirLock.take(demo.dataDir()));
            EmbeddedDatabase.stopLeftover(demo.dataDir().resolve("database"));
            requirePorts(demo);
            screen.say("starting the broker (127.0.0.1:" + demo.brokerPort() + ")");
            EmbeddedBroker broker =
                    started(
                            EmbeddedBroker.start(
                                    demo.dataDir().resolve("broker"), demo.brokerPort()));
            screen.say("starting PostgreSQL (127.0.0.1:" + demo.databasePort() + ")");
            EmbeddedDatabase database =
                    started(
                            EmbeddedDatabase.start(
                                    demo.dataDir().resolve("database"), demo.databasePort()));
            screen.say("starting Flink, the feature job and the model server");
            Platform platform =
                    started(Platform.start(flinkSettings(demo), plan.job(), plan.server()));
            tell(platform);
            Feed feed =
                    started(
                            Feed.start(
                                    broker.uri(), plan.source().at(Instant.now()), plan.speed()));
            return watch(platform, feed, started(rows(database)));
        } finally {
            close();
        }
    }

    private static FlinkSettings flinkSettings(DemoSettings demo) {
        return new FlinkSettings(
                demo.dataDir().resolve("flink"),
                demo.flinkPort(),
                demo.parallelism(),
                demo.checkpointInterval());
    }

    private void requirePorts(DemoSettings demo) throws StartException {
        Ports.requireFree(
                demo.brokerPort(), "the embedded broker", "--broker-port", "demo.broker-port");
        Ports.requireFree(
                demo.databasePort(),
                "the embedded PostgreSQL",
                "--database-port",
                "demo.database-port");
        Ports.requireFree(demo.flinkPort(), "Flink's web UI", "--flink-port", "demo.flink-port");
        if (plan.server().port() != 0) {
            Ports.requireFree(
                    plan.server().port(), "the model server", "--server-port", "server.port");
        }
    }

    private void tell(Platform platform) {
        DemoSettings demo = plan.demo();
        platform.flink().restoredFrom().ifPresent(from -> screen.say("going on from " + from));
        screen.say("");
        screen.say("  Flink UI        http://127.0.0.1:" + demo.flinkPort());
        screen.say(
                "  model server    " + platform.server().uri() + "  (/docs, /features, /metrics)");
        screen.say("  broker          amqp://127.0.0.1:" + demo.brokerPort());
        screen.say(
                "  PostgreSQL      jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(demo.databasePort(), EmbeddedDatabase.NAME));
        screen.say("  data, logs      " + demo.dataDir());
        screen.say("  market          " + plan.sourceText());
        screen.say("");
        screen.say("Ctrl-C stops everything; what is kept goes on at the next start.");
        screen.say("");
    }

    private StoredRows rows(EmbeddedDatabase database) {
        FeatureSet features = plan.job().registry().compile();
        return new StoredRows(
                database.jdbcUrl(),
                database.user(),
                database.password(),
                plan.symbols(),
                features.version(),
                features.names(),
                features.cadenceMicros() / 1e6);
    }

    private int watch(Platform platform, Feed feed, StoredRows rows)
            throws IOException, InterruptedException {
        int width = TableText.symbolWidth(plan.symbols());
        for (long tick = 0; ; tick++) {
            Optional<Throwable> failure = platform.flink().failure();
            if (failure.isPresent()) {
                LOG.error("the job failed", failure.get());
                screen.say("the job failed: " + rootCause(failure.get()));
                return 1;
            }
            if (screen.isLive() || tick % PLAIN_EVERY == 0) {
                show(feed, rows, width);
            }
            if (stop.await(SCREEN_NANOS)) {
                screen.say("");
                return 0;
            }
        }
    }

    private void show(Feed feed, StoredRows rows, int width) {
        Instant now = Instant.now();
        Deque<String> lines = new ArrayDeque<>();
        lines.add(TableText.header(width));
        try {
            List<RowView> views = rows.newest();
            views.forEach(row -> lines.add(TableText.line(row, now, width)));
            if (views.isEmpty()) {
                lines.add("(no rows yet)");
            }
        } catch (SQLException e) {
            LOG.warn("the table cannot be read", e);
            lines.add("the serving store cannot be read: " + e.getMessage());
        }
        lines.add(feedText(feed));
        screen.draw(List.copyOf(lines));
    }

    private static String feedText(Feed feed) {
        Optional<Throwable> failure = feed.failure();
        if (failure.isPresent()) {
            return "the market stopped: " + failure.get().getMessage();
        }
        return feed.progress().map(Demo::progressText).orElse("the market opens");
    }

    private static String progressText(Progress progress) {
        String percent =
                Double.isNaN(progress.fractionRead())
                        ? ""
                        : String.format(Locale.ROOT, ", %.0f %%", 100 * progress.fractionRead());
        String state =
                progress.ended()
                        ? "; all published"
                        : progress.waiting() ? "; waits for the job" : "";
        return String.format(
                Locale.ROOT,
                "published %,d, confirmed %,d, %.0f/s%s%s",
                progress.published(),
                progress.confirmed(),
                progress.published() / Math.max(0.001, progress.seconds()),
                percent,
                state);
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    /** Stops what runs, last started first; the job with a savepoint. */
    private void close() {
        if (!parts.isEmpty()) {
            screen.say("stopping");
        }
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                if (part instanceof Platform platform) {
                    platform.stopJob().ifPresent(path -> screen.say("the job is kept in " + path));
                }
                part.close();
            } catch (Exception e) {
                LOG.warn("could not stop {} cleanly", part, e);
            }
        }
    }
}
