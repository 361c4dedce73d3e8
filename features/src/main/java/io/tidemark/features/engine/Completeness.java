package io.tidemark.features.engine;

/**
 * The bits of {@link FeatureRow#completeness}: what the row could rest on. On disk and in the
 * store; append only.
 */
public final class Completeness {
    /** A trade was accepted within the carry before T. */
    public static final int TRADES_LIVE = 1;

    /** A book message was accepted within the carry before T. */
    public static final int BOOK_LIVE = 1 << 1;

    /** The book at T has both sides, no gap since its last snapshot, and is not crossed. */
    public static final int BOOK_VALID = 1 << 2;

    /** A ticker or funding message was accepted within the carry before T. */
    public static final int TICKER_LIVE = 1 << 3;

    /** A kline was accepted within the carry before T. */
    public static final int KLINE_LIVE = 1 << 4;

    /**
     * The oldest trade within the lookback is at least the longest trade window before T, and was
     * when the values were computed that features of the row look back on; and no bar within the
     * lookback of a feature on bars is undefined.
     */
    public static final int WARM = 1 << 5;

    private Completeness() {}
}
