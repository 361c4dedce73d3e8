package io.tidemark.local.simulator;

import io.tidemark.schemas.event.Symbols;
import java.util.HashSet;
import java.util.List;

/**
 * What market to make.
 *
 * @param symbols at least one, each once; well-known ones get their usual price and tick
 * @param eventsPerSecond of all symbols together, on average; more than 0, at most {@value
 *     #MAX_EVENTS_PER_SECOND}
 * @param seed the same seed and start time give the same events
 */
public record SimulatorSettings(List<String> symbols, double eventsPerSecond, long seed) {
    /** The most events a second that can be asked for. */
    public static final double MAX_EVENTS_PER_SECOND = 10_000;

    /** The symbols of a market nobody described. */
    public static final List<String> DEFAULT_SYMBOLS =
            List.of(
                    "BTCUSDT",
                    "ETHUSDT",
                    "SOLUSDT",
                    "XRPUSDT",
                    "BNBUSDT",
                    "DOGEUSDT",
                    "ADAUSDT",
                    "AVAXUSDT",
                    "LINKUSDT",
                    "LTCUSDT");

    /** Refuses a market without symbols, with a symbol twice, or with an impossible rate. */
    public SimulatorSettings {
        symbols = List.copyOf(symbols);
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("symbols: wanted at least one, got none");
        }
        if (new HashSet<>(symbols).size() != symbols.size()) {
            throw new IllegalArgumentException("symbols: wanted each once, got " + symbols);
        }
        for (String symbol : symbols) {
            if (!Symbols.isSymbol(symbol)) {
                throw new IllegalArgumentException(
                        "symbols: wanted 2 to 40 of A-Z 0-9 _ -, got '" + symbol + "'");
            }
        }
        if (!(eventsPerSecond > 0 && eventsPerSecond <= MAX_EVENTS_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "rate: wanted more than 0 and at most %.0f events per second, got %s"
                            .formatted(MAX_EVENTS_PER_SECOND, eventsPerSecond));
        }
    }
}
