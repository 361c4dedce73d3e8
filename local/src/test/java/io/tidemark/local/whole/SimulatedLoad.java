package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import io.tidemark.local.publish.Publication;
import io.tidemark.local.publish.SimulatorSource;
import io.tidemark.local.publish.Speed;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Simulated markets published as they happen, on a thread of its own, until told to stop. */
final class SimulatedLoad {
    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<Long> confirmed;

    private SimulatedLoad(Connection broker, double eventsPerSecond, long seed) {
        confirmed = CompletableFuture.supplyAsync(() -> publish(broker, eventsPerSecond, seed));
    }

    /** Starts publishing. */
    static SimulatedLoad start(Connection broker, double eventsPerSecond, long seed) {
        return new SimulatedLoad(broker, eventsPerSecond, seed);
    }

    /** Stops; the messages the broker has confirmed, which are all that were sent. */
    long stop() throws Exception {
        stop.give();
        return confirmed.get();
    }

    private long publish(Connection broker, double eventsPerSecond, long seed) {
        MarketSimulator market =
                new MarketSimulator(
                        new SimulatorSettings(
                                SimulatorSettings.DEFAULT_SYMBOLS, eventsPerSecond, seed),
                        System.currentTimeMillis() * 1_000);
        try {
            Publication.Progress end =
                    new Publication(
                                    new SimulatorSource(market),
                                    MarketQueues.GATEWAY,
                                    Speed.RECORDED,
                                    90_000,
                                    stop,
                                    progress -> {})
                            .run(broker);
            assertThat(end.confirmed()).isEqualTo(end.published());
            return end.confirmed();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
