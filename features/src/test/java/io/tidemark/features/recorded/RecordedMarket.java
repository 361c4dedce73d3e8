package io.tidemark.features.recorded;

import io.tidemark.features.engine.CanonicalOrder;
import io.tidemark.features.engine.Events;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recordings as events of one symbol in canonical order; a test is skipped where they are absent.
 */
public final class RecordedMarket {
    private static final String BYBIT =
            "1_ws_capture/bybit_v5/split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz";
    private static final String BINANCE = "1_ws_capture/binance_hftbacktest/usdm_btcusdt_";

    private RecordedMarket() {}

    /** 44 seconds of trades, book and ticker of a perpetual of that name on Bybit. */
    public static List<MarketEvent> bybit(String symbol) throws IOException {
        List<MarketEvent> events = new ArrayList<>();
        for (String line : Recording.lines(BYBIT)) {
            if (!line.contains("\"recv\"") || !line.contains("BYBIT.ws.2")) {
                continue;
            }
            Json message = Json.parse(Json.parse(line).get("data").text());
            if (message.has("topic") && message.get("topic").text().endsWith("." + symbol)) {
                add(events, message);
            }
        }
        events.sort(CanonicalOrder.INSTANCE);
        return events;
    }

    private static void add(List<MarketEvent> events, Json message) {
        String topic = message.get("topic").text();
        Json data = message.get("data");
        long time = message.get("ts").integer() * Events.MS;
        if (topic.startsWith("publicTrade.")) {
            data.items().forEach(item -> events.add(bybitTrade(item)));
        } else if (topic.startsWith("orderbook.")) {
            events.add(
                    Events.book(
                            message.get("cts").integer() * Events.MS,
                            message.get("type").text().equals("snapshot")
                                    ? BookUpdate.Kind.SNAPSHOT
                                    : BookUpdate.Kind.DELTA,
                            200,
                            data.get("u").integer(),
                            data.get("b").levels(),
                            data.get("a").levels()));
        } else if (topic.startsWith("tickers.")) {
            events.add(bybitTicker(time, data));
        }
    }

    private static Trade bybitTrade(Json item) {
        return Events.trade(
                item.get("T").integer() * Events.MS,
                item.get("i").text(),
                item.get("p").number(),
                item.get("v").number(),
                item.get("S").text().equals("Buy") ? Trade.Side.BUY : Trade.Side.SELL);
    }

    private static Ticker bybitTicker(long time, Json data) {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        for (TickerField field : TickerField.values()) {
            if (data.has(field.wireName()) && !data.get(field.wireName()).text().isEmpty()) {
                values[field.ordinal()] = data.get(field.wireName()).number();
            }
        }
        long next =
                data.has("nextFundingTime")
                        ? data.get("nextFundingTime").integer() * Events.MS
                        : EventHeader.UNKNOWN_TIME;
        return new Ticker(Events.header(time, 0, "t" + time), false, values, next, null, null);
    }

    /** The trades of a perpetual on Binance, from 2024-07-18 over midnight. */
    public static List<MarketEvent> binanceTrades() throws IOException {
        List<MarketEvent> events = new ArrayList<>();
        for (String day : List.of("20240718.gz", "20240719.gz")) {
            for (String line : Recording.lines(BINANCE + day)) {
                if (line.contains("@trade")) {
                    Json trade = Json.parse(line.substring(line.indexOf(' ') + 1)).get("data");
                    if (trade.get("q").number() > 0) {
                        events.add(binanceTrade(trade));
                    }
                }
            }
        }
        events.sort(CanonicalOrder.INSTANCE);
        return events;
    }

    private static Trade binanceTrade(Json trade) {
        boolean buyerWaited = trade.get("m").text().equals("true");
        return Events.trade(
                trade.get("T").integer() * Events.MS,
                trade.get("t").text(),
                trade.get("p").number(),
                trade.get("q").number(),
                buyerWaited ? Trade.Side.SELL : Trade.Side.BUY);
    }
}
