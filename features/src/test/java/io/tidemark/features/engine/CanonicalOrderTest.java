package io.tidemark.features.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalOrderTest {
    private static final double[] NONE = {};

    @Test
    void isByTimeTypeSequenceUpdateIdAndId() {
        List<MarketEvent> ordered =
                List.of(
                        trade(1, 9, "9", 1, 1),
                        trade(2, 1, "2", 1, 1),
                        trade(2, 2, "1", 1, 1),
                        trade(2, 3, "9", 1, 1),
                        trade(2, 3, "10", 1, 1),
                        book(2, 0, 7, "zz"),
                        book(2, 0, 8, "a"),
                        book(2, 1, 2, "a"),
                        Events.kline(2),
                        Events.ticker(2, 1, 1),
                        Events.funding(2, 1, 1),
                        trade(3, 0, "0", 1, 1));
        assertSortsTo(ordered);
    }

    @Test
    void tellsEqualKeysApartByContentAndLastOfAllByReceipt() {
        assertSortsTo(
                List.of(
                        received(5, "a"),
                        received(6, "a"),
                        received(1, "b"),
                        trade(1, 1, "1", 10, 2),
                        trade(1, 1, "1", 11, 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void isATotalOrderOnRandomEvents(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MarketEvent> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(
                    random.nextBoolean()
                            ? trade(
                                    random.nextInt(2),
                                    random.nextInt(2),
                                    String.valueOf(random.nextInt(12)),
                                    random.nextInt(2),
                                    random.nextInt(2))
                            : book(
                                    random.nextInt(2),
                                    random.nextInt(2),
                                    random.nextInt(2),
                                    String.valueOf(random.nextInt(2))));
        }
        for (MarketEvent a : events) {
            for (MarketEvent b : events) {
                int ab = compare(a, b);
                assertThat(ab).isEqualTo(-compare(b, a));
                assertThat(ab == 0).isEqualTo(a.equals(b));
                for (MarketEvent c : events) {
                    if (ab <= 0 && compare(b, c) <= 0) {
                        assertThat(compare(a, c)).isNotPositive();
                    }
                }
            }
        }
    }

    private static void assertSortsTo(List<MarketEvent> ordered) {
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(compare(ordered.get(i), ordered.get(j)))
                        .as("%s and %s", ordered.get(i), ordered.get(j))
                        .isEqualTo(Integer.signum(i - j));
            }
        }
    }

    private static int compare(MarketEvent a, MarketEvent b) {
        return Integer.signum(CanonicalOrder.INSTANCE.compare(a, b));
    }

    private static Trade trade(long time, long sequence, String id, double price, double size) {
        return new Trade(
                Events.header(time, sequence, id), price, size, Trade.Side.BUY, null, false, false);
    }

    private static Trade received(long received, String eventId) {
        return new Trade(
                new EventHeader(Events.SYMBOL, 1, 1, received, received, 1, "1", eventId, null),
                10,
                1,
                Trade.Side.BUY,
                null,
                false,
                false);
    }

    private static BookUpdate book(long time, long sequence, long updateId, String id) {
        return new BookUpdate(
                Events.header(time, sequence, id), BookUpdate.Kind.DELTA, 50, updateId, NONE, NONE);
    }
}
