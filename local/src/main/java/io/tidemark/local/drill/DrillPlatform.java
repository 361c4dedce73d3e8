package io.tidemark.local.drill;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.tidemark.cluster.FlinkProcess;
import io.tidemark.cluster.FlinkRest;
import io.tidemark.local.publish.GatewayQueues;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Broker, database, a cluster of two TaskManagers with twice the slots the job needs, and the job.
 * Everything ends with it.
 */
final class DrillPlatform implements AutoCloseable {
    private static final int TASK_MANAGERS = 2;
    private static final int PARALLELISM = 2;

    /** Longer than the cluster's patience with a silent TaskManager. */
    private static final Duration STANDSTILL = Duration.ofSeconds(8);

    private static final GatewayQueues.QueueLimits ROOMY =
            new GatewayQueues.QueueLimits(Duration.ofDays(1).toMillis(), 10_000_000, "drop-head");

    private final Path archive;
    private final DrillBroker broker;
    private final DrillDatabase database;
    private final ClusterJob cluster;
    private String job = "";
    private long submittedMillis;

    private DrillPlatform(
            Path archive, DrillBroker broker, DrillDatabase database, ClusterJob cluster) {
        this.archive = archive;
        this.broker = broker;
        this.database = database;
        this.cluster = cluster;
    }

    /** Starts all of it, the job included; leaves nothing running when something fails. */
    static DrillPlatform start(DrillSettings settings, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(settings.directory().toAbsolutePath());
        Path archive = home.resolve("archive");
        progress.accept("starting RabbitMQ");
        DrillBroker broker = DrillBroker.start(home.resolve("broker"));
        try {
            makeQueues(broker);
            progress.accept("starting PostgreSQL");
            DrillDatabase database = DrillDatabase.start(home.resolve("database"));
            try {
                ClusterJob cluster =
                        ClusterJob.start(
                                settings.checkout(),
                                home,
                                jobSettings(broker, database, archive),
                                TASK_MANAGERS,
                                progress);
                DrillPlatform platform = new DrillPlatform(archive, broker, database, cluster);
                try {
                    progress.accept("submitting the job");
                    platform.submit(Optional.empty());
                    return platform;
                } catch (IOException | InterruptedException | RuntimeException e) {
                    cluster.close();
                    throw e;
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static void makeQueues(DrillBroker broker) throws IOException {
        try (Connection connection = broker.factory().newConnection("tidemark-drill")) {
            GatewayQueues.ensure(connection, MarketQueues.GATEWAY, ROOMY);
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not answer", e);
        }
    }

    private static Map<String, String> jobSettings(
            DrillBroker broker, DrillDatabase database, Path archive) {
        return Map.of(
                "broker.uri", broker.uri(),
                "serving-store.url", database.jdbcUrl(),
                "serving-store.writer", database.user(),
                "serving-store.writer-password", database.password(),
                "archive.root", archive.toString(),
                "source.lateness", "1s",
                // A publisher that was cut off comes back with the times of its pause.
                "source.quiet-after", "10s");
    }

    DrillBroker broker() {
        return broker;
    }

    DrillDatabase database() {
        return database;
    }

    Path archive() {
        return archive;
    }

    /** Does it; returns when what was killed is started again. */
    void inflict(Fault fault, SplittableRandom random) throws IOException, InterruptedException {
        switch (fault) {
            case KILL_TASK_MANAGER -> {
                anyTaskManager(random).kill();
                cluster.cluster().startTaskManager();
            }
            case KILL_JOB_MANAGER -> {
                cluster.cluster().jobManager().kill();
                cluster.cluster().startJobManager();
                cluster.cluster().awaitTaskManagers(TASK_MANAGERS);
                submit(cluster.cluster().newestCheckpoint());
            }
            case KILL_BROKER -> {
                broker.kill();
                broker.startAgain();
            }
            case CUT_CONNECTIONS -> broker.cutConnections();
            case KILL_DATABASE -> {
                database.kill();
                database.startAgain();
            }
            case PAUSE_TASK_MANAGER -> {
                FlinkProcess paused = anyTaskManager(random);
                paused.pause();
                Thread.sleep(STANDSTILL.toMillis());
                paused.resume();
            }
        }
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

    /** Stops the job with a savepoint; its connections are closed then. */
    void stopJob() throws IOException, InterruptedException {
        String unused = cluster.cluster().rest().stopWithSavepoint(job);
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

    private void submit(Optional<String> from) throws IOException, InterruptedException {
        submittedMillis = System.currentTimeMillis();
        job = cluster.submit(PARALLELISM, from);
    }

    private FlinkProcess anyTaskManager(SplittableRandom random) {
        List<FlinkProcess> alive = cluster.cluster().taskManagers();
        return alive.get(random.nextInt(alive.size()));
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        database.close();
        broker.close();
    }
}
