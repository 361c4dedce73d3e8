package io.tidemark.features.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves, saves and restores the rings a feature set wants beside the trades'. */
final class FoldedRings {
    private static final int MOST_BYTES = 1 << 16;

    private final FoldedPanes[] rings;
    private long openPane;

    FoldedRings(List<FoldedPanes> rings) {
        this.rings = rings.toArray(FoldedPanes[]::new);
    }

    void clear() {
        for (FoldedPanes ring : rings) {
            ring.clear();
        }
    }

    void start(long pane) {
        openPane = pane;
        for (FoldedPanes ring : rings) {
            ring.start(pane);
        }
    }

    void next() {
        openPane++;
        for (FoldedPanes ring : rings) {
            ring.next();
        }
    }

    /** Writes, of each ring, the panes in which something was told and the oldest. */
    void save(DataOutput out) throws IOException {
        out.writeInt(rings.length);
        for (FoldedPanes ring : rings) {
            long oldest = openPane - ring.capacity() + 1;
            int told = 0;
            for (long pane = oldest; pane <= openPane; pane++) {
                told += saves(ring, pane, oldest) ? 1 : 0;
            }
            out.writeInt(ring.form());
            out.writeInt(ring.savedBytes());
            out.writeInt(told);
            for (long pane = oldest; pane <= openPane; pane++) {
                if (saves(ring, pane, oldest)) {
                    out.writeLong(pane);
                    ring.savePane(pane, out);
                }
            }
        }
    }

    /** The oldest one's end is carried on to the next pane in which something was told. */
    private static boolean saves(FoldedPanes ring, long pane, long oldest) {
        return pane == oldest || ring.told(pane);
    }

    /**
     * Reads what {@link #save} wrote, that pane open then. A ring nobody wants any more is dropped.
     *
     * @return whether every ring was there, and as long
     */
    boolean restore(DataInput in, long openPane) throws IOException {
        start(openPane);
        int saved = in.readInt();
        int whole = 0;
        for (int i = 0; i < saved; i++) {
            FoldedPanes ring = ringOf(in.readInt());
            if (ring == null) {
                skipRing(in);
            } else if (restoreRing(in, ring, openPane)) {
                whole++;
            }
        }
        for (FoldedPanes ring : rings) {
            ring.restored();
        }
        return whole == rings.length;
    }

    /** Whether nothing is kept. */
    boolean isEmpty() {
        return rings.length == 0;
    }

    /** Reads what {@link #save} wrote and keeps nothing. */
    static void skip(DataInput in) throws IOException {
        int saved = in.readInt();
        for (int i = 0; i < saved; i++) {
            in.readInt();
            skipRing(in);
        }
    }

    private static void skipRing(DataInput in) throws IOException {
        int bytes = in.readInt();
        int told = in.readInt();
        if (bytes < 0 || bytes > MOST_BYTES || told < 0 || told > PaneGeometry.MAX_PANES) {
            throw new IOException("wanted panes of a ring, got %d of %d B".formatted(told, bytes));
        }
        for (int i = 0; i < told; i++) {
            in.readLong();
            in.readFully(new byte[bytes]);
        }
    }

    /** Answers whether the saved ring was at least as long. */
    private static boolean restoreRing(DataInput in, FoldedPanes ring, long last)
            throws IOException {
        if (in.readInt() != ring.savedBytes()) {
            throw new IOException("wanted panes of %d B".formatted(ring.savedBytes()));
        }
        int told = in.readInt();
        long oldest = last - ring.capacity() + 1;
        ring.start(oldest);
        long open = oldest;
        boolean whole = true;
        long before = Long.MIN_VALUE;
        for (int i = 0; i < told; i++) {
            long pane = in.readLong();
            if (pane > last || pane <= before) {
                throw new IOException("wanted panes in order to " + last + ", got " + pane);
            }
            before = pane;
            if (i == 0 && pane > oldest) {
                // Saved from a shorter ring.
                whole = false;
                ring.start(pane);
                open = pane;
            }
            for (; open < pane; open++) {
                ring.next();
            }
            // Further back than this ring reaches: only what is carried on counts.
            ring.restoreOpenPane(in);
            if (pane < oldest) {
                ring.start(oldest);
            }
        }
        for (; open < last; open++) {
            ring.next();
        }
        return whole;
    }

    private @Nullable FoldedPanes ringOf(int form) {
        for (FoldedPanes ring : rings) {
            if (ring.form() == form) {
                return ring;
            }
        }
        return null;
    }
}
