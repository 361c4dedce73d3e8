package io.tidemark.bench.throughput;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a drain had come at what time. The rate is taken over the middle 80 % so that starting
 * and the last checkpoint do not count. Not thread-safe.
 */
final class DrainCurve {
    private record Sample(long micros, long done) {}

    private final List<Sample> samples = new ArrayList<>();

    /** Notes that this many were done at that time. Both rise. */
    void at(long micros, long done) {
        samples.add(new Sample(micros, done));
    }

    /** The newest count; 0 before the first. */
    long done() {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).done();
    }

    /**
     * Done per second between 10 % and 90 % of the total.
     *
     * @throws IllegalStateException when the drain did not get as far as 90 %
     */
    double middleRate(long total) {
        double from = timeOf(total * 0.1);
        double to = timeOf(total * 0.9);
        return total * 0.8 * 1e6 / (to - from);
    }

    /** When that many were done, microseconds, between two samples by a straight line. */
    private double timeOf(double done) {
        for (int i = 1; i < samples.size(); i++) {
            Sample before = samples.get(i - 1);
            Sample after = samples.get(i);
            if (after.done() >= done && after.done() > before.done()) {
                double part = Math.max(0, done - before.done()) / (after.done() - before.done());
                return before.micros() + part * (after.micros() - before.micros());
            }
        }
        throw new IllegalStateException(
                "wanted %.0f drained, got %d in %d samples"
                        .formatted(done, done(), samples.size()));
    }
}
