package io.tidemark.job.features;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import java.util.Arrays;
import java.util.List;

/**
 * Events of one symbol on the heap: an array that grows, metered. Appending costs no allocation in
 * steady state.
 */
final class EventBuffer {
    /** A larger array is given back when it is empty: one burst must not hold its room for ever. */
    private static final int KEPT = 1_024;

    private static final MarketEvent[] NONE = {};

    private final HeapMeter meter;
    private MarketEvent[] events = NONE;
    private int count;
    private long bytes;

    EventBuffer(HeapMeter meter) {
        this.meter = meter;
    }

    /**
     * What an event weighs in a buffer and in state, about: bytes. Its header and texts count as
     * 256, whatever their length.
     */
    static long weight(MarketEvent event) {
        return event instanceof BookUpdate book
                ? 256 + 8L * (book.bids().length + book.asks().length)
                : 256;
    }

    void add(MarketEvent event) {
        if (count == events.length) {
            events = Arrays.copyOf(events, Math.max(8, 2 * count));
        }
        events[count++] = event;
        weigh(weight(event));
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return count;
    }

    /** The weight of its events, about: bytes. */
    long bytes() {
        return bytes;
    }

    MarketEvent get(int index) {
        return events[index];
    }

    /** Puts them into canonical order. O(n) when they are. */
    void sort() {
        Arrays.sort(events, 0, count, CanonicalOrder.INSTANCE);
    }

    void removeFirst(int removed) {
        if (removed == count) {
            clear();
            return;
        }
        long gone = 0;
        for (int i = 0; i < removed; i++) {
            gone += weight(events[i]);
        }
        weigh(-gone);
        System.arraycopy(events, removed, events, 0, count - removed);
        Arrays.fill(events, count - removed, count, null);
        count -= removed;
    }

    void clear() {
        weigh(-bytes);
        if (events.length > KEPT) {
            events = NONE;
        } else {
            Arrays.fill(events, 0, count, null);
        }
        count = 0;
    }

    /** A view of those from first to before last; valid until the next change. */
    List<MarketEvent> view(int first, int last) {
        return Arrays.asList(events).subList(first, last);
    }

    private void weigh(long more) {
        bytes += more;
        meter.add(more);
    }
}
