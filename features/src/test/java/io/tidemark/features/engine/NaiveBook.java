package io.tidemark.features.engine;

import io.tidemark.schemas.event.BookUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The book after one message, and what the message changed; the messages of one feed. */
record NaiveBook(
        long time,
        boolean valid,
        long updateId,
        SortedMap<Double, Double> bids,
        SortedMap<Double, Double> asks,
        double churn) {

    static final NaiveBook NONE =
            new NaiveBook(
                    Long.MIN_VALUE,
                    false,
                    0,
                    new TreeMap<>(Comparator.reverseOrder()),
                    new TreeMap<>(),
                    0);

    NaiveBook after(BookUpdate message) {
        boolean full = message.kind() == BookUpdate.Kind.SNAPSHOT || message.updateId() == 1;
        if (!full && valid && message.updateId() <= updateId) {
            return new NaiveBook(message.eventTimeMicros(), true, updateId, bids, asks, 0);
        }
        if (!full && (!valid || message.updateId() != updateId + 1)) {
            return new NaiveBook(
                    message.eventTimeMicros(), false, updateId, NONE.bids, NONE.asks, 0);
        }
        SortedMap<Double, Double> newBids = new TreeMap<>(Comparator.reverseOrder());
        SortedMap<Double, Double> newAsks = new TreeMap<>();
        if (!full) {
            newBids.putAll(bids);
            newAsks.putAll(asks);
        }
        double told = put(newBids, message.bids()) + put(newAsks, message.asks());
        if (!NaiveChecksum.fits(message, newBids, newAsks)) {
            return new NaiveBook(
                    message.eventTimeMicros(), false, message.updateId(), NONE.bids, NONE.asks, 0);
        }
        double changed = full ? difference(bids, newBids) + difference(asks, newAsks) : told;
        return new NaiveBook(
                message.eventTimeMicros(),
                true,
                message.updateId(),
                newBids,
                newAsks,
                valid ? changed : 0);
    }

    private static double put(SortedMap<Double, Double> side, double[] pairs) {
        double churn = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            churn += Math.abs(pairs[i + 1] - side.getOrDefault(pairs[i], 0.0));
            if (pairs[i + 1] == 0) {
                side.remove(pairs[i]);
            } else {
                side.put(pairs[i], pairs[i + 1]);
            }
        }
        return churn;
    }

    private static double difference(
            SortedMap<Double, Double> before, SortedMap<Double, Double> after) {
        double sum = 0;
        for (Map.Entry<Double, Double> level : before.entrySet()) {
            sum += Math.abs(level.getValue() - after.getOrDefault(level.getKey(), 0.0));
        }
        for (Map.Entry<Double, Double> level : after.entrySet()) {
            sum += before.containsKey(level.getKey()) ? 0 : level.getValue();
        }
        return sum;
    }

    boolean defined() {
        return valid && !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() < asks.firstKey();
    }

    double mid() {
        return (bids.firstKey() + asks.firstKey()) / 2;
    }

    /** Order flow imbalance of the best levels on the way here. */
    double flow(NaiveBook before, int levels) {
        if (!defined() || !before.defined()) {
            return 0;
        }
        double flow = 0;
        for (int level = 0; level < levels; level++) {
            double[] bid = level(bids, level, Double.NEGATIVE_INFINITY);
            double[] oldBid = level(before.bids, level, Double.NEGATIVE_INFINITY);
            double[] ask = level(asks, level, Double.POSITIVE_INFINITY);
            double[] oldAsk = level(before.asks, level, Double.POSITIVE_INFINITY);
            flow += bid[0] >= oldBid[0] ? bid[1] : 0;
            flow -= bid[0] <= oldBid[0] ? oldBid[1] : 0;
            flow -= ask[0] <= oldAsk[0] ? ask[1] : 0;
            flow += ask[0] >= oldAsk[0] ? oldAsk[1] : 0;
        }
        return flow;
    }

    private static double[] level(SortedMap<Double, Double> side, int level, double none) {
        List<Map.Entry<Double, Double>> levels = new ArrayList<>(side.entrySet());
        return level < levels.size()
                ? new double[] {levels.get(level).getKey(), levels.get(level).getValue()}
                : new double[] {none, 0};
    }
}
