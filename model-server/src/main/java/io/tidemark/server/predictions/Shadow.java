package io.tidemark.server.predictions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.server.features.LatestRows;
import io.tidemark.server.models.LoadedModel;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.Rivals;
import io.tidemark.server.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the rivals of the active model (challenger and previous, see {@link Rivals}) answer to the
 * rows it answered to; the answers are recorded as shadow and given to nobody. In a thread of its
 * own, after the answer has left: what finds no room in the queue is dropped and counted, so nobody
 * ever waits for a shadow. A row is answered to once.
 */
public final class Shadow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_SYMBOLS = 100_000;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ModelRegistry registry;
    private final AuditLog audit;
    private final Predictor predictor;
    private final boolean on;
    private final Counter recorded;
    private final Counter dropped;
    private final BlockingQueue<Made> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "shadow");

    private final Map<Long, LoadedModel> loaded = new HashMap<>();
    private final Map<String, Instant> newest = new HashMap<>();
    private Optional<Rivals> rivals = Optional.empty();
    private long lookedNanos = System.nanoTime() - LOOK_NANOS;

    private record Made(Predictor.Answer answer, String requestId, int item) {}

    private Shadow(
            ModelRegistry registry,
            AuditLog audit,
            Predictor predictor,
            boolean on,
            MeterRegistry metrics) {
        this.registry = registry;
        this.audit = audit;
        this.predictor = predictor;
        this.on = on;
        this.recorded = metrics.counter("tidemark.shadow.predictions", "fate", "recorded");
        this.dropped = metrics.counter("tidemark.shadow.predictions", "fate", "dropped");
    }

    static Shadow start(
            ModelRegistry registry,
            AuditLog audit,
            Predictor predictor,
            boolean on,
            MeterRegistry metrics) {
        Shadow shadow = new Shadow(registry, audit, predictor, on, metrics);
        shadow.thread.setDaemon(true);
        if (on) {
            shadow.thread.start();
        }
        return shadow;
    }

    /** The answer has left. Returns at once. */
    void beside(Predictor.Answer answer, String requestId, int item) {
        if (on && answer.asked().row() != null && !queue.offer(new Made(answer, requestId, item))) {
            dropped.increment();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                answer(queue.take());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                dropped.increment();
                LOG.debug("a shadow could not answer", e);
            }
        }
    }

    private void answer(Made made) {
        Predictor.Answer answer = made.answer();
        LatestRows.LatestRow row = answer.asked().row();
        String symbol = answer.asked().symbol();
        if (row == null || symbol == null || !isNew(symbol, row.gridTime())) {
            return;
        }
        Optional<Rivals> now = rivals();
        long champion = number(answer.model());
        if (now.isEmpty() || now.get().champion().version() != champion) {
            return;
        }
        for (long rival : now.get().others()) {
            LoadedModel model =
                    loaded.computeIfAbsent(
                            rival, number -> registry.load(registry.version(number)));
            if (model.content()
                    .featureRegistryVersion()
                    .equals(answer.model().content().featureRegistryVersion())) {
                answer(made, model, Asked.ofRow(model, symbol, row));
            }
        }
    }

    private void answer(Made made, LoadedModel model, Asked asked) {
        long begun = System.nanoTime();
        Predictor.Answer answer;
        try {
            answer = predictor.answer(model, asked, Optional.empty());
        } catch (ProblemException e) {
            // It refuses undefined features, as it would when asked.
            return;
        }
        long micros = (System.nanoTime() - begun) / 1_000;
        boolean taken =
                audit.offer(
                        List.of(
                                Predictor.entry(
                                        answer, made.requestId(), made.item(), micros, true)));
        (taken ? recorded : dropped).increment();
    }

    private boolean isNew(String symbol, Instant time) {
        Instant before = newest.get(symbol);
        if (before != null && !time.isAfter(before)) {
            return false;
        }
        if (newest.size() >= MOST_SYMBOLS) {
            newest.clear();
        }
        newest.put(symbol, time);
        return true;
    }

    private Optional<Rivals> rivals() {
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            rivals = registry.rivals();
            lookedNanos = now;
            loaded.keySet().retainAll(rivals.map(Rivals::others).orElse(List.of()));
        }
        return rivals;
    }

    private static long number(LoadedModel model) {
        return ModelRegistry.number(model.content().version()).orElseThrow();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
