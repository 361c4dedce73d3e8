package io.tidemark.local.demo;

import java.time.Instant;

/**
 * The newest row of a symbol, as the table shows it. Numbers are NaN where undefined.
 *
 * @param gridTime T
 * @param lagMillis how long after T the row was stored
 * @param eventsPerSecond accepted events of the last {@link StoredRows#RATE_ROWS} rows
 */
record RowView(
        String symbol,
        Instant gridTime,
        double lagMillis,
        double eventsPerSecond,
        double midPrice,
        double spreadRel,
        double returns1m,
        double volatility1m,
        double volume15s) {}
