package io.tidemark.schemas.event;

/**
 * The numbers a ticker may carry. The ordinal is their index in {@link Ticker#values}: append only,
 * never reorder.
 */
public enum TickerField {
    LAST_PRICE("lastPrice"),
    BID1_PRICE("bid1Price"),
    BID1_SIZE("bid1Size"),
    ASK1_PRICE("ask1Price"),
    ASK1_SIZE("ask1Size"),
    MARK_PRICE("markPrice"),
    INDEX_PRICE("indexPrice"),
    USD_INDEX_PRICE("usdIndexPrice"),
    OPEN_INTEREST("openInterest"),
    OPEN_INTEREST_VALUE("openInterestValue"),
    SINGLE_OPEN_INTEREST("singleOpenInterest"),
    SINGLE_OPEN_INTEREST_VALUE("singleOpenInterestValue"),
    FUNDING_RATE("fundingRate"),
    FUNDING_INTERVAL_HOUR("fundingIntervalHour"),
    FUNDING_CAP("fundingCap"),
    PRICE_24H_PCNT("price24hPcnt"),
    PREV_PRICE_24H("prevPrice24h"),
    PREV_PRICE_1H("prevPrice1h"),
    HIGH_PRICE_24H("highPrice24h"),
    LOW_PRICE_24H("lowPrice24h"),
    VOLUME_24H("volume24h"),
    TURNOVER_24H("turnover24h"),
    PRE_OPEN_PRICE("preOpenPrice"),
    PRE_QTY("preQty");

    private final String wireName;

    TickerField(String wireName) {
        this.wireName = wireName;
    }

    /** The payload's field name. */
    public String wireName() {
        return wireName;
    }
}
