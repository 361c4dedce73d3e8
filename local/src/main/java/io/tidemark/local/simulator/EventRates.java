package io.tidemark.local.simulator;

/**
 * How often one symbol's feeds speak, in events per second of market time.
 *
 * @param books order-book changes
 * @param trades mean of the clustered arrivals
 * @param tickers ticker changes
 * @param klines candle updates
 */
record EventRates(double books, double trades, double tickers, double klines) {
    private static final double BOOK_SHARE = 0.50;
    private static final double TRADE_SHARE = 0.34;
    private static final double TICKER_SHARE = 0.13;
    private static final double KLINE_SHARE = 0.03;

    /** The usual mixture at that total rate, events per second. */
    static EventRates of(double total) {
        return new EventRates(
                total * BOOK_SHARE,
                total * TRADE_SHARE,
                total * TICKER_SHARE,
                Math.min(2, total * KLINE_SHARE));
    }
}
