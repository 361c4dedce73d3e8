package io.tidemark.local.drill;

import io.tidemark.local.drill.Infliction.Scene;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.sql.SQLException;

/** Faults of the broker, by {@code kill} and by {@code rabbitmqctl}. */
final class BrokerFaults {
    private static final int STOPPED_MILLIS = 10_000;

    /** Longer than two heartbeats of the drill's broker. */
    private static final int FROZEN_MILLIS = 12_000;

    private static final int ALARM_MILLIS = 8_000;
    private static final int CUTS = 5;
    private static final int BETWEEN_CUTS_MILLIS = 3_000;
    private static final int WITHOUT_CHECKPOINT_MILLIS = 16_000;

    private BrokerFaults() {}

    static void kill(Scene scene) throws IOException, InterruptedException {
        scene.platform().broker().kill();
        scene.platform().broker().startAgain();
    }

    static void stopApplication(Scene scene) throws IOException, InterruptedException {
        DrillBroker broker = scene.platform().broker();
        broker.command("stop_app");
        scene.clock().pause(STOPPED_MILLIS);
        broker.command("start_app");
    }

    static void cutConnections(Scene scene) throws IOException, InterruptedException {
        scene.platform().broker().command("close_all_connections", "the drill");
    }

    static void cutConnectionsAgainAndAgain(Scene scene) throws IOException, InterruptedException {
        for (int i = 0; i < CUTS; i++) {
            cutConnections(scene);
            scene.clock().pause(BETWEEN_CUTS_MILLIS);
        }
    }

    /**
     * What is in a queue is lost with it, whatever reads it. So nothing is: the publisher is
     * silent, and everything is read and acknowledged. The publisher speaks again when the queue is
     * back.
     */
    static void deleteQueue(Scene scene) throws IOException, InterruptedException {
        DrillBroker broker = scene.platform().broker();
        String queue = MarketQueues.GATEWAY.of(EventType.TRADE, "");
        scene.load().muteAll();
        try {
            scene.load().settle();
            scene.clock().await("an empty queue " + queue, () -> broker.depth(queue).isEmpty());
            broker.command("delete_queue", queue);
            scene.clock()
                    .await(
                            "queue " + queue + " to be made again",
                            () -> broker.ask("-q", "list_queues", "name").contains(queue));
        } finally {
            scene.load().unmute();
        }
    }

    static void freeze(Scene scene) throws IOException, InterruptedException {
        DrillBroker broker = scene.platform().broker();
        broker.signal("STOP");
        try {
            scene.clock().pause(FROZEN_MILLIS);
        } finally {
            broker.signal("CONT");
        }
    }

    static void memoryAlarm(Scene scene) throws IOException, InterruptedException {
        DrillBroker broker = scene.platform().broker();
        broker.command("set_vm_memory_high_watermark", "absolute", "1");
        try {
            scene.clock().pause(ALARM_MILLIS);
        } finally {
            broker.command("set_vm_memory_high_watermark", "absolute", "1GB");
        }
    }

    static void diskAlarm(Scene scene) throws IOException, InterruptedException {
        DrillBroker broker = scene.platform().broker();
        // It knows no larger unit.
        broker.command("set_disk_free_limit", "900000GB");
        try {
            scene.clock().pause(ALARM_MILLIS);
        } finally {
            broker.command("set_disk_free_limit", "200MB");
        }
    }

    /**
     * The broker's patience is set to six seconds, which new channels take; then a locked table
     * holds back every checkpoint, so that nothing is acknowledged.
     */
    static void consumerTimeout(Scene scene)
            throws IOException, InterruptedException, SQLException {
        DrillPlatform platform = scene.platform();
        patience(scene, 6_000, 2_000);
        long cut = System.currentTimeMillis();
        scene.clock().await("new channels", () -> platform.job().isWellSince(cut));
        DatabaseFaults.lockTable(scene, WITHOUT_CHECKPOINT_MILLIS);
        if (!platform.broker().log().contains("timed out waiting for delivery acknowledgement")
                && !platform.broker().log().contains("delivery acknowledgement")) {
            throw new IOException("the broker waited for ever; its log says nothing of a timeout");
        }
        patience(scene, 1_800_000, 60_000);
    }

    private static void patience(Scene scene, long timeoutMillis, long tickMillis)
            throws IOException, InterruptedException {
        scene.platform()
                .broker()
                .command(
                        "eval",
                        "application:set_env(rabbit, consumer_timeout, %d), application:set_env(rabbit, channel_tick_interval, %d)."
                                .formatted(timeoutMillis, tickMillis));
        cutConnections(scene);
    }
}
