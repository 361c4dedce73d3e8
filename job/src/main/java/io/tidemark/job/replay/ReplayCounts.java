package io.tidemark.job.replay;

/**
 * What a replay did, those of failed attempts left out.
 *
 * @param rows written
 * @param events read for rows, those of each slice's lookback included
 * @param chainEvents read to follow books and tickers from the archive's beginning
 * @param duplicates of the events read for rows: left out, being there already
 */
public record ReplayCounts(long rows, long events, long chainEvents, long duplicates) {}
