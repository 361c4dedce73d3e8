package io.tidemark.features.market;

/** The spread as it was at whole seconds. */
public interface SpreadView {
    /**
     * The relative spreads (ask - bid) / mid at the whole seconds t in (T - w, T], of the book
     * after the last message before t, lowest first; those of an undefined book are left out. Sorts
     * once for each T and window.
     */
    SortedSample sorted(long windowMicros);
}
