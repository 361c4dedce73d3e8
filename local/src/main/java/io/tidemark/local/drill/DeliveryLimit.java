package io.tidemark.local.drill;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.tidemark.local.drill.Infliction.Scene;
import io.tidemark.local.publish.DeadLetters;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * A quorum queue gives a message up that came back too often. Nothing but a dead-letter queue keeps
 * it from being lost then; from there it is brought back.
 */
final class DeliveryLimit {
    private static final String DEAD = "drill.dead";
    private static final String POLICY =
            "{\"delivery-limit\":3,\"dead-letter-exchange\":\"%s\"}".formatted(DEAD);
    private static final int CRASHES = 5;

    private DeliveryLimit() {}

    /** The events' queues as quorum queues. */
    static void makeQueues(Connection connection) throws IOException {
        try (Channel channel = connection.createChannel()) {
            for (MarketQueues.Queue queue : MarketQueues.GATEWAY.all()) {
                channel.queueDeclare(
                        queue.name(), true, false, false, Map.of("x-queue-type", "quorum"));
            }
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not answer", e);
        }
    }

    /**
     * The job loses its connections more often than the limit, and no checkpoint completes
     * meanwhile, so that the same messages come back each time.
     */
    static void exceed(Scene scene) throws IOException, InterruptedException {
        DrillPlatform platform = scene.platform();
        DrillBroker broker = platform.broker();
        DrillDisk checkpoints = platform.disks().of(Fault.DELIVERY_LIMIT);
        String prefix = MarketQueues.GATEWAY_PREFIX;
        makeDeadLetterQueue(broker);
        broker.command("set_policy", DEAD, "^" + prefix, POLICY, "--apply-to", "queues");
        checkpoints.fill();
        try {
            for (int i = 0; i < CRASHES; i++) {
                scene.clock()
                        .await(
                                "messages to come again",
                                () -> broker.depth(prefix).unacknowledged() > 0);
                platform.brokerLink().cut();
            }
        } finally {
            checkpoints.free();
            broker.command("clear_policy", DEAD);
        }
        long since = System.currentTimeMillis();
        scene.clock().await("checkpoints again", () -> platform.job().isWellSince(since));
        bringBack(scene);
    }

    private static void makeDeadLetterQueue(DrillBroker broker) throws IOException {
        try (Connection connection = broker.factory().newConnection("tidemark-drill");
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(DEAD, BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(DEAD, true, false, false, Map.of());
            channel.queueBind(DEAD, DEAD, "");
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not answer", e);
        }
    }

    private static void bringBack(Scene scene) throws IOException, InterruptedException {
        try (Connection connection =
                scene.platform().broker().factory().newConnection("tidemark-drill")) {
            long moved =
                    DeadLetters.redrive(
                            connection,
                            DEAD,
                            letter ->
                                    scene.load()
                                            .broughtBack(
                                                    String.valueOf(
                                                            letter.getHeaders().get("trace_id"))));
            if (moved == 0) {
                throw new IOException("no message was delivered too often");
            }
        } catch (TimeoutException e) {
            throw new IOException("RabbitMQ does not answer", e);
        }
    }
}
