package io.tidemark.local.drill;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.features.engine.EventIdentity;
import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.MarketEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Accepted events by symbol, in their binary form: some 150 bytes each. */
final class AcceptedEvents {
    private final Map<String, List<byte[]>> bySymbol = new TreeMap<>();

    void add(MarketEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            EventCodec.write(event, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        bySymbol.computeIfAbsent(event.symbol(), key -> new ArrayList<>()).add(bytes.toByteArray());
    }

    Set<String> symbols() {
        return bySymbol.keySet();
    }

    /** The events of a symbol in canonical order. */
    List<MarketEvent> of(String symbol) {
        List<byte[]> all = bySymbol.getOrDefault(symbol, List.of());
        List<MarketEvent> events = new ArrayList<>(all.size());
        for (byte[] one : all) {
            events.add(read(one));
        }
        events.sort(CanonicalOrder.INSTANCE);
        return events;
    }

    /** Events that were accepted before. */
    long repeated() {
        long repeated = 0;
        for (List<byte[]> all : bySymbol.values()) {
            long[] identities =
                    all.stream().mapToLong(one -> EventIdentity.hash(read(one))).toArray();
            Arrays.sort(identities);
            for (int i = 1; i < identities.length; i++) {
                if (identities[i] == identities[i - 1]) {
                    repeated++;
                }
            }
        }
        return repeated;
    }

    private static MarketEvent read(byte[] form) {
        try {
            return (MarketEvent)
                    EventCodec.read(new DataInputStream(new ByteArrayInputStream(form)));
        } catch (IOException e) {
            throw new UncheckedIOException("written by this process", e);
        }
    }
}
