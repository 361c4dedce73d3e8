package io.tidemark.local.capture;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names under which a recording's instruments are published: the exchange's own, and where two
 * markets of the recording have the same name, that with the market behind ({@code BTCUSDT-SPOT}).
 */
final class SymbolNames {
    private final Map<String, Set<Market>> markets = new HashMap<>();

    static SymbolNames of(Collection<CaptureScan.Content> contents) {
        SymbolNames names = new SymbolNames();
        for (CaptureScan.Content content : contents) {
            for (String symbol : content.symbols()) {
                names.markets
                        .computeIfAbsent(symbol, s -> EnumSet.noneOf(Market.class))
                        .add(content.connection().market());
            }
        }
        return names;
    }

    /** The name to publish under. */
    String published(String symbol, Market market) {
        Set<Market> known = markets.getOrDefault(symbol, Set.of(market));
        return known.size() < 2 ? symbol : symbol + "-" + market.name().toUpperCase(Locale.ROOT);
    }

    /** Every name to publish under, in alphabetical order. */
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        markets.forEach((symbol, on) -> on.forEach(market -> all.add(published(symbol, market))));
        return all;
    }
}
