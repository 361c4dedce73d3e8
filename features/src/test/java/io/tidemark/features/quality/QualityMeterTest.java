package io.tidemark.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityMeterTest {
    private static final long MINUTE = 60_000_000;
    private static final long SECOND = 1_000_000;
    private static final long NONE = EventHeader.UNKNOWN_TIME;

    /** Trades with holes, wild prices, clocks that are wrong and messages that overtake. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
    void tradesAreMeasuredAsDefined(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MarketEvent> events = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < 1_500; i++) {
            time +=
                    random.nextInt(50) == 0
                            ? random.nextLong(150 * SECOND)
                            : random.nextLong(SECOND);
            double price = 100 + random.nextDouble(-1, 1) + (random.nextInt(60) == 0 ? 40 : 0);
            long received =
                    random.nextInt(5) == 0 ? NONE : time + random.nextLong(-SECOND, 3 * SECOND);
            events.add(trade(time, received, price));
        }
        QualityMeter meter = new QualityMeter("BTCUSDT", EventType.TRADE);
        List<MinuteQuality> measured = new ArrayList<>();
        for (MarketEvent event : events) {
            meter.take(event);
            if (random.nextInt(100) == 0) {
                measured.addAll(meter.measured());
            }
        }
        measured.addAll(meter.measured());
        assertThat(counts(summed(measured))).isEqualTo(counts(naive(events)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void booksLeaveOutWhatTheirNumbersSay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        QualityMeter meter = new QualityMeter("BTCUSDT", EventType.ORDERBOOK);
        long gaps = 0;
        long missing = 0;
        long crossed = 0;
        long update = 100;
        boolean valid = false;
        for (int i = 0; i < 800; i++) {
            boolean snapshot = i == 0 || random.nextInt(50) == 0;
            long skipped = random.nextInt(20) == 0 ? 1 + random.nextLong(5) : 0;
            update += 1 + skipped;
            if (skipped > 0 && !snapshot) {
                gaps++;
                missing += skipped;
                valid = false;
            }
            valid |= snapshot;
            boolean cross = snapshot && random.nextInt(4) == 0;
            BookUpdate event =
                    new BookUpdate(
                            header(i * SECOND / 4, NONE),
                            snapshot ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA,
                            50,
                            update,
                            snapshot ? new double[] {cross ? 102 : 99, 1 + i} : new double[0],
                            snapshot ? new double[] {101, 1} : new double[0]);
            meter.take(event);
            isCrossed = snapshot ? cross : isCrossed;
            crossed += valid && isCrossed ? 1 : 0;
        }
        List<MinuteQuality> measured = meter.measured();
        assertThat(measured.stream().mapToLong(MinuteQuality::gaps).sum()).isEqualTo(gaps);
        assertThat(measured.stream().mapToLong(MinuteQuality::missing).sum()).isEqualTo(missing);
        assertThat(measured.stream().mapToLong(MinuteQuality::crossed).sum()).isEqualTo(crossed);
        assertThat(gaps).isPositive();
        assertThat(crossed).isPositive();
    }

    private boolean isCrossed;

    @Test
    void candlesLeftOutAreMissing() {
        QualityMeter meter = new QualityMeter("BTCUSDT", EventType.KLINE);
        for (long minute : new long[] {0, 0, 1, 2, 5, 6}) {
            meter.take(candle(minute));
        }
        List<MinuteQuality> measured = meter.measured();
        assertThat(measured.stream().mapToLong(MinuteQuality::gaps).sum()).isEqualTo(1);
        assertThat(measured.stream().mapToLong(MinuteQuality::missing).sum()).isEqualTo(2);
    }

    @Test
    void aFrozenBookRepeatsItself() {
        QualityMeter meter = new QualityMeter("BTCUSDT", EventType.ORDERBOOK);
        for (int i = 0; i < 20; i++) {
            meter.take(
                    new BookUpdate(
                            header(i * SECOND, NONE),
                            BookUpdate.Kind.SNAPSHOT,
                            1,
                            100 + i,
                            new double[] {99, 1},
                            new double[] {101, i < 10 ? 1 : i}));
        }
        assertThat(meter.measured())
                .singleElement()
                .extracting(MinuteQuality::repeats)
                .isEqualTo(9L);
    }

    @Test
    void minutesOfDifferentKeysAreNotAdded() {
        QualityMeter meter = new QualityMeter("BTCUSDT", EventType.TRADE);
        meter.take(trade(0, NONE, 1));
        meter.take(trade(MINUTE, NONE, 1));
        List<MinuteQuality> two = meter.measured();
        assertThatThrownBy(() -> two.get(0).plus(two.get(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one key");
    }

    private static Map<Long, MinuteQuality> summed(List<MinuteQuality> measured) {
        Map<Long, MinuteQuality> minutes = new TreeMap<>();
        measured.forEach(one -> minutes.merge(one.minuteMicros(), one, MinuteQuality::plus));
        return minutes;
    }

    /** Records with arrays are not equal by content: their numbers as text. */
    private static List<String> counts(Map<Long, MinuteQuality> minutes) {
        return minutes.values().stream()
                .map(
                        one ->
                                one.toString().replaceFirst("delays=.*", "")
                                        + java.util.Arrays.toString(one.delays()))
                .toList();
    }

    /** From the definitions, minute by minute, looking at all events before each time. */
    private static Map<Long, MinuteQuality> naive(List<MarketEvent> events) {
        Map<Long, MinuteQuality> minutes = new TreeMap<>();
        RobustWindow window = new RobustWindow();
        for (int i = 0; i < events.size(); i++) {
            Trade event = (Trade) events.get(i);
            EventHeader header = event.header();
            long arrival = arrival(event);
            boolean overtaken = events.subList(0, i).stream().anyMatch(e -> arrival(e) > arrival);
            long silent =
                    i == 0 ? 0 : header.eventTimeMicros() - events.get(i - 1).eventTimeMicros();
            boolean silence = silent > 60 * SECOND;
            double score = window.scoreThenAdd(event.price());
            boolean spike = score > QualityMeter.SPIKE;
            boolean clocked = header.receivedMicros() != NONE;
            long delay = clocked ? header.receivedMicros() - header.eventTimeMicros() : 0;
            long[] delays = new long[DelayHistogram.BINS];
            if (clocked) {
                delays[DelayHistogram.bin(delay)] = 1;
            }
            MinuteQuality one =
                    new MinuteQuality(
                            "BTCUSDT",
                            EventType.TRADE,
                            header.eventTimeMicros() / MINUTE * MINUTE,
                            1,
                            0,
                            0,
                            silence ? 1 : 0,
                            silence ? silent : 0,
                            0,
                            spike ? 1 : 0,
                            spike ? score : 0,
                            0,
                            overtaken ? 1 : 0,
                            clocked ? 1 : 0,
                            clocked && delay < 0 ? 1 : 0,
                            clocked ? delay : Long.MAX_VALUE,
                            clocked ? delay : Long.MIN_VALUE,
                            delay,
                            delays);
            minutes.merge(one.minuteMicros(), one, MinuteQuality::plus);
        }
        return minutes;
    }

    private static long arrival(MarketEvent event) {
        EventHeader header = event.header();
        return header.receivedMicros() == NONE ? header.ingestedMicros() : header.receivedMicros();
    }

    private static Trade trade(long time, long received, double price) {
        return new Trade(header(time, received), price, 1, Trade.Side.BUY, null, false, false);
    }

    private static Kline candle(long minute) {
        return new Kline(
                header(minute * MINUTE, NONE),
                "1",
                minute * MINUTE,
                minute * MINUTE + MINUTE - 1_000,
                1,
                1,
                1,
                1,
                1,
                1,
                true);
    }

    private static EventHeader header(long time, long received) {
        return new EventHeader(
                "BTCUSDT", time, time, received, time + 5, 0, "id-" + time, null, null);
    }
}
