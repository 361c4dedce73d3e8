package io.tidemark.features.engine;

import io.tidemark.schemas.event.MarketEvent;

/**
 * When two messages are one event: same type, symbol, id and event time. The rest (envelope, times
 * of receipt) may differ, as when a publisher sends again.
 */
public final class EventIdentity {
    private EventIdentity() {}

    /** Whether they are the same event of the venue. */
    public static boolean same(MarketEvent a, MarketEvent b) {
        return a.eventTimeMicros() == b.eventTimeMicros()
                && a.type() == b.type()
                && a.header().id().equals(b.header().id())
                && a.symbol().equals(b.symbol());
    }

    /**
     * 64 well-mixed bits of the identity, the same on every machine and in every release: two equal
     * events hash alike, two different ones collide by chance only. O(length of symbol and id).
     */
    public static long hash(MarketEvent event) {
        long hash = mix(0x9E3779B97F4A7C15L ^ event.eventTimeMicros());
        hash = mix(hash ^ (event.type().ordinal() + 1));
        hash = text(hash, event.symbol());
        return text(hash, event.header().id());
    }

    /** Takes four characters at a time, then the length, so that "ab","c" is not "a","bc". */
    private static long text(long hash, String text) {
        long word = 0;
        for (int i = 0; i < text.length(); i++) {
            word = word << 16 | text.charAt(i);
            if ((i & 3) == 3) {
                hash = mix(hash ^ word);
                word = 0;
            }
        }
        return mix(mix(hash ^ word) + text.length());
    }

    /**
     * The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.
     */
    private static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
