package io.tidemark.local.simulator;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A book of {@value #LEVELS} levels a side in ticks and lots. The touch stands on any tick, the
 * levels behind it on multiples of the instrument's level distance. Bids are always below asks.
 */
final class SimulatedBook {
    static final int LEVELS = 50;

    private static final double RESIZED_PER_UPDATE = 3;

    private final Instrument instrument;
    private final SplittableRandom random;
    private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Long> asks = new TreeMap<>();

    SimulatedBook(Instrument instrument, SplittableRandom random) {
        this.instrument = instrument;
        this.random = random;
        moveTo((double) instrument.startTicks());
    }

    long bestBid() {
        return bids.firstKey();
    }

    long bestAsk() {
        return asks.firstKey();
    }

    long bestBidLots() {
        return bids.firstEntry().getValue();
    }

    long bestAskLots() {
        return asks.firstEntry().getValue();
    }

    /** A trade took that many lots from one side; at least one lot stays until the next update. */
    void take(boolean fromAsks, long lots) {
        NavigableMap<Long, Long> side = fromAsks ? asks : bids;
        side.compute(
                side.firstKey(), (price, size) -> Math.max(1, (size == null ? 1 : size) - lots));
    }

    /** Puts the touch around a fair price in ticks and stirs a few sizes. */
    void moveTo(double fairTicks) {
        long bid =
                Math.max(LEVELS * (long) instrument.levelTicks() + 1, (long) Math.floor(fairTicks));
        int spread = random.nextInt(10) == 0 ? 2 : 1;
        refill(bids, bid, -instrument.levelTicks());
        refill(asks, bid + spread, instrument.levelTicks());
        stir(bids);
        stir(asks);
    }

    /** All levels of a side, best first: price, size, price, size, ... */
    double[] bidLevels() {
        return levels(bids);
    }

    /** The same for the other side. */
    double[] askLevels() {
        return levels(asks);
    }

    /** What is different from an earlier copy of a side; a level that went has size 0. */
    double[] bidChanges(Map<Long, Long> before) {
        return changes(before, bids);
    }

    /** The same for the other side. */
    double[] askChanges(Map<Long, Long> before) {
        return changes(before, asks);
    }

    Map<Long, Long> copyOfBids() {
        return new TreeMap<>(bids);
    }

    Map<Long, Long> copyOfAsks() {
        return new TreeMap<>(asks);
    }

    private void refill(NavigableMap<Long, Long> side, long touch, int step) {
        Map<Long, Long> old = new TreeMap<>(side);
        side.clear();
        side.put(touch, sizeAt(old, touch, 0));
        long level = touch;
        for (int depth = 1; depth < LEVELS; depth++) {
            level =
                    step > 0
                            ? (Math.floorDiv(level, step) + 1) * step
                            : (-Math.floorDiv(-level, -step) - 1) * -step;
            side.put(level, sizeAt(old, level, depth));
        }
    }

    private long sizeAt(Map<Long, Long> old, long level, int depth) {
        Long size = old.get(level);
        return size == null ? freshSize(depth) : size;
    }

    private void stir(NavigableMap<Long, Long> side) {
        double chance = RESIZED_PER_UPDATE / LEVELS;
        int depth = 0;
        for (Map.Entry<Long, Long> level : side.entrySet()) {
            // The touch changes most often.
            if (random.nextDouble() < (depth == 0 ? 0.5 : chance)) {
                level.setValue(freshSize(depth));
            }
            depth++;
        }
    }

    private long freshSize(int depth) {
        double lots =
                instrument.typicalLots()
                        * (3 + depth * 0.3)
                        * Math.exp(0.8 * random.nextGaussian());
        return Math.max(1, Math.round(lots));
    }

    private double[] levels(SortedMap<Long, Long> side) {
        double[] flat = new double[side.size() * 2];
        int at = 0;
        for (Map.Entry<Long, Long> level : side.entrySet()) {
            flat[at++] = instrument.price(level.getKey());
            flat[at++] = instrument.size(level.getValue());
        }
        return flat;
    }

    private double[] changes(Map<Long, Long> before, NavigableMap<Long, Long> now) {
        SortedMap<Long, Long> changed = new TreeMap<>(now.comparator());
        before.forEach(
                (price, size) -> {
                    if (!now.containsKey(price)) {
                        changed.put(price, 0L);
                    }
                });
        now.forEach(
                (price, size) -> {
                    if (!size.equals(before.get(price))) {
                        changed.put(price, size);
                    }
                });
        return levels(changed);
    }
}
