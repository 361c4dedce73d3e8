package io.tidemark.features.market;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.DeepestFeed;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Trade;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trades of one symbol in every cut its features need: the same trades, other panes. */
final class TradeCuts {
    private final PaneRings[] cuts;

    TradeCuts(List<PaneGeometry> geometries, DeepestFeed feed) {
        cuts =
                geometries.stream()
                        .map(geometry -> new PaneRings(geometry, feed))
                        .toArray(PaneRings[]::new);
    }

    TradeView trades(int cut) {
        return cuts[cut].trades();
    }

    SecondView seconds(int cut) {
        return cuts[cut].seconds();
    }

    PathView paths(int cut) {
        return cuts[cut].paths();
    }

    /** A book message did that to the book. */
    void accept(BookChange change) {
        for (PaneRings cut : cuts) {
            cut.paths().accept(change);
        }
    }

    /** A ticker message of that time was merged. */
    void accept(TickerView merged, long timeMicros) {
        for (PaneRings cut : cuts) {
            cut.paths().accept(merged, timeMicros);
        }
    }

    void accept(Trade trade) {
        for (PaneRings cut : cuts) {
            cut.accept(trade);
        }
    }

    /** An event at or after that time belongs to a later pane in one of the cuts. */
    long openEndMicros() {
        long end = Long.MAX_VALUE;
        for (PaneRings cut : cuts) {
            end = Math.min(end, cut.openEndMicros());
        }
        return end;
    }

    void advanceTo(long micros) {
        for (PaneRings cut : cuts) {
            cut.advanceTo(micros);
        }
    }

    void clear() {
        for (PaneRings cut : cuts) {
            cut.clear();
        }
    }

    /** p(T); NaN when there is none. */
    double price() {
        return cuts[0].trades().price(0);
    }

    boolean live() {
        return cuts[0].trades().live();
    }

    boolean warm() {
        for (PaneRings cut : cuts) {
            if (!cut.warm()) {
                return false;
            }
        }
        return true;
    }

    boolean warm(int cut) {
        return cuts[cut].warm();
    }

    void save(DataOutput out) throws IOException {
        cuts[0].trades().saveLast(out);
        out.writeByte(cuts.length);
        for (PaneRings cut : cuts) {
            cut.save(out);
        }
    }

    /**
     * Reads what {@link #save} wrote. Panes of another length are dropped; the last price is not.
     *
     * @param format of the engine's image
     * @param sameCarry whether what is saved was carried on for as long as here
     * @param reachedMicros the time reached when it was saved
     */
    void restore(DataInput in, int format, boolean sameCarry, long reachedMicros)
            throws IOException {
        double price = in.readDouble();
        long priceTime = in.readLong();
        int saved = in.readUnsignedByte();
        Set<PaneRings> whole = new HashSet<>();
        for (int i = 0; i < saved; i++) {
            PaneRings same = cutOf(in.readLong());
            if ((same == null ? cuts[0] : same).restore(in, format, same != null)
                    && same != null
                    && sameCarry) {
                whole.add(same);
            }
        }
        goOn(price, priceTime, reachedMicros, whole);
    }

    /** Reads the panes as format 1 had them: one cut, events counted by pane. */
    void restoreFormatOne(DataInput in, GridCount events, long reachedMicros) throws IOException {
        if (in.readBoolean()) {
            long paneMicros = in.readLong();
            long savedPane = in.readLong();
            PaneRings same = cutOf(paneMicros);
            PaneRings target = same == null ? cuts[0] : same;
            if (same != null) {
                same.begin(savedPane);
            }
            int filled = in.readInt();
            for (int i = 0; i < filled; i++) {
                long pane = in.readLong();
                int count = in.readInt();
                if (pane > savedPane || count < 1) {
                    throw new IOException("wanted panes up to " + savedPane + ", got " + pane);
                }
                events.advanceTo(pane * paneMicros);
                events.add(count);
                if (in.readBoolean()) {
                    target.restorePane(in, pane, same != null);
                }
            }
            if (same != null) {
                same.end(savedPane);
            }
            events.advanceTo(savedPane * paneMicros);
        }
        goOn(in.readDouble(), in.readLong(), reachedMicros, Set.of(cuts));
    }

    /** Every cut goes on from the time reached, also one that found no panes. */
    private void goOn(double price, long priceTime, long reachedMicros, Set<PaneRings> whole) {
        for (PaneRings cut : cuts) {
            if (reachedMicros == EventHeader.UNKNOWN_TIME) {
                cut.trades().setLast(price, priceTime);
            } else {
                cut.goOn(reachedMicros, price, priceTime, whole.contains(cut));
            }
        }
    }

    private @Nullable PaneRings cutOf(long paneMicros) {
        for (PaneRings cut : cuts) {
            if (cut.paneMicros() == paneMicros) {
                return cut;
            }
        }
        return null;
    }
}
