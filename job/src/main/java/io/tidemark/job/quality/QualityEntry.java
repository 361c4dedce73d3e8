package io.tidemark.job.quality;

import io.tidemark.features.quality.MinuteQuality;
import java.util.Comparator;
import java.util.List;

/**
 * Everything measured between two checkpoints: booked as a whole, once.
 *
 * @param writer who wrote it: one run of the writing task, from a start or restore to its end
 * @param number the how-manieth of that writer, from 1
 * @param minutes by key, each key once: the order in which all who write lock
 */
public record QualityEntry(String writer, long number, List<MinuteQuality> minutes) {
    public QualityEntry {
        minutes =
                minutes.stream()
                        .sorted(
                                Comparator.comparing(MinuteQuality::symbol)
                                        .thenComparing(MinuteQuality::type)
                                        .thenComparingLong(MinuteQuality::minuteMicros))
                        .toList();
    }
}
