package io.tidemark.features.quality;

import io.tidemark.features.quality.Finding.Kind;
import io.tidemark.schemas.event.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What minutes say is wrong. Minutes that follow each other with the same trouble are one finding.
 */
final class Findings {
    private static final long MINUTE = 60_000_000;
    private static final double SECOND = 1e6;

    /** From so many repetitions in a minute, and this share of its messages, a feed is frozen. */
    private static final long FROZEN_MESSAGES = 10;

    private static final double FROZEN_SHARE = 0.9;

    /** Clocks this much apart are told; less is a matter of milliseconds on the wire. */
    private static final long BEHIND_MICROS = 100_000;

    private static final long SLOW_MICROS = 5_000_000;
    private static final double DISORDER_SHARE = 0.05;

    private final Map<Kind, Map<EventType, Finding>> open = new EnumMap<>(Kind.class);
    private final List<Finding> found = new ArrayList<>();

    private Findings() {}

    /**
     * All of [from, to), by time; minutes of one symbol, each key once, in any order.
     *
     * @param expected types of which every minute must have a message
     */
    static List<Finding> of(
            List<MinuteQuality> minutes,
            List<MinuteFates> fates,
            Set<EventType> expected,
            long fromMicros,
            long toMicros) {
        Findings findings = new Findings();
        minutes.stream()
                .sorted(Comparator.comparingLong(MinuteQuality::minuteMicros))
                .forEach(findings::look);
        fates.stream()
                .sorted(Comparator.comparingLong(MinuteFates::minuteMicros))
                .forEach(findings::look);
        findings.missing(minutes, expected, fromMicros, toMicros);
        findings.open.values().forEach(byType -> findings.found.addAll(byType.values()));
        findings.found.sort(
                Comparator.comparingLong(Finding::beginMicros)
                        .thenComparing(Finding::kind)
                        .thenComparing(Finding::type));
        return findings.found;
    }

    private void look(MinuteQuality one) {
        note(Kind.SEQUENCE_GAP, one, one.missing(), (double) one.missing());
        note(Kind.SILENCE, one, one.silences(), one.silentMicros() / SECOND);
        note(Kind.PRICE_SPIKE, one, one.spikes(), one.worstSpike());
        note(Kind.CROSSED_BOOK, one, one.crossed(), 0);
        boolean frozen =
                one.repeats() >= FROZEN_MESSAGES && one.repeats() >= FROZEN_SHARE * one.messages();
        note(Kind.FROZEN, one, frozen ? one.repeats() : 0, 0);
        boolean behind = one.clocked() > 0 && one.least() < -BEHIND_MICROS;
        note(Kind.CLOCK_BEHIND, one, behind ? one.behind() : 0, -one.least() / SECOND);
        boolean slow = one.clocked() > 0 && one.total() / one.clocked() > SLOW_MICROS;
        note(Kind.SLOW, one, slow ? one.clocked() : 0, one.most() / SECOND);
        double disorder = (double) one.overtaken() / one.messages();
        note(Kind.OUT_OF_ORDER, one, disorder > DISORDER_SHARE ? one.overtaken() : 0, disorder);
    }

    private void look(MinuteFates one) {
        long begin = one.minuteMicros();
        note(Kind.DUPLICATES, one.type(), begin, one.duplicates(), (double) one.duplicates());
        note(Kind.LATE, one.type(), begin, one.late(), (double) one.late());
        note(Kind.REJECTED, one.type(), begin, one.rejected(), (double) one.rejected());
    }

    private void missing(List<MinuteQuality> minutes, Set<EventType> expected, long from, long to) {
        Map<EventType, Set<Long>> there = new HashMap<>();
        for (MinuteQuality one : minutes) {
            there.computeIfAbsent(one.type(), type -> new TreeSet<>()).add(one.minuteMicros());
        }
        for (EventType type : expected) {
            Set<Long> own = there.getOrDefault(type, Set.of());
            for (long begin = Math.floorDiv(from, MINUTE) * MINUTE; begin < to; begin += MINUTE) {
                note(Kind.MISSING_MINUTES, type, begin, own.contains(begin) ? 0 : 1, 0);
            }
        }
    }

    private void note(Kind kind, MinuteQuality one, long count, double worst) {
        note(kind, one.type(), one.minuteMicros(), count, worst);
    }

    private void note(Kind kind, EventType type, long begin, long count, double worst) {
        if (count == 0) {
            return;
        }
        Finding next = new Finding(kind, type, begin, begin + MINUTE, count, worst);
        Map<EventType, Finding> byType =
                open.computeIfAbsent(kind, k -> new EnumMap<>(EventType.class));
        Finding before = byType.get(type);
        if (before == null) {
            byType.put(type, next);
        } else if (before.isFollowedBy(next)) {
            byType.put(type, before.with(next));
        } else {
            found.add(before);
            byType.put(type, next);
        }
    }
}
