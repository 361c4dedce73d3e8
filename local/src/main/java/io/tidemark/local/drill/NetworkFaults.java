package io.tidemark.local.drill;

import io.tidemark.local.drill.Infliction.Scene;
import java.io.IOException;
import java.sql.SQLException;

/** Faults of the network, by the proxies between the job and its broker and database. */
final class NetworkFaults {
    /** Longer than two heartbeats of the drill's broker. */
    private static final int CUT_MILLIS = 12_000;

    private static final int DATABASE_CUT_MILLIS = 8_000;
    private static final int IMPAIRED_MILLIS = 12_000;
    private static final int SLOW_BYTES_PER_SECOND = 48 << 10;
    private static final double LOST = 0.3;

    private NetworkFaults() {}

    static void cutToBroker(Scene scene) throws InterruptedException {
        TcpProxy link = scene.platform().brokerLink();
        link.hold(TcpProxy.Direction.TO_SERVER);
        try {
            scene.clock().pause(CUT_MILLIS);
        } finally {
            link.release();
        }
    }

    static void cutFromBroker(Scene scene) throws InterruptedException {
        TcpProxy link = scene.platform().brokerLink();
        link.hold(TcpProxy.Direction.TO_CLIENT);
        try {
            scene.clock().pause(CUT_MILLIS);
        } finally {
            link.release();
        }
    }

    static void cutDatabase(Scene scene) throws InterruptedException {
        TcpProxy link = scene.platform().databaseLink();
        link.hold(TcpProxy.Direction.TO_SERVER);
        link.hold(TcpProxy.Direction.TO_CLIENT);
        try {
            scene.clock().pause(DATABASE_CUT_MILLIS);
        } finally {
            link.release();
        }
    }

    static void slowLinks(Scene scene) throws InterruptedException {
        impair(
                scene,
                Impairment.slow(SLOW_BYTES_PER_SECOND),
                Impairment.slow(SLOW_BYTES_PER_SECOND));
    }

    static void lossyLinks(Scene scene) throws InterruptedException {
        impair(
                scene,
                Impairment.lossy(LOST, scene.random().nextLong()),
                Impairment.lossy(LOST, scene.random().nextLong()));
    }

    private static void impair(Scene scene, Impairment toBroker, Impairment toDatabase)
            throws InterruptedException {
        DrillPlatform platform = scene.platform();
        platform.brokerLink().impair(toBroker);
        platform.databaseLink().impair(toDatabase);
        try {
            scene.clock().pause(IMPAIRED_MILLIS);
        } finally {
            platform.brokerLink().impair(Impairment.NONE);
            platform.databaseLink().impair(Impairment.NONE);
        }
    }

    /**
     * The old connections keep what they were given, and the broker goes on giving them more, until
     * the job that reads over new ones has completed checkpoints; then they end.
     */
    static void zombieConnections(Scene scene)
            throws IOException, InterruptedException, SQLException {
        TcpProxy.Zombies zombies = scene.platform().brokerLink().abandonClients();
        try {
            long since = System.currentTimeMillis();
            scene.clock()
                    .await(
                            "checkpoints beside it",
                            () -> scene.platform().job().isWellSince(since));
            scene.clock().pause(3_000);
        } finally {
            zombies.close();
        }
    }
}
