package io.tidemark.features.book;

/** An order book to read. Level 0 is the best of its side. Nothing here allocates. */
public interface BookView {
    /** Whether a full book came and no message is missing since. */
    boolean valid();

    /** Valid, both sides present and not crossed: only then do features rest on it. O(1). */
    boolean defined();

    /** Whether both sides are present and the best bid is not below the best ask. */
    boolean crossed();

    /** Levels a side of the feed; 0 when unbounded or unknown. */
    int feedDepth();

    /** Whether the feed is deep enough for that many levels. */
    default boolean reaches(int levels) {
        return feedDepth() == 0 || feedDepth() >= levels;
    }

    /** The venue's id of the last message applied; 0 before the first. */
    long updateId();

    /** Levels present. */
    int bidLevels();

    /** Levels present. */
    int askLevels();

    /**
     * The price of a level.
     *
     * @throws IndexOutOfBoundsException when the side has no such level
     */
    double bidPrice(int level);

    /**
     * The price of a level.
     *
     * @throws IndexOutOfBoundsException when the side has no such level
     */
    double askPrice(int level);

    /**
     * The size of a level.
     *
     * @throws IndexOutOfBoundsException when the side has no such level
     */
    double bidSize(int level);

    /**
     * The size of a level.
     *
     * @throws IndexOutOfBoundsException when the side has no such level
     */
    double askSize(int level);

    /** The highest bid; NaN when there is none. */
    default double bestBid() {
        return bidLevels() == 0 ? Double.NaN : bidPrice(0);
    }

    /** The lowest ask; NaN when there is none. */
    default double bestAsk() {
        return askLevels() == 0 ? Double.NaN : askPrice(0);
    }

    /** Sum of the sizes of the best levels, best first; of those present when there are fewer. */
    default double bidDepth(int levels) {
        double sum = 0;
        int count = Math.min(levels, bidLevels());
        for (int i = 0; i < count; i++) {
            sum += bidSize(i);
        }
        return sum;
    }

    /** Sum of the sizes of the best levels, best first; of those present when there are fewer. */
    default double askDepth(int levels) {
        double sum = 0;
        int count = Math.min(levels, askLevels());
        for (int i = 0; i < count; i++) {
            sum += askSize(i);
        }
        return sum;
    }
}
