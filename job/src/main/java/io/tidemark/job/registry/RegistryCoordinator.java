package io.tidemark.job.registry;

import io.tidemark.job.serving.Activation;
import io.tidemark.job.serving.StoredActivations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the active feature registry to the tasks of the features, at one time for all of them.
 * Runs beside the job's master, one for the job.
 *
 * <p>Once a second it asks the store which version is active. Another than the tasks have is
 * compiled; one that cannot be is refused, in the store and the log, and changes nothing. Then the
 * tasks are asked how far they will close steps until they are told more, the change is timed at
 * the first grid time none of them passes, that time is written to the store, and only then the
 * tasks are told; see {@link RegistryEvent}. Whatever fails in between, the time stays the one that
 * is in the store.
 *
 * <p>A store that cannot be reached leaves everything as it is. A new change is not begun before
 * every task has passed the last one.
 *
 * <p>All state is touched by one thread, {@link CoordinatorThreads#own}; the store is asked by
 * another, so that a checkpoint never waits for it.
 */
final class RegistryCoordinator implements OperatorCoordinator {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryCoordinator.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ROUND_LIMIT = Duration.ofSeconds(10);

    private final Context context;
    private final CoordinatorThreads threads;
    private final StoredActivations store;
    private final CoordinatorMetrics metrics;
    private final Tasks tasks = new Tasks();
    private final TreeMap<Long, Long> toldAtCheckpoint = new TreeMap<>();

    private RegistryChange newest;
    private List<RegistryChange> untold = new ArrayList<>();
    private @Nullable Round round;
    private long rounds;
    private long refused;
    private boolean restored;
    private boolean storeIsAway;

    RegistryCoordinator(
            Context context,
            ActiveRegistry begin,
            StoredActivations store,
            CoordinatorThreads threads) {
        this.context = context;
        this.threads = threads;
        this.store = store;
        this.newest = RegistryChange.begin(begin);
        this.metrics = new CoordinatorMetrics(context.metricGroup(), newest.activation());
    }

    @Override
    public void resetToCheckpoint(long checkpoint, byte @Nullable [] bytes) throws Exception {
        if (bytes != null) {
            CoordinatorState state = CoordinatorState.of(bytes);
            newest = state.newest();
            untold = new ArrayList<>(state.untold());
            restored = true;
            metrics.told(newest.activation());
        }
    }

    @Override
    public void start() {
        if (!restored && newest.activation() > 0) {
            ask("the registry the job began with", () -> store.began(newest.activation()));
        }
        threads.every(POLL, this::poll);
    }

    private void poll() {
        Round open = round;
        if (open != null && System.nanoTime() - open.beganNanos() > ROUND_LIMIT.toNanos()) {
            LOG.warn("not all tasks have said how far they are; the change of registry waits");
            abandon();
        }
        if (round == null) {
            long known = newest.activation();
            threads.ask(
                    () -> store.since(known),
                    found -> {
                        storeIsAway = false;
                        choose(found);
                    },
                    this::storeFailed);
        }
    }

    /** Of those not told yet the first; without settled ones that is the active one. */
    private void choose(List<Activation> found) {
        if (round != null) {
            return;
        }
        found.stream()
                .filter(one -> one.number() != newest.activation() && one.number() != refused)
                .findFirst()
                .ifPresent(this::begin);
    }

    private void begin(Activation next) {
        Registry registry = new Registry(next.definition(), next.cadenceMicros());
        try {
            if (next.definition().isEmpty()) {
                throw new IllegalArgumentException("the store has no definition of it");
            }
            registry.compile();
        } catch (IllegalArgumentException e) {
            refused = next.number();
            metrics.refused();
            String why = String.valueOf(e.getMessage());
            LOG.warn(
                    "feature registry {} (activation {}) is refused, nothing changes: {}",
                    next.version(),
                    next.number(),
                    why);
            ask("the refusal", () -> store.refuse(next.number(), why));
            return;
        }
        round = new Round(++rounds, next, registry, System.nanoTime());
        tasks.ask(rounds);
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        threads.own(
                () -> {
                    Round open = round;
                    if (open != null
                            && event instanceof RegistryEvent.Held held
                            && open.answered(subtask, held, context.currentParallelism())) {
                        settle(open);
                    }
                });
    }

    private void settle(Round open) {
        if (!open.closed(newest.fromMicros())) {
            abandon();
            return;
        }
        long number = open.activation().number();
        long from = open.firstTime();
        threads.ask(
                () -> store.settle(number, from),
                settled -> tell(open, settled),
                failure -> {
                    storeFailed(failure);
                    if (open == round) {
                        abandon();
                    }
                });
    }

    private void tell(Round open, long settled) {
        if (open != round) {
            return;
        }
        long from = settled;
        if (settled < open.heldAt()) {
            from = open.firstTime();
            LOG.warn("the store has {} us for a change of registry, which is over", settled);
        }
        RegistryChange change =
                new RegistryChange(
                        newest.ordinal() + 1, open.activation().number(), open.registry(), from);
        LOG.info(
                "feature registry {} (activation {}) makes the rows after {} us",
                open.activation().version(),
                change.activation(),
                from);
        long forgettable = newest.ordinal();
        newest = change;
        untold.add(change);
        round = null;
        metrics.switched(change.activation());
        tasks.tell(untold, forgettable);
        poll();
    }

    private void abandon() {
        round = null;
        tasks.tell(untold, 0);
    }

    private void storeFailed(Throwable failure) {
        metrics.storeFailed();
        if (!storeIsAway) {
            storeIsAway = true;
            LOG.warn(
                    "the active feature registry is not known for now; the job goes on with what it has: {}",
                    failure.getMessage());
        }
    }

    /** For what may be lost: it is said again by the next change, or by the log. */
    private void ask(String what, StoreCall call) {
        threads.ask(
                () -> {
                    call.make();
                    return what;
                },
                done -> {},
                this::storeFailed);
    }

    private interface StoreCall {
        void make() throws IOException;
    }

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
        threads.own(
                () -> {
                    tasks.add(subtask, gateway);
                    tasks.tell(gateway, untold);
                    Round open = round;
                    if (open != null) {
                        // From the beginning: the time must suit this task too.
                        round =
                                new Round(
                                        ++rounds,
                                        open.activation(),
                                        open.registry(),
                                        open.beganNanos());
                        tasks.ask(rounds);
                    }
                });
    }

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
        threads.own(() -> tasks.remove(subtask));
    }

    @Override
    public void subtaskReset(int subtask, long checkpoint) {
        threads.own(() -> tasks.remove(subtask));
    }

    @Override
    public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
        threads.own(
                () -> {
                    toldAtCheckpoint.put(checkpoint, newest.ordinal());
                    try {
                        result.complete(new CoordinatorState(newest, untold).toBytes());
                    } catch (IOException e) {
                        result.completeExceptionally(e);
                    }
                });
    }

    /** What was told before that checkpoint is in the state of all tasks. */
    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        threads.own(
                () -> {
                    Long told = toldAtCheckpoint.get(checkpoint);
                    if (told != null) {
                        untold.removeIf(change -> change.ordinal() <= told);
                    }
                    toldAtCheckpoint.headMap(checkpoint, true).clear();
                });
    }

    @Override
    public void close() throws IOException {
        threads.close();
        store.close();
    }
}
