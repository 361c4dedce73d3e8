package io.tidemark.local.drill;

import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.schemas.event.MarketEvent;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A market of which one event in twenty comes up to 0.8 s after its time, so behind others: less
 * than the drill's {@code source.lateness}, so none is late. For one thread.
 */
final class Disorder {
    private static final double SHARE = 0.05;
    private static final int LONGEST_MICROS = 800_000;

    private final MarketSimulator market;
    private final SplittableRandom random;
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Due::micros));

    private record Due(long micros, MarketEvent event) {}

    Disorder(MarketSimulator market, SplittableRandom random) {
        this.market = market;
        this.random = random;
        draw();
    }

    /** When the next event comes, microseconds since the epoch; never goes back. */
    long dueMicros() {
        return waiting.element().micros();
    }

    /** The next event. */
    MarketEvent next() {
        MarketEvent event = waiting.remove().event();
        draw();
        return event;
    }

    /** Until the first that waits comes before everything that is not drawn yet. */
    private void draw() {
        while (waiting.isEmpty() || waiting.element().micros() > market.nextTimeMicros()) {
            MarketEvent event = market.next();
            long due = event.header().receivedMicros();
            if (random.nextDouble() < SHARE) {
                due += random.nextInt(LONGEST_MICROS);
            }
            waiting.add(new Due(due, event));
        }
    }
}
