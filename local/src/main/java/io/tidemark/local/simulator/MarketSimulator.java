package io.tidemark.local.simulator;

import io.tidemark.schemas.event.MarketEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * An endless market in event-time order, computed without a clock: the caller decides how fast it
 * goes. The same settings and start time give the same events.
 *
 * <p>Trades come in clusters and their sides in runs; prices walk with changing volatility; each
 * book begins with a snapshot, is followed by changes, and is never crossed; candles equal their
 * trades and open at the previous close; a ticker begins with a snapshot and then names only what
 * changed. Not for use by several threads at once. An event costs a few microseconds.
 */
public final class MarketSimulator {
    private final PriorityQueue<SymbolMarket> byTime =
            new PriorityQueue<>(
                    Comparator.comparingLong(SymbolMarket::nextTimeMicros)
                            .thenComparingInt(SymbolMarket::index));

    /**
     * A market that begins at that time.
     *
     * @param startMicros microseconds since the epoch, after 2015; update ids and sequences begin
     *     at a number made of it, so a later market never repeats them
     */
    public MarketSimulator(SimulatorSettings settings, long startMicros) {
        List<Double> weights = weights(settings.symbols().size());
        for (int i = 0; i < settings.symbols().size(); i++) {
            String symbol = settings.symbols().get(i);
            SplittableRandom random =
                    new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + symbol.hashCode());
            EventRates rates = EventRates.of(settings.eventsPerSecond() * weights.get(i));
            byTime.add(new SymbolMarket(i, Instrument.of(symbol), rates, startMicros, random));
        }
    }

    /** The next event; times never go back. */
    public MarketEvent next() {
        SymbolMarket market = byTime.remove();
        MarketEvent event = market.next();
        byTime.add(market);
        return event;
    }

    /** The time of the event that {@link #next} will answer, microseconds since the epoch. */
    public long nextTimeMicros() {
        return byTime.element().nextTimeMicros();
    }

    /** The first symbols are busier, as on an exchange; the weights sum to 1. */
    private static List<Double> weights(int count) {
        List<Double> weights = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double weight = 1 / Math.sqrt(i + 1.0);
            weights.add(weight);
            sum += weight;
        }
        double total = sum;
        return weights.stream().map(weight -> weight / total).toList();
    }
}
