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
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Planned messages, published with confirms as their times come, on a thread of its own. */
final class DrillLoad {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StopSignal stop = new StopSignal();
    private final PlannedMessages messages;
    private final ConnectionFactory broker;
    private final CompletableFuture<Published> end = new CompletableFuture<>();
    private final Thread thread;
    private final Queue<Besides> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Integer> broughtBack = ConcurrentHashMap.newKeySet();
    private volatile boolean late;
    private volatile long confirmed;

    /**
     * What was published.
     *
     * @param planned every message, by number
     * @param confirmed of them; each counted once
     * @param sentAgain numbers of messages sent again because their connection broke, once for each
     *     time
     * @param broughtBack numbers of messages that were dead letters
     */
    record Published(
            List<PlannedMessages.Planned> planned,
            long confirmed,
            List<Integer> sentAgain,
            Set<Integer> broughtBack) {}

    private record Besides(
            Function<PlannedMessages, List<OutgoingMessage>> made,
            CompletableFuture<@Nullable Void> done) {}

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

    /** From now on nothing is published, though the market goes on; until {@link #unmute}. */
    void muteAll() {
        messages.mute(Set.copyOf(messages.symbols()));
    }

    /** From now on only of the first symbol; until {@link #unmute}. */
    void muteAllButOne() {
        List<String> symbols = messages.symbols();
        messages.mute(Set.copyOf(symbols.subList(1, symbols.size())));
    }

    /** Publishes of all symbols again. */
    void unmute() {
        messages.mute(Set.of());
    }

    /**
     * Publishes these besides; returns when they are confirmed.
     *
     * @param made of what is planned, on the load's thread
     */
    void also(Function<PlannedMessages, List<OutgoingMessage>> made)
            throws IOException, InterruptedException {
        Besides besides = new Besides(made, new CompletableFuture<>());
        waiting.add(besides);
        while (!besides.done().isDone() && !hasFailed()) {
            Thread.sleep(20);
        }
    }

    /** The message of that trace id was a dead letter and is in its queue once more. */
    void broughtBack(String traceId) {
        broughtBack.add(PlannedMessages.number(traceId));
    }

    /** Returns when everything published so far is confirmed. */
    void settle() throws IOException, InterruptedException {
        also(nothing -> List.of());
    }

    /** Messages confirmed so far, about. */
    long confirmed() {
        return confirmed;
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
            long firstMicros = messages.dueMicros();
            long start = System.nanoTime();
            while (awaits(start + (messages.dueMicros() - firstMicros) * 1_000)) {
                publish(messages.next(), publisher);
                publish(messages.extra(late), publisher);
                Besides besides = waiting.poll();
                if (besides != null) {
                    for (OutgoingMessage message : besides.made().apply(messages)) {
                        publisher.publish(message);
                    }
                    publisher.flush();
                    besides.done().complete(null);
                }
                confirmed = publisher.confirmed();
            }
            publisher.flush();
            return new Published(
                    messages.planned(), publisher.confirmed(), sentAgain, Set.copyOf(broughtBack));
        }
    }

    private static void publish(Optional<OutgoingMessage> message, ReconnectingPublisher publisher)
            throws IOException, InterruptedException {
        if (message.isPresent()) {
            publisher.publish(message.get());
        }
    }

    /** Waits for the time; false when the load is to end. */
    private boolean awaits(long nanoTime) throws InterruptedException {
        long wait = nanoTime - System.nanoTime();
        return wait > 0 ? !stop.await(wait) : !stop.isGiven();
    }
}
