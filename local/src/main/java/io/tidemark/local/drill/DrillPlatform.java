package io.tidemark.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.tidemark.cluster.FlinkCluster;
import io.tidemark.local.publish.GatewayQueues;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Broker, database, a cluster of two TaskManagers with twice the slots the job needs, and the job.
 * Everything ends with it.
 */
final class DrillPlatform implements AutoCloseable {
    static final int TASK_MANAGERS = 2;

    /** Below a drill's directory. */
    static final String CLUSTER = "cluster";

    static final String ARCHIVE = "archive";

    /** A publisher that was held back comes back with the times of its pause: longer than any. */
    static final Duration QUIET_AFTER = Duration.ofSeconds(15);

    private static final GatewayQueues.QueueLimits ROOMY =
            new GatewayQueues.QueueLimits(TimeUnit.DAYS.toMillis(1), 10_000_000, "drop-head");

    private final Path archive;
    private final DrillBroker broker;
    private final DrillDatabase database;
    private final Links links;
    private final ClusterJob cluster;
    private final DrillJob job;
    private final DrillDisks disks;
    private final Teardown teardown;

    /** Between the job and what it needs. */
    private record Links(TcpProxy broker, TcpProxy database) {}

    private DrillPlatform(
            Path archive,
            DrillBroker broker,
            DrillDatabase database,
            Links links,
            ClusterJob cluster,
            DrillJob job,
            DrillDisks disks,
            Teardown teardown) {
        this.archive = archive;
        this.broker = broker;
        this.database = database;
        this.links = links;
        this.cluster = cluster;
        this.job = job;
        this.disks = disks;
        this.teardown = teardown;
    }

    /** Starts all of it, the job included; leaves nothing running when something fails. */
    static DrillPlatform start(DrillSettings settings, Consumer<String> progress)
            throws IOException, InterruptedException {
        Teardown teardown = new Teardown();
        try {
            return start(settings, progress, teardown);
        } catch (IOException | InterruptedException | RuntimeException e) {
            teardown.close();
            throw e;
        }
    }

    private static DrillPlatform start(
            DrillSettings settings, Consumer<String> progress, Teardown teardown)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(settings.directory().toAbsolutePath());
        Path archive = home.resolve(ARCHIVE);
        DrillDisks disks = DrillDisks.mount(home, settings.faults(), teardown);
        progress.accept("starting RabbitMQ");
        DrillBroker broker = DrillBroker.start(home.resolve("broker"));
        teardown.also(broker);
        makeQueues(broker, settings.faults().contains(Fault.DELIVERY_LIMIT));
        progress.accept("starting PostgreSQL");
        DrillDatabase database = DrillDatabase.start(home.resolve("database"));
        teardown.also(database);
        Links links = new Links(TcpProxy.to(broker.port()), TcpProxy.to(database.port()));
        teardown.also(links.broker());
        teardown.also(links.database());
        ClusterJob cluster =
                ClusterJob.start(
                        settings.checkout(),
                        home,
                        jobSettings(settings, links, database, archive),
                        options(settings),
                        TASK_MANAGERS,
                        progress);
        teardown.also(cluster::close);
        progress.accept("submitting the job");
        DrillJob job = DrillJob.submitTo(cluster);
        return new DrillPlatform(archive, broker, database, links, cluster, job, disks, teardown);
    }

    private static void makeQueues(DrillBroker broker, boolean quorum) throws IOException {
        try (Connection connection = broker.factory().newConnection("tidemark-drill")) {
            if (quorum) {
                DeliveryLimit.makeQueues(connection);
            }
            GatewayQueues.ensure(connection, MarketQueues.GATEWAY, ROOMY);
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not answer", e);
        }
    }

    private static Map<String, String> jobSettings(
            DrillSettings drill, Links links, DrillDatabase database, Path archive) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("broker.uri", DrillBroker.uri(links.broker().port()));
        settings.put("serving-store.url", DrillDatabase.jdbcUrl(links.database().port()));
        settings.put("serving-store.writer", database.user());
        settings.put("serving-store.writer-password", database.password());
        settings.put("archive.root", archive.toString());
        settings.put("source.lateness", "1s");
        settings.put("source.quiet-after", QUIET_AFTER.toSeconds() + "s");
        if (!drill.soak().isZero()) {
            // What is remembered of an event ends within the watch, so that it can be seen to end.
            settings.put("gate.identity-horizon", "5m");
        }
        return settings;
    }

    /** A watch is of the cluster as it is shipped; a drill is of one that is quick. */
    private static Map<String, String> options(DrillSettings settings) {
        Map<String, String> options = new TreeMap<>();
        if (settings.soak().isZero()) {
            options.putAll(ClusterJob.QUICK);
        }
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
        return options;
    }

    DrillBroker broker() {
        return broker;
    }

    DrillDatabase database() {
        return database;
    }

    StoreState store() {
        return new StoreState(database);
    }

    FlinkCluster flink() {
        return cluster.cluster();
    }

    DrillJob job() {
        return job;
    }

    /** Between the job and the broker; the load does not go through it. */
    TcpProxy brokerLink() {
        return links.broker();
    }

    /** Between the job and the database. */
    TcpProxy databaseLink() {
        return links.database();
    }

    DrillDisks disks() {
        return disks;
    }

    Path archive() {
        return archive;
    }

    /** A look at everything that must not grow. */
    SoakSample sample(double seconds, long published)
            throws IOException, InterruptedException, SQLException {
        FlinkCluster flink = cluster.cluster();
        JsonNode newest = job.newestCheckpoint();
        DrillBroker.Depth depth = broker.depth(MarketQueues.GATEWAY_PREFIX);
        return new SoakSample(
                seconds,
                published,
                store().booked(),
                newest.path("state_size").asLong(),
                newest.path("checkpointed_size").asLong(),
                newest.path("end_to_end_duration").asLong(),
                depth.ready(),
                depth.unacknowledged(),
                ProcessUse.of(flink.taskManagers()),
                ProcessUse.of(List.of(flink.jobManager())));
    }

    /** Messages ready in all queues of events. */
    long waiting() throws IOException {
        try (Connection connection = broker.factory().newConnection("tidemark-drill");
                Channel channel = connection.createChannel()) {
            long waiting = 0;
            for (MarketQueues.Queue queue : MarketQueues.GATEWAY.all()) {
                waiting += channel.messageCount(queue.name());
            }
            return waiting;
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not answer", e);
        }
    }

    @Override
    public void close() throws IOException {
        teardown.close();
    }
}
