package io.tidemark.job.registry;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Two threads: one has the coordinator's state, the other waits for the store. What is given to one
 * is done in that order. After the close nothing is done any more.
 */
final class CoordinatorThreads implements AutoCloseable {
    private final ScheduledThreadPoolExecutor own;
    private final ScheduledThreadPoolExecutor asking;
    private final Consumer<Throwable> broken;

    /**
     * @param loader of the job's classes
     * @param broken told of a failure of the coordinator itself
     */
    CoordinatorThreads(ClassLoader loader, Consumer<Throwable> broken) {
        this.own = thread("feature-registry", loader);
        this.asking = thread("feature-registry-store", loader);
        this.broken = broken;
    }

    private static ScheduledThreadPoolExecutor thread(String name, ClassLoader loader) {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            thread.setContextClassLoader(loader);
                            return thread;
                        },
                        (task, closed) -> {});
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** Lets the coordinator's own thread do it. */
    void own(Runnable task) {
        own.execute(guarded(task));
    }

    /** Lets the coordinator's own thread do it again and again. */
    void every(Duration pause, Runnable task) {
        var unused =
                own.scheduleWithFixedDelay(
                        guarded(task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks the store; the answer or the failure goes to the coordinator's own thread. */
    <T> void ask(Callable<T> question, Consumer<T> answered, Consumer<Throwable> failed) {
        asking.execute(
                () -> {
                    try {
                        T answer = question.call();
                        own(() -> answered.accept(answer));
                    } catch (Exception e) {
                        own(() -> failed.accept(e));
                    }
                });
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                broken.accept(e);
            }
        };
    }

    @Override
    public void close() {
        own.shutdownNow();
        asking.shutdownNow();
        try {
            var unused = asking.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
