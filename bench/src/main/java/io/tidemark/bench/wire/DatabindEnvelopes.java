package io.tidemark.bench.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.schemas.event.EventType;
import org.jspecify.annotations.Nullable;

/** The envelopes as records for Jackson's databind: the baseline of {@link DecodeBenchmark}. */
final class DatabindEnvelopes {
    private DatabindEnvelopes() {}

    static Class<?> classOf(EventType type) {
        return switch (type) {
            case TRADE -> TradeEnvelope.class;
            case ORDERBOOK -> BookEnvelope.class;
            case TICKER -> TickerEnvelope.class;
            case KLINE, FUNDING -> throw new IllegalArgumentException("no baseline for " + type);
        };
    }

    record TradeEnvelope(
            @JsonProperty("event_id") String eventId,
            @JsonProperty("event_type") String eventType,
            String topic,
            String timestamp,
            @JsonProperty("received_at") String receivedAt,
            @JsonProperty("trace_id") String traceId,
            TradePayload payload) {}

    record TradePayload(
            @JsonProperty("T") long time,
            @JsonProperty("s") String symbol,
            @JsonProperty("S") String side,
            @JsonProperty("v") double size,
            @JsonProperty("p") double price,
            @JsonProperty("L") @Nullable String tickDirection,
            @JsonProperty("i") String id,
            @JsonProperty("BT") boolean blockTrade,
            @JsonProperty("RPI") boolean rpi,
            long seq) {}

    record BookEnvelope(
            @JsonProperty("event_id") String eventId,
            @JsonProperty("event_type") String eventType,
            String topic,
            String timestamp,
            @JsonProperty("received_at") String receivedAt,
            @JsonProperty("trace_id") String traceId,
            BookPayload payload) {}

    record BookPayload(
            @JsonProperty("s") String symbol,
            @JsonProperty("b") double[][] bids,
            @JsonProperty("a") double[][] asks,
            @JsonProperty("u") long updateId,
            long seq,
            String type,
            long cts) {}

    record TickerEnvelope(
            @JsonProperty("event_id") String eventId,
            @JsonProperty("event_type") String eventType,
            String topic,
            String timestamp,
            @JsonProperty("received_at") String receivedAt,
            @JsonProperty("trace_id") String traceId,
            TickerPayload payload) {}

    record TickerPayload(
            String symbol,
            String type,
            @Nullable String tickDirection,
            @Nullable Double lastPrice,
            @Nullable Double bid1Price,
            @Nullable Double bid1Size,
            @Nullable Double ask1Price,
            @Nullable Double ask1Size,
            @Nullable Double markPrice,
            @Nullable Double indexPrice,
            @Nullable Double openInterest,
            @Nullable Double openInterestValue,
            @Nullable Double fundingRate,
            @Nullable String nextFundingTime,
            @Nullable Double price24hPcnt,
            @Nullable Double prevPrice24h,
            @Nullable Double prevPrice1h,
            @Nullable Double highPrice24h,
            @Nullable Double lowPrice24h,
            @Nullable Double volume24h,
            @Nullable Double turnover24h) {}
}
