package io.tidemark.job.outcome;

/**
 * There is a row of the symbol at T, and what the price was then.
 *
 * @param gridTimeMicros T, microseconds since the epoch
 * @param cadenceMicros between rows, of the registry that made the row
 * @param price p(T) of the last accepted trade before T, at most the carry old; NaN when there is
 *     none
 */
public record PricedRow(String symbol, long gridTimeMicros, long cadenceMicros, double price) {}
