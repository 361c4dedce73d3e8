package io.tidemark.features.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidemark.schemas.event.BookUpdate;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200, 500})
    void allocatesNothingOnceItsSidesHaveGrown(int depth) {
        NaiveDepthFeed feed = new NaiveDepthFeed(3, depth);
        BookUpdate[] messages = new BookUpdate[4_000];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = i % 1_000 == 0 ? feed.full() : feed.change(i % 10 != 0);
        }
        assertThat(leastAllocated(messages)).isZero();
    }

    @Test
    void allocatesNothingForChecksums() {
        NaiveDepthFeed feed = new NaiveDepthFeed(5, 200);
        OrderBook venue = new OrderBook();
        BookChecksum checksum = new BookChecksum();
        BookUpdate[] messages = new BookUpdate[1_000];
        for (int i = 0; i < messages.length; i++) {
            BookUpdate message = i == 0 ? feed.full() : feed.change(true);
            venue.apply(message);
            messages[i] =
                    new BookUpdate(
                            message.header(),
                            message.kind(),
                            message.depth(),
                            message.updateId(),
                            message.bids(),
                            message.asks(),
                            checksum.of(venue));
            assertThat(messages[i].hasChecksum()).isTrue();
        }
        assertThat(leastAllocated(messages)).isZero();
    }

    private static long leastAllocated(BookUpdate[] messages) {
        OrderBook book = new OrderBook();
        applied(book, messages);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = allocatedBytes();
            double churn = applied(book, messages);
            // The JVM itself allocates in this thread, once, when it links a call.
            least = Math.min(least, allocatedBytes() - before);
            assertThat(churn).isPositive();
            assertThat(book.valid()).isTrue();
        }
        return least;
    }

    private static long allocatedBytes() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Something that only a book that took them all answers. */
    private static double applied(OrderBook book, BookUpdate[] messages) {
        double churn = 0;
        for (BookUpdate message : messages) {
            book.apply(message);
            churn += book.churn();
        }
        return churn;
    }
}
