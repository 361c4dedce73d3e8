package io.tidemark.features.market;

/** The log returns of the 1-s grid, squared and multiplied with their neighbours, by second. */
final class LogReturnPanes implements LogReturnView {
    private static final long SECOND = PaneGeometry.SECOND;

    private final SecondPanes seconds;
    private final PaneColumn defined;
    private final PaneColumn squares;
    private final PaneColumn definedPairs;
    private final PaneColumn products;
    private double last = Double.NaN;

    /** 32 bytes a second. */
    LogReturnPanes(SecondPanes seconds, int capacity) {
        this.seconds = seconds;
        defined = new PaneColumn(capacity);
        squares = new PaneColumn(capacity);
        definedPairs = new PaneColumn(capacity);
        products = new PaneColumn(capacity);
    }

    void clear() {
        defined.clear();
        squares.clear();
        definedPairs.clear();
        products.clear();
        last = Double.NaN;
    }

    /** That second, the one after the last closed, is over. */
    void close(long second, double before, double price) {
        // StrictMath, because the bits must not depend on the machine.
        double size = price == before ? 0 : Math.abs(StrictMath.log1p((price - before) / before));
        set(defined, squares, second, size * size);
        set(definedPairs, products, second, size * last);
        last = size;
    }

    private static void set(PaneColumn counts, PaneColumn sums, long second, double value) {
        boolean known = !Double.isNaN(value);
        counts.set(second, known ? 1 : 0);
        sums.set(second, known ? value : 0);
        counts.open(second + 1);
        sums.open(second + 1);
    }

    @Override
    public int count(long windowMicros) {
        return (int) window(defined, seconds.count(windowMicros));
    }

    @Override
    public double squares(long windowMicros) {
        return window(squares, seconds.count(windowMicros));
    }

    @Override
    public int pairs(long windowMicros) {
        return (int) window(definedPairs, seconds.count(windowMicros) - 1);
    }

    @Override
    public double products(long windowMicros) {
        return window(products, seconds.count(windowMicros) - 1);
    }

    private double window(PaneColumn column, int count) {
        return column.window(count * SECOND, SECOND, seconds.openSecond());
    }
}
