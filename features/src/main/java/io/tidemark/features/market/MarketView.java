package io.tidemark.features.market;

import io.tidemark.features.bar.BarView;
import io.tidemark.features.book.BookView;

/** The market of one symbol at one grid time, to read. Only what happened before T is in it. */
public interface MarketView {
    /** T, microseconds since the epoch. */
    long timeMicros();

    /** The trades before T, in the panes of the asking feature's cadence. */
    TradeView trades();

    /** The 1-s grid up to T. */
    SecondView seconds();

    /** What depends on the order of things in a window. */
    PathView paths();

    /**
     * The bars closed by T.
     *
     * @throws IllegalArgumentException when none of that length are kept
     */
    BarView bars(long barMicros);

    /** The book after the last message before T. */
    BookView book();

    /** The ticker merged from all messages before T. */
    TickerView ticker();

    /**
     * The values of an earlier feature.
     *
     * @param feature its position in the registry
     * @throws IllegalArgumentException when no feature names it as input
     */
    SeriesView series(int feature);
}
