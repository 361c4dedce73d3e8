package io.tidemark.features.market;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.DeepestFeed;
import io.tidemark.features.book.OrderBook;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What book messages did, folded into panes. */
final class BookFlowPanes implements FoldedPanes, BookFlowView {
    private final long paneMicros;
    private final long carryMicros;
    private final DeepestFeed feed;
    private final OrderBook book;
    private final OrderFlow flow;
    private final List<Integer> levels;

    /** Order flow of the best levels, as many as {@link #levels} says. */
    private final PaneColumn[] flows;

    private final PaneColumn churns;
    private final int[] messages;

    /** Whether the book was defined at the end of the pane. */
    private final boolean[] defined;

    private long openPane;

    /** 13 bytes a pane of the window, and 8 for each number of levels. */
    BookFlowPanes(PaneGeometry geometry, DeepestFeed feed) {
        paneMicros = geometry.paneMicros();
        carryMicros = geometry.carryMicros();
        this.feed = feed;
        book = feed.book();
        levels = geometry.wanted().orderFlowLevels();
        flow = new OrderFlow(levels.isEmpty() ? 0 : levels.get(levels.size() - 1));
        int capacity = geometry.capacityFor(geometry.wanted().bookMicros());
        flows = new PaneColumn[levels.size()];
        for (int i = 0; i < flows.length; i++) {
            flows[i] = new PaneColumn(capacity);
        }
        churns = new PaneColumn(capacity);
        messages = new int[capacity];
        defined = new boolean[capacity];
        clear();
    }

    @Override
    public void clear() {
        Arrays.fill(defined, false);
        start(openPane);
        flow.clear();
    }

    @Override
    public void start(long pane) {
        boolean wasDefined = defined[slot(openPane)];
        openPane = pane;
        Arrays.fill(messages, 0);
        Arrays.fill(defined, false);
        defined[slot(pane)] = wasDefined;
        churns.clear();
        for (PaneColumn column : flows) {
            column.clear();
        }
    }

    @Override
    public void next() {
        boolean wasDefined = defined[slot(openPane)];
        openPane++;
        int slot = slot(openPane);
        defined[slot] = wasDefined;
        messages[slot] = 0;
        churns.open(openPane);
        for (PaneColumn column : flows) {
            column.open(openPane);
        }
    }

    /** The book took a message, and did that with it. */
    void accept(BookChange change) {
        if (change == BookChange.IGNORED) {
            return;
        }
        messages[slot(openPane)]++;
        churns.add(openPane, book.churn());
        addFlow();
        defined[slot(openPane)] = book.defined();
    }

    private void addFlow() {
        if (!book.defined() || !flow.follows(book)) {
            flow.take(book);
            return;
        }
        double sum = 0;
        int level = 0;
        for (int i = 0; i < flows.length; i++) {
            int end = levels.get(i);
            for (; level < end; level++) {
                sum += flow.ofLevel(book, level);
            }
            flows[i].add(openPane, sum);
        }
    }

    @Override
    public boolean known(long windowMicros) {
        long first = openPane - windowMicros / paneMicros;
        return feed.lastTimeMicros() >= openPane * paneMicros - carryMicros
                && book.defined()
                && defined[slot(first - 1)];
    }

    @Override
    public double churn(long windowMicros) {
        return churns.window(windowMicros, paneMicros, openPane);
    }

    @Override
    public double orderFlow(long windowMicros, int bestLevels) {
        int column = levels.indexOf(bestLevels);
        if (column < 0) {
            throw new IllegalStateException(
                    "order flow of " + bestLevels + " levels is not kept for this feature set");
        }
        return flows[column].window(windowMicros, paneMicros, openPane);
    }

    private int slot(long pane) {
        return (int) pane & (messages.length - 1);
    }

    @Override
    public int capacity() {
        return messages.length;
    }

    @Override
    public boolean told(long pane) {
        return messages[slot(pane)] > 0;
    }

    @Override
    public int form() {
        return 31 * 6 + levels.hashCode();
    }

    @Override
    public int savedBytes() {
        return Integer.BYTES + 1 + (1 + flows.length) * Double.BYTES;
    }

    @Override
    public void savePane(long pane, DataOutput out) throws IOException {
        out.writeInt(messages[slot(pane)]);
        out.writeBoolean(defined[slot(pane)]);
        out.writeDouble(churns.at(pane));
        for (PaneColumn column : flows) {
            out.writeDouble(column.at(pane));
        }
    }

    @Override
    public void restoreOpenPane(DataInput in) throws IOException {
        messages[slot(openPane)] = in.readInt();
        defined[slot(openPane)] = in.readBoolean();
        churns.set(openPane, in.readDouble());
        for (PaneColumn column : flows) {
            column.set(openPane, in.readDouble());
        }
    }

    @Override
    public void restored() {
        flow.take(book);
    }
}
