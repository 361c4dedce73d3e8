package io.tidemark.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketSimulatorTest {
    private static final long START = 1_790_000_000_000_000L - 20_000_000L;
    private static final int EVENTS = 60_000;

    private static List<MarketEvent> events(long seed, double rate, int count) {
        MarketSimulator market =
                new MarketSimulator(
                        new SimulatorSettings(SimulatorSettings.DEFAULT_SYMBOLS, rate, seed),
                        START);
        List<MarketEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(market.next());
        }
        return events;
    }

    private static List<MarketEvent> of(List<MarketEvent> events, String symbol, EventType type) {
        return events.stream()
                .filter(event -> event.symbol().equals(symbol) && event.type() == type)
                .toList();
    }

    @Test
    void theSameSeedMakesTheSameEvents() {
        assertThat(events(7, 400, 5_000)).isEqualTo(events(7, 400, 5_000));
    }

    @Test
    void anotherSeedMakesOtherEvents() {
        assertThat(events(7, 400, 500)).isNotEqualTo(events(8, 400, 500));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void timesNeverGoBackAndNoEventComesTwice(long seed) {
        Set<String> ids = new HashSet<>();
        long last = START;
        for (MarketEvent event : events(seed, 400, EVENTS)) {
            assertThat(event.eventTimeMicros()).isGreaterThanOrEqualTo(last);
            last = event.eventTimeMicros();
            assertThat(ids.add(event.symbol() + event.type() + event.header().id())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void booksAreNeverCrossedAndUpdateIdsAreContiguous(long seed) {
        Map<String, TreeMap<Double, Double>> bids = new HashMap<>();
        Map<String, TreeMap<Double, Double>> asks = new HashMap<>();
        Map<String, Long> lastUpdate = new HashMap<>();
        for (MarketEvent event : events(seed, 2_000, EVENTS)) {
            if (!(event instanceof BookUpdate book)) {
                continue;
            }
            Long previous = lastUpdate.put(book.symbol(), book.updateId());
            if (previous == null) {
                assertThat(book.kind()).isEqualTo(BookUpdate.Kind.SNAPSHOT);
            } else {
                assertThat(book.kind()).isEqualTo(BookUpdate.Kind.DELTA);
                assertThat(book.updateId()).isEqualTo(previous + 1);
            }
            TreeMap<Double, Double> bid = bids.computeIfAbsent(book.symbol(), s -> new TreeMap<>());
            TreeMap<Double, Double> ask = asks.computeIfAbsent(book.symbol(), s -> new TreeMap<>());
            apply(book.bids(), bid);
            apply(book.asks(), ask);
            assertThat(bid).hasSize(SimulatedBook.LEVELS);
            assertThat(ask).hasSize(SimulatedBook.LEVELS);
            assertThat(bid.lastKey()).isLessThan(ask.firstKey());
        }
        assertThat(lastUpdate).hasSize(10);
    }

    private static void apply(double[] levels, Map<Double, Double> side) {
        for (int i = 0; i < levels.length; i += 2) {
            if (levels[i + 1] == 0) {
                assertThat(side.remove(levels[i])).as("removed level").isNotNull();
            } else {
                side.put(levels[i], levels[i + 1]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void confirmedCandlesEqualTheirTradesAndOpenAtThePreviousClose(long seed) {
        List<MarketEvent> events = events(seed, 400, EVENTS);
        for (String symbol : SimulatorSettings.DEFAULT_SYMBOLS) {
            List<Kline> closed =
                    of(events, symbol, EventType.KLINE).stream()
                            .map(Kline.class::cast)
                            .filter(Kline::confirm)
                            .toList();
            assertThat(closed.size()).isGreaterThanOrEqualTo(2);
            List<Trade> trades =
                    of(events, symbol, EventType.TRADE).stream().map(Trade.class::cast).toList();
            double previousClose = Double.NaN;
            Set<Long> starts = new HashSet<>();
            for (Kline candle : closed) {
                assertThat(starts.add(candle.startMicros())).isTrue();
                assertCandle(candle, trades);
                if (!Double.isNaN(previousClose)) {
                    assertThat(candle.open()).isEqualTo(previousClose);
                }
                previousClose = candle.close();
            }
        }
    }

    private static void assertCandle(Kline candle, List<Trade> trades) {
        double high = candle.open();
        double low = candle.open();
        double close = candle.open();
        double volume = 0;
        for (Trade trade : trades) {
            long time = trade.eventTimeMicros();
            if (time >= candle.startMicros() && time <= candle.endMicros()) {
                high = Math.max(high, trade.price());
                low = Math.min(low, trade.price());
                close = trade.price();
                volume += trade.size();
            }
        }
        assertThat(candle.high()).isEqualTo(high);
        assertThat(candle.low()).isEqualTo(low);
        assertThat(candle.close()).isEqualTo(close);
        assertThat(candle.volume()).isCloseTo(volume, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999})
    void pricesStayPlausibleWhateverTheStart(long offsetMicros) {
        MarketSimulator market =
                new MarketSimulator(
                        new SimulatorSettings(SimulatorSettings.DEFAULT_SYMBOLS, 400, 1),
                        START + offsetMicros);
        Map<String, Double> first = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            if (market.next() instanceof Trade trade) {
                double start = first.computeIfAbsent(trade.symbol(), s -> trade.price());
                assertThat(trade.price() / start).isBetween(0.97, 1.03);
            }
        }
        assertThat(first.get("BTCUSDT")).isBetween(64_000.0, 66_000.0);
    }

    @Test
    void tradesAreAtTheTouchOfTheBookBeforeThem() {
        TreeMap<Double, Double> bids = new TreeMap<>();
        TreeMap<Double, Double> asks = new TreeMap<>();
        int trades = 0;
        for (MarketEvent event : events(11, 400, 60_000)) {
            if (!event.symbol().equals("BTCUSDT")) {
                continue;
            }
            if (event instanceof BookUpdate book) {
                apply(book.bids(), bids);
                apply(book.asks(), asks);
            } else if (event instanceof Trade trade) {
                trades++;
                boolean buy = trade.takerSide() == Trade.Side.BUY;
                assertThat(trade.price()).isEqualTo(buy ? asks.firstKey() : bids.lastKey());
            }
        }
        assertThat(trades).isGreaterThan(3_000);
    }

    @Test
    void takerSidesComeInRunsAndArrivalsInClusters() {
        List<MarketEvent> trades = of(events(4, 400, EVENTS), "BTCUSDT", EventType.TRADE);
        int same = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 1; i < trades.size(); i++) {
            Trade a = (Trade) trades.get(i - 1);
            Trade b = (Trade) trades.get(i);
            same += a.takerSide() == b.takerSide() ? 1 : 0;
            double wait = b.eventTimeMicros() - a.eventTimeMicros();
            sum += wait;
            squares += wait * wait;
        }
        int n = trades.size() - 1;
        assertThat((double) same / n).isBetween(0.7, 0.86);
        double mean = sum / n;
        // A Poisson process has 1.
        assertThat(Math.sqrt(squares / n - mean * mean) / mean).isGreaterThan(1.2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, 400, 3_000, 10_000})
    void theRateIsTheOneAskedFor(double rate) {
        int count = (int) (rate * 60);
        List<MarketEvent> events = events(3, rate, count);
        double seconds = (events.get(count - 1).eventTimeMicros() - START) / 1e6;
        assertThat(count / seconds).isBetween(rate * 0.75, rate * 1.25);
    }

    @Test
    void theTickerBeginsWithASnapshotAndThenNamesOnlyWhatChanged() {
        List<MarketEvent> tickers = of(events(5, 400, 20_000), "ETHUSDT", EventType.TICKER);
        Ticker first = (Ticker) tickers.get(0);
        assertThat(first.snapshot()).isTrue();
        double[] known = first.values().clone();
        long named = 0;
        for (MarketEvent event : tickers.subList(1, tickers.size())) {
            Ticker change = (Ticker) event;
            assertThat(change.snapshot()).isFalse();
            for (int i = 0; i < known.length; i++) {
                double value = change.values()[i];
                if (!Double.isNaN(value)) {
                    assertThat(value).isNotEqualTo(known[i]);
                    known[i] = value;
                    named++;
                }
            }
        }
        assertThat(named).isPositive();
    }

    @Test
    void everyEventSurvivesTheWire() throws Exception {
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        for (MarketEvent event : events(9, 400, 5_000)) {
            byte[] body = encoder.encode(event, EnvelopeEncoder.topic(event), null, null);
            MarketEvent decoded = decoder.decode(event.type(), body, event.eventTimeMicros());
            // Of what the venue gives no identity, the identity is made of all the content.
            assertThat(decoded.header().id()).isEqualTo(event.header().id());
            assertThat(encoder.encode(decoded, EnvelopeEncoder.topic(decoded), null, null))
                    .isEqualTo(body);
        }
    }

    @Test
    void refusesARateOrSymbolsItCannotMake() {
        assertThatThrownBy(() -> new SimulatorSettings(List.of("BTCUSDT"), 10_001, 1))
                .hasMessageContaining("at most 10000 events per second, got 10001");
        assertThatThrownBy(() -> new SimulatorSettings(List.of("BTCUSDT", "BTCUSDT"), 10, 1))
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> new SimulatorSettings(List.of("../x"), 10, 1))
                .hasMessageContaining("got '../x'");
        assertThatThrownBy(() -> new SimulatorSettings(List.of(), 10, 1))
                .hasMessageContaining("at least one");
    }
}
