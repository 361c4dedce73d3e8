package io.tidemark.features.label;

import java.util.Locale;

/**
 * What a label says of the time after T. With r the return P(T+h)/P(T)-1, net of costs where there
 * are any.
 */
public enum LabelType {
    /** r. */
    RETURNS,

    /** ln(1+r). */
    LOG_RETURNS,

    /** r times P(T): in quote currency. */
    PRICE_CHANGE,

    /** +1 when r is more than the threshold, -1 when less than minus the threshold, else 0. */
    CLASSIFICATION,

    /** r over the volatility of the window before T; 0 where that is less than 1e-12. */
    RISK_ADJUSTED,

    /**
     * +1 when the return first reaches the upper barrier, -1 the lower, 0 when neither is reached
     * by T+h. Looked at on the grid. López de Prado, Advances in Financial Machine Learning (2018),
     * 3.2-3.6.
     */
    TRIPLE_BARRIER,

    /**
     * +1 when the first candle of length h that begins at or after T closes above its open, -1
     * below, 0 at it. A candle opens at the price before it.
     */
    NEXT_CANDLE_DIRECTION;

    /** Whether the label is one of -1, 0 and +1. */
    public boolean isClass() {
        return this == CLASSIFICATION || this == TRIPLE_BARRIER || this == NEXT_CANDLE_DIRECTION;
    }

    /** The name in requests and manifests: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of that name. {@code regression} is {@code returns}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LabelType of(String wireName) {
        if (wireName.equals("regression")) {
            return RETURNS;
        }
        for (LabelType type : values()) {
            if (type.wireName().equals(wireName)) {
                return type;
            }
        }
        throw new IllegalArgumentException("there is no label type '" + wireName + "'");
    }
}
