package io.tidemark.features.book;

import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookAtDepthTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "50, 2", "200, 3", "200, 5", "500, 8", "500, 13", "2000, 21"})
    void equalsTwoSortedMapsAfterEachOfThousandsOfChanges(int depth, long seed) throws IOException {
        NaiveDepthFeed feed = new NaiveDepthFeed(seed, depth);
        OrderBook book = new OrderBook();
        book.apply(feed.full());
        assertSame(book, feed);
        for (int i = 1; i <= 5_000; i++) {
            boolean bestFirst = i % 10 != 0;
            if (i % 1_000 == 0) {
                assertThat(book.apply(feed.full())).isEqualTo(BookChange.APPLIED);
            } else {
                assertThat(book.apply(feed.change(bestFirst))).isEqualTo(BookChange.APPLIED);
            }
            assertThat(book.churn()).as("message %d", i).isEqualTo(feed.churn);
            if (i % 333 == 0) {
                book = restored(book);
            }
            if (i % 7 == 0 || i < 50) {
                assertSame(book, feed);
            }
        }
    }

    @Test
    void aBookThatOnlyMovesOneWayKeepsItsLevels() {
        OrderBook book = new OrderBook();
        book.apply(Events.snapshot(0, 3, 10, levels(3, 1, 2, 1, 1, 1), levels(4, 1, 5, 1, 6, 1)));
        for (int u = 11; u < 5_000; u++) {
            double best = u - 7;
            book.apply(
                    Events.delta(
                            0, 3, u, levels(best, u, best - 3, 0), levels(best, 0, best + 3, u)));
            assertThat(book.bidLevels()).isEqualTo(3);
            assertThat(book.askLevels()).isEqualTo(3);
            assertThat(book.bestBid()).isEqualTo(best);
            assertThat(book.bestAsk()).isEqualTo(best + 1);
            assertThat(book.bidPrice(2)).isEqualTo(best - 2);
            assertThat(book.askPrice(2)).isEqualTo(best + 3);
        }
    }

    private static void assertSame(OrderBook book, NaiveDepthFeed feed) {
        assertSame(feed.bids, book.bidLevels(), book::bidPrice, book::bidSize);
        assertSame(feed.asks, book.askLevels(), book::askPrice, book::askSize);
    }

    private static void assertSame(
            NavigableMap<Double, Double> wanted,
            int levels,
            IntToDoubleFunction price,
            IntToDoubleFunction size) {
        double[] wantedPrices = new double[wanted.size()];
        double[] wantedSizes = new double[wanted.size()];
        int at = 0;
        for (var level : wanted.entrySet()) {
            wantedPrices[at] = level.getKey();
            wantedSizes[at++] = level.getValue();
        }
        double[] prices = new double[levels];
        double[] sizes = new double[levels];
        for (int i = 0; i < levels; i++) {
            prices[i] = price.applyAsDouble(i);
            sizes[i] = size.applyAsDouble(i);
        }
        assertThat(prices).isEqualTo(wantedPrices);
        assertThat(sizes).isEqualTo(wantedSizes);
    }

    private static OrderBook restored(OrderBook book) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.save(new DataOutputStream(bytes));
        OrderBook restored = new OrderBook();
        restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return restored;
    }
}
