package io.tidemark.features.registry;

import io.tidemark.schemas.registry.FeatureEntry;
import java.util.Map;
import java.util.TreeMap;

/**
 * 64 bits of a feature's definition, the same on every machine and in every release: kept values
 * are taken over from a saved state only by a feature of the same definition.
 */
final class Fingerprint {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private long value = FNV_OFFSET;

    private Fingerprint() {}

    static Fingerprint of(FeatureEntry entry, long cadenceMicros, long carryMicros) {
        Fingerprint result = new Fingerprint();
        String function = entry.function();
        result.add(function == null ? entry.name() : function);
        Map<String, String> params = new TreeMap<>();
        entry.params().forEach((name, given) -> params.put(name, given.text()));
        params.forEach((name, text) -> result.add(name + "=" + text));
        result.add(entry.lookbackMicros());
        result.add(cadenceMicros);
        result.add(carryMicros);
        return result;
    }

    void add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    /** Fowler-Noll-Vo 1a, eight bytes of it. */
    void add(long number) {
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            value = (value ^ ((number >>> shift) & 0xFF)) * FNV_PRIME;
        }
    }

    long value() {
        return value;
    }
}
