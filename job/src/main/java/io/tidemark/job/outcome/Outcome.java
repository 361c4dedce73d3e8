package io.tidemark.job.outcome;

/**
 * The label of the row at T, once it can be known. Of its row, label and the market alone, so it is
 * the same whenever it is made.
 *
 * @param gridTimeMicros T, microseconds since the epoch
 * @param label as {@link io.tidemark.features.label.LabelText} writes it
 * @param knownMicros the first grid time by which it is known, at any row of that label: T and its
 *     reach
 * @param value finite
 */
public record Outcome(
        String symbol, long gridTimeMicros, String label, long knownMicros, double value) {}
