package io.tidemark.features.engine;

import static io.tidemark.features.engine.Events.MS;
import static io.tidemark.features.engine.Events.SECOND;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Seeded streams with what real ones have: many events in one millisecond, events exactly on a grid
 * time, silences of seconds, of minutes and beyond the lookback, book gaps, restarts, re-pushes.
 */
final class RandomMarket {
    private final SplittableRandom random;
    private final double longSilences;
    private long time;
    private long updateId;
    private long tradeId;
    private double price = 50_000;

    private RandomMarket(long seed, long start, double longSilences) {
        random = new SplittableRandom(seed);
        time = start;
        this.longSilences = longSilences;
    }

    /** Events in canonical order, no event twice. */
    static List<MarketEvent> events(long seed, long start, int count, double longSilences) {
        RandomMarket market = new RandomMarket(seed, start, longSilences);
        List<MarketEvent> events = new ArrayList<>();
        while (events.size() < count) {
            market.step(events);
        }
        events.sort(CanonicalOrder.INSTANCE);
        return events;
    }

    private void step(List<MarketEvent> events) {
        double dice = random.nextDouble();
        if (dice < longSilences) {
            time += random.nextLong(2 * SECOND, 900 * SECOND);
        } else if (dice < 0.5) {
            time += random.nextLong(2_000 * MS) / MS * MS;
        } else if (dice < 0.6) {
            time = (time / SECOND + 1) * SECOND;
        } else if (dice < 0.65) {
            time += random.nextLong(1_000);
        }
        double kind = random.nextDouble();
        if (kind < 0.6) {
            events.add(trade());
        } else if (kind < 0.9) {
            events.add(book());
        } else if (kind < 0.97) {
            events.add(
                    Events.ticker(
                            time + tradeId++ % 7,
                            random.nextInt(3) == 0 ? Double.NaN : random.nextInt(-50, 50) / 1e6,
                            random.nextInt(3) == 0
                                    ? EventHeader.UNKNOWN_TIME
                                    : time + random.nextLong(600 * SECOND)));
        } else {
            events.add(Events.funding(time, random.nextInt(100) / 1e6, time + 10 * SECOND));
        }
    }

    private Trade trade() {
        price = Math.max(1, price + random.nextInt(-50, 51) / 10.0);
        Trade.Side side = random.nextBoolean() ? Trade.Side.BUY : Trade.Side.SELL;
        double size = random.nextInt(1, 100_000) / 1_000.0;
        return Events.trade(time, String.valueOf(tradeId++), price, size, side);
    }

    private BookUpdate book() {
        double dice = random.nextDouble();
        if (updateId == 0 || dice < 0.05) {
            updateId += random.nextInt(1, 10);
            return Events.snapshot(time, 50, updateId, side(-1, 12, false), side(1, 12, false));
        }
        if (dice < 0.08) {
            updateId += 2;
        } else if (dice < 0.1) {
            // An old one again.
            return Events.delta(
                    time, 50, Math.max(2, updateId - 1), side(-1, 2, true), side(1, 2, true));
        } else {
            updateId++;
        }
        return Events.delta(time, 50, updateId, side(-1, 3, true), side(1, 3, true));
    }

    /**
     * Prices on a narrow grid about a fixed mid, so that levels meet, vanish and sometimes cross.
     */
    private double[] side(int sign, int count, boolean removals) {
        double[] pairs = new double[2 * count];
        for (int i = 0; i < count; i++) {
            pairs[2 * i] = 50_000 + sign * (random.nextInt(0, 15) - (removals ? 0.5 : -0.5)) / 2;
            pairs[2 * i + 1] =
                    removals && random.nextInt(3) == 0 ? 0 : random.nextInt(1, 5_000) / 1_000.0;
        }
        return pairs;
    }
}
