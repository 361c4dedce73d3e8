package io.tidemark.features.quality;

import io.tidemark.schemas.event.EventType;

/** A {@link MinuteQuality} while it is measured. */
final class MinuteTally {
    final long begin;
    final long[] delays = new long[DelayHistogram.BINS];
    long messages;
    long gaps;
    long missing;
    long silences;
    long silentMicros;
    long repeats;
    long spikes;
    double worstSpike;
    long crossed;
    long overtaken;
    long clocked;
    long behind;
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    long total;

    MinuteTally(long begin) {
        this.begin = begin;
    }

    void gap(long skipped) {
        gaps++;
        missing += skipped;
    }

    void delay(long micros) {
        clocked++;
        behind += micros < 0 ? 1 : 0;
        least = Math.min(least, micros);
        most = Math.max(most, micros);
        total += micros;
        delays[DelayHistogram.bin(micros)]++;
    }

    MinuteQuality quality(String symbol, EventType type) {
        return new MinuteQuality(
                symbol,
                type,
                begin,
                messages,
                gaps,
                missing,
                silences,
                silentMicros,
                repeats,
                spikes,
                worstSpike,
                crossed,
                overtaken,
                clocked,
                behind,
                least,
                most,
                total,
                delays);
    }
}
