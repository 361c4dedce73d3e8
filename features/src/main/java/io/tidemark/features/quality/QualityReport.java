package io.tidemark.features.quality;

import io.tidemark.features.quality.Finding.Kind;
import io.tidemark.schemas.event.EventType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How good one symbol's data of a period are.
 *
 * @param messages measured: those accepted
 * @param missingRate share of minutes without a message, of the types that have any
 * @param anomalyRate spikes and crossed books, of the messages
 * @param sequenceGaps how often the venue's numbering jumped
 * @param missingMessages how many messages those jumps left out
 * @param desynchronizationEvents silences of one feed, and minutes received before they happened
 * @param outOfOrderShare messages that came before one of an earlier time
 * @param latencyMicros 50th, 90th, 99th and 99.9th percentile of event to receipt; zeros when no
 *     message says when it was received
 * @param findings by time
 * @param recommendations what to do, in words
 */
public record QualityReport(
        String symbol,
        long fromMicros,
        long toMicros,
        long messages,
        double missingRate,
        double anomalyRate,
        long sequenceGaps,
        long missingMessages,
        long desynchronizationEvents,
        double outOfOrderShare,
        long duplicates,
        long late,
        long rejected,
        List<Long> latencyMicros,
        List<Finding> findings,
        List<String> recommendations) {
    private static final long MINUTE = 60_000_000;

    /** Of minutes of that symbol, each key once. */
    public static QualityReport of(
            String symbol,
            long fromMicros,
            long toMicros,
            List<MinuteQuality> minutes,
            List<MinuteFates> fates) {
        Set<EventType> seen = EnumSet.noneOf(EventType.class);
        long[] delays = new long[DelayHistogram.BINS];
        long messages = 0;
        long gaps = 0;
        long missing = 0;
        long anomalies = 0;
        long overtaken = 0;
        long desynchronized = 0;
        for (MinuteQuality one : minutes) {
            if (QualityMeter.usualSilenceMicros(one.type()) > 0) {
                seen.add(one.type());
            }
            messages += one.messages();
            gaps += one.gaps();
            missing += one.missing();
            anomalies += one.spikes() + one.crossed();
            overtaken += one.overtaken();
            desynchronized += one.silences();
            for (int bin = 0; bin < delays.length; bin++) {
                delays[bin] += one.delays()[bin];
            }
        }
        List<Finding> findings = Findings.of(minutes, fates, seen, fromMicros, toMicros);
        desynchronized += minutesOf(findings, Kind.CLOCK_BEHIND);
        long begin = Math.floorDiv(fromMicros, MINUTE);
        long end = Math.floorDiv(toMicros - 1, MINUTE) + 1;
        long expected = seen.size() * Math.max(1, end - begin);
        return new QualityReport(
                symbol,
                fromMicros,
                toMicros,
                messages,
                expected == 0 ? 1 : (double) minutesOf(findings, Kind.MISSING_MINUTES) / expected,
                messages == 0 ? 0 : (double) anomalies / messages,
                gaps,
                missing,
                desynchronized,
                messages == 0 ? 0 : (double) overtaken / messages,
                fates.stream().mapToLong(MinuteFates::duplicates).sum(),
                fates.stream().mapToLong(MinuteFates::late).sum(),
                fates.stream().mapToLong(MinuteFates::rejected).sum(),
                List.of(
                        DelayHistogram.percentileMicros(delays, 0.5),
                        DelayHistogram.percentileMicros(delays, 0.9),
                        DelayHistogram.percentileMicros(delays, 0.99),
                        DelayHistogram.percentileMicros(delays, 0.999)),
                findings,
                recommendations(findings));
    }

    private static long minutesOf(List<Finding> findings, Kind kind) {
        return findings.stream()
                .filter(one -> one.kind() == kind)
                .mapToLong(one -> (one.endMicros() - one.beginMicros()) / MINUTE)
                .sum();
    }

    private static List<String> recommendations(List<Finding> findings) {
        Map<Kind, Set<EventType>> types = new EnumMap<>(Kind.class);
        for (Finding one : findings) {
            types.computeIfAbsent(one.kind(), k -> EnumSet.noneOf(EventType.class)).add(one.type());
        }
        return types.entrySet().stream()
                .map(one -> names(one.getValue()) + ": " + advice(one.getKey()))
                .toList();
    }

    private static String names(Set<EventType> types) {
        return String.join(", ", types.stream().map(EventType::wireName).toList());
    }

    private static String advice(Kind kind) {
        return switch (kind) {
            case SEQUENCE_GAP ->
                    "messages are missing by the venue's own numbering; backfill the span, and look"
                            + " at the gateway's connection and the queue's bound";
            case MISSING_MINUTES ->
                    "minutes have no message; backfill them, or leave them out of datasets";
            case SILENCE -> "the feed was silent for longer than usual; is it still subscribed?";
            case PRICE_SPIKE ->
                    "prices are far from those before; look at them before they are trained on";
            case CROSSED_BOOK -> "best bid at or above best ask; ask for a full book";
            case FROZEN ->
                    "the feed repeats what it said; subscribe again, and do not serve it as new";
            case CLOCK_BEHIND ->
                    "received before it happened; the receiving machine's clock is behind, check"
                            + " its time service";
            case SLOW -> "received long after it happened; the way from the venue is slow";
            case OUT_OF_ORDER ->
                    "many messages overtake each other; raise source.lateness if many are late too";
            case DUPLICATES ->
                    "messages come more than once; they are left out, but somebody sends them"
                            + " twice";
            case LATE ->
                    "messages came after their row; raise source.lateness, or train on the final"
                            + " view";
            case REJECTED -> "messages cannot be read; their reasons are in the rejected archive";
        };
    }
}
