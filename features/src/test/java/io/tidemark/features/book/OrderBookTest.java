package io.tidemark.features.book;

import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.features.engine.Events;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBookTest {
    private static final double[] BIDS = levels(100, 1, 99, 2, 98, 3);
    private static final double[] ASKS = levels(101, 4, 102, 5, 103, 6);

    private final OrderBook book = new OrderBook();

    private BookChange full(long u) {
        return book.apply(Events.snapshot(0, 50, u, BIDS, ASKS));
    }

    private BookChange change(long u, double[] bids, double[] asks) {
        return book.apply(Events.delta(0, 50, u, bids, asks));
    }

    @Test
    void beginsWithASnapshot() {
        assertThat(book.defined()).isFalse();
        assertThat(book.bestBid()).isNaN();
        assertThat(full(10)).isEqualTo(BookChange.APPLIED);
        assertThat(book.defined()).isTrue();
        assertThat(book.bestBid()).isEqualTo(100);
        assertThat(book.bestAsk()).isEqualTo(101);
        assertThat(book.askSize(2)).isEqualTo(6);
        assertThat(book.bidDepth(2)).isEqualTo(3);
        assertThat(book.bidDepth(9)).isEqualTo(6);
        assertThatThrownBy(() -> book.bidPrice(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> book.bidPrice(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aChangeWithoutABookIsAGapReportedOnce() {
        assertThat(change(5, BIDS, ASKS)).isEqualTo(BookChange.GAP);
        assertThat(change(6, BIDS, ASKS)).isEqualTo(BookChange.IGNORED);
        assertThat(book.valid()).isFalse();
        assertThat(full(7)).isEqualTo(BookChange.APPLIED);
        assertThat(change(9, BIDS, ASKS)).isEqualTo(BookChange.GAP);
    }

    @Test
    void anUpdateIdOfOneIsAFullBookWhateverItsKind() {
        full(10);
        assertThat(change(1, levels(90, 1), levels(91, 1))).isEqualTo(BookChange.RESTART);
        assertThat(book.bidLevels()).isEqualTo(1);
        assertThat(book.bestBid()).isEqualTo(90);
        assertThat(change(2, levels(90.5, 1), levels())).isEqualTo(BookChange.APPLIED);
        assertThat(book.bestBid()).isEqualTo(90.5);
        book.clear();
        assertThat(change(1, BIDS, ASKS)).isEqualTo(BookChange.APPLIED);
        assertThat(change(1, BIDS, ASKS)).isEqualTo(BookChange.APPLIED);
    }

    @Test
    void anOldChangeIsIgnoredAndASnapshotSentAgainIsNormal() {
        full(10);
        change(11, levels(100, 9), levels());
        assertThat(change(11, levels(100, 7), levels())).isEqualTo(BookChange.IGNORED);
        assertThat(change(4, levels(100, 7), levels())).isEqualTo(BookChange.IGNORED);
        assertThat(book.bidSize(0)).isEqualTo(9);
        assertThat(full(11)).isEqualTo(BookChange.APPLIED);
        assertThat(change(12, levels(), levels())).isEqualTo(BookChange.APPLIED);
    }

    @Test
    void aCrossedBookIsUndefinedAndItsChainGoesOn() {
        full(10);
        change(11, levels(101, 1), levels());
        assertThat(book.valid()).isTrue();
        assertThat(book.crossed()).isTrue();
        assertThat(book.defined()).isFalse();
        change(12, levels(), levels(101, 0));
        assertThat(book.defined()).isTrue();
        assertThat(book.bestAsk()).isEqualTo(102);
    }

    @Test
    void takesASnapshotInAnyOrderWithRepeatsAndZeros() {
        book.apply(
                Events.snapshot(
                        0,
                        50,
                        3,
                        levels(98, 3, 100, 1, 99, 2, 97, 0, 99, 5),
                        levels(102, 1, 101, 0)));
        assertThat(book.bidLevels()).isEqualTo(3);
        assertThat(book.bidSize(1)).isEqualTo(5);
        assertThat(book.bestAsk()).isEqualTo(102);
        assertThat(book.askLevels()).isEqualTo(1);
    }

    @Test
    void churnIsTheSizeAddedPlusTheSizeRemoved() {
        book.apply(Events.snapshot(0, 50, 10, levels(100, 1, 99, 2), levels(101, 3)));
        assertThat(book.churn()).as("a first full book tells no change").isZero();
        book.apply(Events.delta(0, 50, 11, levels(100, 0, 99, 2.5), levels(102, 4, 101, 1)));
        assertThat(book.churn()).isEqualTo(1 + 0.5 + 4 + 2);
        book.apply(Events.delta(0, 50, 11, levels(90, 7), levels()));
        assertThat(book.churn()).as("an old one again").isZero();
        book.apply(Events.snapshot(0, 50, 12, levels(99, 2, 98, 1), levels(101, 1, 103, 5)));
        assertThat(book.churn()).isEqualTo(0.5 + 1 + 4 + 5);
        book.apply(Events.delta(0, 50, 14, levels(90, 7), levels()));
        assertThat(book.churn()).as("a gap").isZero();
        book.apply(Events.snapshot(0, 50, 15, levels(99, 2), levels(101, 1)));
        assertThat(book.churn()).as("after a gap").isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void churnOfAFullBookEqualsTheDifferenceOfTheBooks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<Double, Double> before = new TreeMap<>(Comparator.reverseOrder());
        book.apply(Events.snapshot(0, 0, 10, new double[0], new double[0]));
        for (long u = 11; u < 60; u++) {
            SortedMap<Double, Double> after = new TreeMap<>(Comparator.reverseOrder());
            double[] pairs = randomLevels(random, after);
            book.apply(Events.snapshot(0, 0, u, pairs, new double[0]));
            double wanted = 0;
            for (double tenth = 1; tenth < 30_000; tenth++) {
                double price = tenth / 10.0;
                wanted +=
                        Math.abs(after.getOrDefault(price, 0.0) - before.getOrDefault(price, 0.0));
            }
            assertThat(book.churn()).isCloseTo(wanted, within(1e-12 * Math.max(1, wanted)));
            before = after;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void equalsASortedMapOfFiveThousandLevels(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<Double, Double> bids = new TreeMap<>(Comparator.reverseOrder());
        SortedMap<Double, Double> asks = new TreeMap<>();
        OrderBook subject = book;
        subject.apply(Events.snapshot(0, 0, 10, new double[0], new double[0]));
        for (long u = 11; u < 2_000; u++) {
            double[] b = randomLevels(random, bids);
            double[] a = randomLevels(random, asks);
            subject.apply(Events.delta(0, 0, u, b, a));
            if (u % 97 == 0) {
                subject = restored(subject);
            }
            if (u % 50 == 0) {
                assertSame(subject, bids, asks);
            }
        }
        assertSame(subject, bids, asks);
        assertThat(subject.bidLevels()).isGreaterThan(5_000);
    }

    private static double[] randomLevels(SplittableRandom random, SortedMap<Double, Double> side) {
        double[] pairs = new double[2 * random.nextInt(20)];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = random.nextInt(1, 30_000) / 10.0;
            pairs[i + 1] = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 1_000) / 100.0;
            if (pairs[i + 1] == 0) {
                side.remove(pairs[i]);
            } else {
                side.put(pairs[i], pairs[i + 1]);
            }
        }
        return pairs;
    }

    private static void assertSame(
            OrderBook book, SortedMap<Double, Double> bids, SortedMap<Double, Double> asks) {
        assertThat(book.bidLevels()).isEqualTo(bids.size());
        assertThat(book.askLevels()).isEqualTo(asks.size());
        int[] level = {0};
        bids.forEach(
                (price, size) -> {
                    assertThat(book.bidPrice(level[0])).isEqualTo(price);
                    assertThat(book.bidSize(level[0]++)).isEqualTo(size);
                });
        level[0] = 0;
        asks.forEach(
                (price, size) -> {
                    assertThat(book.askPrice(level[0])).isEqualTo(price);
                    assertThat(book.askSize(level[0]++)).isEqualTo(size);
                });
    }

    private static OrderBook restored(OrderBook book) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.save(new DataOutputStream(bytes));
        OrderBook restored = new OrderBook();
        restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return restored;
    }
}
