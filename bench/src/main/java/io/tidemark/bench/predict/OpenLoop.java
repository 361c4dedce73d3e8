package io.tidemark.bench.predict;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.WallClock;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests on a schedule fixed before it begins. Time is from when a request was due, not from when
 * it was sent: a server that stalls is not spared the requests that were due meanwhile (coordinated
 * omission).
 */
final class OpenLoop {
    private final URI server;
    private final int connections;

    OpenLoop(URI server, int connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * What came of it.
     *
     * @param micros from due to answered, microseconds, of answers with status 200
     * @param answered with status 200
     * @param failed with another, or not at all
     * @param seconds from the first due to the last answered
     * @param bytes of the last answer's body
     */
    record Outcome(Histogram micros, long answered, long failed, double seconds, int bytes) {}

    /** Returns when the last is answered. */
    Outcome run(Exchanges exchanges, int rate, int seconds)
            throws InterruptedException, ExecutionException {
        WallClock clock = WallClock.start();
        EventSchedule schedule = new EventSchedule(clock.micros() + 200_000, rate);
        long end = (long) rate * seconds;
        AtomicLong next = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Outcome>> senders = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                senders.add(threads.submit(() -> send(exchanges, schedule, clock, next, end)));
            }
            Histogram micros = histogram();
            long answered = 0;
            long failed = 0;
            int bytes = 0;
            for (Future<Outcome> sender : senders) {
                Outcome outcome = sender.get();
                micros.add(outcome.micros());
                answered += outcome.answered();
                failed += outcome.failed();
                bytes = Math.max(bytes, outcome.bytes());
            }
            double took = (clock.micros() - schedule.startMicros()) / 1e6;
            return new Outcome(micros, answered, failed, took, bytes);
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome send(
            Exchanges exchanges, EventSchedule schedule, WallClock clock, AtomicLong next, long end)
            throws IOException {
        Histogram micros = histogram();
        long failed = 0;
        int bytes = 0;
        HttpConnection connection = new HttpConnection(server);
        try {
            for (long n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
                byte[] request = exchanges.request(n);
                long due = schedule.intendedMicros(n);
                for (long left = due - clock.micros(); left > 0; left = due - clock.micros()) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(left));
                }
                try {
                    HttpConnection.Answer answer = connection.exchange(request);
                    if (answer.status() == 200) {
                        micros.recordValue(clock.micros() - due);
                        bytes = answer.bytes();
                    } else {
                        failed++;
                    }
                } catch (IOException e) {
                    failed++;
                    connection.close();
                    connection = new HttpConnection(server);
                }
            }
        } finally {
            connection.close();
        }
        return new Outcome(micros, micros.getTotalCount(), failed, 0, bytes);
    }

    static Histogram histogram() {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        return histogram;
    }
}
