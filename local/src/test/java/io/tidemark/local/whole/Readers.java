package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads that look again and again at what somebody else changes, until they are told to stop. */
final class Readers {
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** One look. */
    interface Look {
        void once() throws Exception;
    }

    /** Begins to look; at the first failure that reader ends. */
    void start(Look look) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                do {
                                    look.once();
                                    // Who is looked at needs the processor too.
                                    Thread.sleep(10);
                                } while (!stopped);
                            } catch (Exception | AssertionError e) {
                                wrong.add(e);
                            }
                        },
                        "reader-" + threads.size());
        threads.add(thread);
        thread.start();
    }

    /** Ends them; fails when any of them has. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }
}
