package io.tidemark.local.capture;

import java.util.Locale;
import java.util.Optional;

/** The markets of an exchange on which one name may mean different instruments. */
public enum Market {
    LINEAR,
    SPOT,
    INVERSE;

    /** The market's name in addresses and options: linear, spot, inverse. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The market of a Bybit v5 address like {@code wss://host/v5/public/linear}. */
    static Optional<Market> ofAddress(String address) {
        for (Market market : values()) {
            if (address.endsWith("/v5/public/" + market.wireName())) {
                return Optional.of(market);
            }
        }
        return Optional.empty();
    }
}
