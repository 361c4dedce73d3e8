package io.tidemark.server.predictions;

import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records predictions. Durable: {@link Recording#await} returns when they are committed, and throws
 * when they are not, so that no answer leaves that is not recorded; requests that wait at once
 * share one commit. A record whose answer did not leave is possible, an answer without record is
 * not. With {@code async} it returns at once, and a crash loses what was not committed yet.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_ROWS = 20_000;
    private static final long PATIENCE_MS = 5_000;

    private final Jdbi changes;
    private final boolean async;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closed;

    private record Waiting(List<AuditEntry> entries, CompletableFuture<@Nullable Void> done) {}

    private AuditLog(Jdbi changes, boolean async) {
        this.changes = changes;
        this.async = async;
        this.thread = new Thread(this::run, "audit-log");
        this.thread.setDaemon(true);
    }

    public static AuditLog start(Jdbi changes, boolean async) {
        AuditLog log = new AuditLog(changes, async);
        log.thread.start();
        return log;
    }

    /** Records on their way to the database. */
    @FunctionalInterface
    interface Recording {
        /**
         * Returns when they are committed; a problem when the database did not take them in time.
         * At once with {@code async}.
         */
        void await();
    }

    /**
     * Begins to record them, all or none. What is told of them may be written meanwhile, and must
     * not leave before {@link Recording#await} has returned.
     */
    Recording record(List<AuditEntry> entries) {
        Waiting waiting = new Waiting(entries, new CompletableFuture<>());
        if (closed || !queue.offer(waiting)) {
            throw unavailable();
        }
        return async ? () -> {} : () -> await(waiting);
    }

    private static void await(Waiting waiting) {
        try {
            waiting.done.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable();
        }
    }

    /**
     * Records them later, all or none, when there is room; nobody waits. False when there is none.
     */
    boolean offer(List<AuditEntry> entries) {
        return !closed && queue.offer(new Waiting(entries, new CompletableFuture<>()));
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemType.STORE_UNAVAILABLE,
                "the prediction could not be recorded, so it is not given");
    }

    /** Whatever ends the thread, nobody waits for it in vain. */
    private void run() {
        try {
            commit();
        } finally {
            closed = true;
            queue.forEach(
                    one -> one.done.completeExceptionally(new IllegalStateException("closed")));
        }
    }

    private void commit() {
        @Nullable Handle handle = null;
        PredictionCopy copy = new PredictionCopy();
        List<Waiting> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                take(batch);
                if (batch.isEmpty()) {
                    continue;
                }
                if (handle == null) {
                    handle = changes.open();
                }
                List<AuditEntry> entries =
                        batch.stream().flatMap(one -> one.entries.stream()).toList();
                copy.add(handle.getConnection(), entries);
                batch.forEach(one -> one.done.complete(null));
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException | SQLException e) {
                LOG.warn("{} predictions could not be recorded: {}", batch.size(), first(e));
                batch.forEach(one -> one.done.completeExceptionally(e));
                close(handle);
                handle = null;
            }
            batch.clear();
        }
        close(handle);
    }

    /** The first that waits, and all that wait by then. */
    private void take(List<Waiting> batch) throws InterruptedException {
        Waiting first = queue.poll(100, TimeUnit.MILLISECONDS);
        int rows = 0;
        for (Waiting next = first; next != null; next = rows < MOST_ROWS ? queue.poll() : null) {
            batch.add(next);
            rows += next.entries.size();
        }
    }

    private static void close(@Nullable Handle handle) {
        if (handle == null) {
            return;
        }
        try {
            handle.close();
        } catch (RuntimeException e) {
            LOG.debug("a broken connection could not be closed", e);
        }
    }

    private static String first(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    /** Commits what waits, then ends. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
