package io.tidemark.local.drill;

import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.local.publish.OutgoingMessage;
import io.tidemark.local.publish.ReconnectingPublisher;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Planned messages, published with confirms as their times come, on a thread of its own. */
final class DrillLoad {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StopSignal stop = new StopSignal();
    private final PlannedMessages messages;
    private final ConnectionFactory broker;
    private final CompletableFuture<Published> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean late;

    /**
     * What was published.
     *
     * @param planned every message, by number
     * @param confirmed of them; each counted once
     * @param sentAgain numbers of messages sent again because their connection broke, once for each
     *     time
     */
    record Published(
            List<PlannedMessages.Planned> planned, long confirmed, List<Integer> sentAgain) {}

    private DrillLoad(PlannedMessages messages, ConnectionFactory broker) {
        this.messages = messages;
        this.broker = broker;
        this.thread = new Thread(this::run, "drill-load");
    }

    static DrillLoad start(PlannedMessages messages, ConnectionFactory broker) {
        DrillLoad load = new DrillLoad(messages, broker);
        load.thread.start();
        return load;
    }

    /** From now on late messages come too. */
    void mayBeLate() {
        late = true;
    }

    /** Whether it ended by itself, which only a failure makes. */
    boolean hasFailed() {
        return end.isCompletedExceptionally();
    }

    /** Ends the load; returns when everything is confirmed. */
    Published stop() throws IOException, InterruptedException {
        stop.give();
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IOException("the load failed", e.getCause());
        }
    }

    /** Ends the load where it is: nothing more is confirmed. */
    void abandon() {
        stop.give();
        thread.interrupt();
    }

    private void run() {
        try {
            end.complete(publish());
        } catch (IOException | InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private Published publish() throws IOException, InterruptedException {
        List<Integer> sentAgain = new ArrayList<>();
        try (ReconnectingPublisher publisher =
                new ReconnectingPublisher(
                        broker,
                        MarketQueues.GATEWAY,
                        PATIENCE,
                        message -> sentAgain.add(PlannedMessages.number(message.traceId())))) {
            OutgoingMessage message = messages.next(late);
            long firstMicros = message.paceMicros();
            long start = System.nanoTime();
            while (awaits(start + (message.paceMicros() - firstMicros) * 1_000)) {
                publisher.publish(message);
                message = messages.next(late);
            }
            // Made and not sent: sent now, so that the plan is what was published.
            publisher.publish(message);
            publisher.flush();
            return new Published(messages.planned(), publisher.confirmed(), sentAgain);
        }
    }

    /** Waits for the time; false when the load is to end. */
    private boolean awaits(long nanoTime) throws InterruptedException {
        long wait = nanoTime - System.nanoTime();
        return wait > 0 ? !stop.await(wait) : !stop.isGiven();
    }
}
