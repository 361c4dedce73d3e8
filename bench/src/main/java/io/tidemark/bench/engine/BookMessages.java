package io.tidemark.bench.engine;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The messages of a feed of a given depth: a full book, then changes of a given shape, a
 * millisecond apart. As at the venue, levels come best first, and a price that comes or goes above
 * pushes the worst level out or lets the next one in.
 */
final class BookMessages {
    private static final double TICK = 0.1;
    private static final double MID = 50_000;

    private final DeltaShape shape;
    private final int depth;
    private final SplittableRandom random = new SplittableRandom(7);

    private BookMessages(DeltaShape shape, int depth) {
        this.shape = shape;
        this.depth = depth;
    }

    /**
     * The messages.
     *
     * @param startMicros the time of the full book
     */
    static List<BookUpdate> of(
            DeltaShape shape, int depth, String symbol, long startMicros, int changes) {
        BookMessages messages = new BookMessages(shape, depth);
        NavigableSet<Integer> bids = new TreeSet<>();
        NavigableSet<Integer> asks = new TreeSet<>();
        double[] fullBids = messages.full(bids, -1);
        double[] fullAsks = messages.full(asks, 1);
        List<BookUpdate> all = new ArrayList<>(changes + 1);
        for (int i = 0; i <= changes; i++) {
            long time = startMicros + i * 1_000L;
            all.add(
                    new BookUpdate(
                            new EventHeader(symbol, time, time, time, time, i, "" + i, null, null),
                            i == 0 ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA,
                            depth,
                            10_000 + i,
                            i == 0 ? fullBids : messages.change(bids, -1),
                            i == 0 ? fullAsks : messages.change(asks, 1)));
        }
        return all;
    }

    /** Two of three prices are taken, as in the recordings. */
    private double[] full(NavigableSet<Integer> side, int sign) {
        TreeMap<Integer, Double> told = new TreeMap<>();
        for (int tick = 1; told.size() < depth; tick++) {
            if (tick % 3 != 0) {
                side.add(tick);
                told.put(tick, size());
            }
        }
        return pairs(told, sign);
    }

    private double[] change(NavigableSet<Integer> side, int sign) {
        Integer[] before = side.toArray(new Integer[0]);
        TreeMap<Integer, Double> told = new TreeMap<>();
        for (int rank : shape.ranks(random, depth)) {
            int tick = before[rank];
            if (shape.stays(random)) {
                told.putIfAbsent(tick, size());
            } else if (random.nextBoolean()) {
                remove(tick, side, told);
                add(side.last() + random.nextInt(1, 3), side, told);
            } else if (!side.contains(tick + 1)) {
                add(tick + 1, side, told);
                remove(side.last(), side, told);
            }
        }
        return pairs(told, sign);
    }

    private static void remove(
            int tick, NavigableSet<Integer> side, SortedMap<Integer, Double> told) {
        if (side.remove(tick)) {
            told.put(tick, 0.0);
        }
    }

    private void add(int tick, NavigableSet<Integer> side, SortedMap<Integer, Double> told) {
        side.add(tick);
        told.put(tick, size());
    }

    private double size() {
        return random.nextInt(1, 10_000) / 1_000.0;
    }

    private static double[] pairs(SortedMap<Integer, Double> told, int sign) {
        double[] pairs = new double[2 * told.size()];
        int at = 0;
        for (var level : told.entrySet()) {
            pairs[at++] = MID + sign * TICK * level.getKey();
            pairs[at++] = level.getValue();
        }
        return pairs;
    }
}
