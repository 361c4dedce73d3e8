package io.tidemark.local.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.tidemark.cluster.FlinkCluster;
import io.tidemark.cluster.FlinkRest;
import io.tidemark.local.publish.GatewayQueues;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int PARALLELISM = 2;

    private static final GatewayQueues.QueueLimits ROOMY =
            new GatewayQueues.QueueLimits(TimeUnit.DAYS.toMillis(1), 10_000_000, "drop-head");

    private final Path archive;
    private final DrillBroker broker;
    private final DrillDatabase database;
    private final Links links;
    private final ClusterJob cluster;
    private final DrillDisks disks;
    private final Teardown teardown;
    private String job = "";
    private long submittedMillis;

    /** Between the job and what it needs. */
    private record Links(TcpProxy broker, TcpProxy database) {}

    private DrillPlatform(
            Path archive,
            DrillBroker broker,
            DrillDatabase database,
            Links links,
            ClusterJob cluster,
            DrillDisks disks,
            Teardown teardown) {
        this.archive = archive;
        this.broker = broker;
        this.database = database;
        this.links = links;
        this.cluster = cluster;
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
        DrillPlatform platform =
                new DrillPlatform(archive, broker, database, links, cluster, disks, teardown);
        progress.accept("submitting the job");
        platform.submit();
        return platform;
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
        // A publisher that was held back comes back with the times of its pause: longer than any.
        settings.put("source.quiet-after", "15s");
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

    /** Whether every task runs and a checkpoint is complete that began after that. */
    boolean isWellSince(long millis) throws InterruptedException {
        try {
            FlinkRest rest = cluster.cluster().rest();
            return rest.isRunning(job) && rest.newestCheckpointMillis(job) > millis;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** When the job began to start over last, or was submitted; wall-clock milliseconds. */
    long lastStartMillis() throws IOException, InterruptedException {
        return Math.max(submittedMillis, cluster.cluster().rest().lastRestartMillis(job));
    }

    /** A look at everything that must not grow. */
    SoakSample sample(double seconds, long published)
            throws IOException, InterruptedException, SQLException {
        FlinkCluster flink = cluster.cluster();
        JsonNode newest = flink.rest().newestCheckpoint(job);
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

    /** Stops the job with a savepoint; its connections are closed then. Where the savepoint is. */
    String stopJob() throws IOException, InterruptedException {
        return cluster.cluster().rest().stopWithSavepoint(job);
    }

    /** Cancels the job; returns when it is no more. */
    void cancelJob() throws IOException, InterruptedException {
        FlinkRest rest = cluster.cluster().rest();
        rest.cancel(job);
        while (!rest.state(job).equals("CANCELED")) {
            Thread.sleep(100);
        }
    }

    /** Whether the job has ended in order. */
    boolean isFinished() throws IOException, InterruptedException {
        return cluster.cluster().rest().state(job).equals("FINISHED");
    }

    /** Since the job was submitted. */
    long completedCheckpoints() throws IOException, InterruptedException {
        return cluster.cluster().rest().completedCheckpoints(job);
    }

    /** Whether every task runs. */
    boolean isRunning() throws IOException, InterruptedException {
        return cluster.cluster().rest().isRunning(job);
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

    /** Submits the job again, from its newest checkpoint, once the TaskManagers are there. */
    void goOn() throws IOException, InterruptedException {
        FlinkCluster flink = cluster.cluster();
        flink.awaitTaskManagers(TASK_MANAGERS);
        submittedMillis = System.currentTimeMillis();
        job = cluster.submitByRest(PARALLELISM, flink.newestCheckpoint());
    }

    /** Submits the job again, from that savepoint. */
    void goOnFrom(String savepoint) throws IOException, InterruptedException {
        submittedMillis = System.currentTimeMillis();
        job = cluster.submitByRest(PARALLELISM, Optional.of(savepoint));
    }

    private void submit() throws IOException, InterruptedException {
        submittedMillis = System.currentTimeMillis();
        job = cluster.submitByRest(PARALLELISM, Optional.empty());
        cluster.cluster().awaitRunning(job);
    }

    @Override
    public void close() throws IOException {
        teardown.close();
    }
}
