package io.tidemark.schemas.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a feature may be computed from. */
public enum InputSource {
    TRADES("trades"),
    ORDERBOOK("orderbook"),
    KLINE("kline"),
    TICKER("ticker"),
    FUNDING("funding");

    private final String wireName;

    InputSource(String wireName) {
        this.wireName = wireName;
    }

    /** The name in a registry file. */
    public String wireName() {
        return wireName;
    }

    /** The source of that name; empty when there is none. */
    public static Optional<InputSource> ofWireName(String wireName) {
        return Arrays.stream(values()).filter(s -> s.wireName.equals(wireName)).findFirst();
    }

    /** All names, in the order of the constants. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(InputSource::wireName).toList();
    }
}
