package io.tidemark.features.quality;

import io.tidemark.schemas.event.EventType;

/**
 * What is to be said of the messages of one symbol, type and minute of event time, or of some of
 * them: counts of one key add up. Times are microseconds.
 *
 * @param minuteMicros begin of the minute, since the epoch, UTC
 * @param messages how many there are
 * @param gaps how often the venue's own numbering jumped: updates of a book, candles
 * @param missing how many messages those jumps left out
 * @param silences how often the feed was silent for longer than is usual of its type, counted where
 *     it ended
 * @param silentMicros how long those silences were
 * @param repeats messages that say what the one before said: a feed that is frozen
 * @param spikes prices beyond {@link QualityMeter#SPIKE} robust standard deviations
 * @param worstSpike the largest of those scores; 0 when none
 * @param crossed messages after which the book's best bid is at or above its best ask
 * @param overtaken messages that came before one of an earlier event time
 * @param clocked messages that say when they were received
 * @param behind of those, received before they happened: one of the clocks is wrong
 * @param least the shortest time from event to receipt, negative when behind; {@link
 *     Long#MAX_VALUE} when none is clocked
 * @param most the longest; {@link Long#MIN_VALUE} when none is clocked
 * @param total the sum of them
 * @param delays how many of each {@link DelayHistogram} bin
 */
public record MinuteQuality(
        String symbol,
        EventType type,
        long minuteMicros,
        long messages,
        long gaps,
        long missing,
        long silences,
        long silentMicros,
        long repeats,
        long spikes,
        double worstSpike,
        long crossed,
        long overtaken,
        long clocked,
        long behind,
        long least,
        long most,
        long total,
        long[] delays) {

    /** Both as one; the keys must be equal. */
    public MinuteQuality plus(MinuteQuality other) {
        if (!symbol.equals(other.symbol)
                || type != other.type
                || minuteMicros != other.minuteMicros) {
            throw new IllegalArgumentException(
                    "minutes of one key are added, got %s %s %d and %s %s %d"
                            .formatted(
                                    symbol,
                                    type,
                                    minuteMicros,
                                    other.symbol,
                                    other.type,
                                    other.minuteMicros));
        }
        long[] both = delays.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] += other.delays[i];
        }
        return new MinuteQuality(
                symbol,
                type,
                minuteMicros,
                messages + other.messages,
                gaps + other.gaps,
                missing + other.missing,
                silences + other.silences,
                silentMicros + other.silentMicros,
                repeats + other.repeats,
                spikes + other.spikes,
                Math.max(worstSpike, other.worstSpike),
                crossed + other.crossed,
                overtaken + other.overtaken,
                clocked + other.clocked,
                behind + other.behind,
                Math.min(least, other.least),
                Math.max(most, other.most),
                total + other.total,
                both);
    }
}
