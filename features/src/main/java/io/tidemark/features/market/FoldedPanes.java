package io.tidemark.features.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a source's messages come to, folded into panes in a ring of its own length. Moved on
 * together with all others; a pane is saved when something was told in it.
 */
interface FoldedPanes {
    /** Forgets all, what is carried on from pane to pane too. */
    void clear();

    /** Empties the ring and opens that pane. What is carried on stays. */
    void start(long pane);

    /** Closes the open pane and opens the next. */
    void next();

    /** Slots of the ring. */
    int capacity();

    /** Whether something was told in that pane of the ring. */
    boolean told(long pane);

    /** Changes whenever what is saved of a pane means something else. */
    int form();

    /** Bytes {@link #savePane} writes. */
    int savedBytes();

    void savePane(long pane, DataOutput out) throws IOException;

    /** Reads what {@link #savePane} wrote into the open pane. */
    void restoreOpenPane(DataInput in) throws IOException;

    /** All panes are restored, and before them what they are folded from. */
    default void restored() {}
}
