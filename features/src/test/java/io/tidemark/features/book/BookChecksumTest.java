package io.tidemark.features.book;

import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.Events;
import io.tidemark.schemas.event.BookUpdate;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class BookChecksumTest {
    private static final double[] BIDS = levels(3366.1, 7, 3366, 6);
    private static final double[] ASKS = levels(3366.8, 9, 3368, 8, 3372, 8);

    private final OrderBook book = new OrderBook();

    private static long crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    private BookChange apply(
            BookUpdate.Kind kind, long u, double[] bids, double[] asks, String text) {
        return book.apply(
                new BookUpdate(Events.header(0, u, "" + u), kind, 400, u, bids, asks, crc(text)));
    }

    private BookChange full(long u, String text) {
        return apply(BookUpdate.Kind.SNAPSHOT, u, BIDS, ASKS, text);
    }

    private BookChange change(long u, double[] bids, double[] asks, String text) {
        return apply(BookUpdate.Kind.DELTA, u, bids, asks, text);
    }

    /** The venue's own example, its asks more than its bids. */
    private static final String TEXT = "3366.1:7:3366.8:9:3366:6:3368:8:3372:8";

    @Test
    void isOfBidAndAskInTurnAndThenOfTheLongerSide() {
        assertThat(full(10, TEXT)).isEqualTo(BookChange.APPLIED);
        assertThat(book.defined()).isTrue();
    }

    @Test
    void isOfTheBookAfterTheMessage() {
        full(10, TEXT);
        assertThat(
                        change(
                                11,
                                levels(3366.1, 0),
                                levels(3366.8, 0.00000001),
                                "3366:6:3366.8:0.00000001:3368:8:3372:8"))
                .isEqualTo(BookChange.APPLIED);
        assertThat(book.churn()).isEqualTo(7 + (9 - 1e-8));
    }

    @Test
    void aBookThatDoesNotFitIsInvalidUntilAFullOneFits() {
        full(10, TEXT);
        assertThat(change(11, levels(3366, 5), levels(), TEXT)).isEqualTo(BookChange.MISMATCH);
        assertThat(book.valid()).isFalse();
        assertThat(book.bidLevels()).isZero();
        assertThat(book.churn()).isZero();
        assertThat(change(12, levels(3366, 6), levels(), TEXT)).isEqualTo(BookChange.IGNORED);
        assertThat(full(13, TEXT + ":")).isEqualTo(BookChange.MISMATCH);
        assertThat(book.defined()).isFalse();
        assertThat(full(14, TEXT)).isEqualTo(BookChange.APPLIED);
        assertThat(book.churn()).as("from an invalid book").isZero();
        assertThat(change(15, levels(), levels(), TEXT)).isEqualTo(BookChange.APPLIED);
        assertThat(change(17, levels(), levels(), TEXT)).isEqualTo(BookChange.GAP);
    }

    @Test
    void aMessageThatChangesNothingIsNotCompared() {
        full(10, TEXT);
        assertThat(change(9, levels(3366, 5), levels(), "")).isEqualTo(BookChange.IGNORED);
        assertThat(book.defined()).isTrue();
    }

    @Test
    void levelsBeyondTheTwentyFifthAreNotInIt() {
        StringBuilder text = new StringBuilder();
        double[] bids = new double[60];
        double[] asks = new double[60];
        for (int i = 0; i < 30; i++) {
            bids[2 * i] = 100 - i;
            bids[2 * i + 1] = 1.5;
            asks[2 * i] = 101 + i;
            asks[2 * i + 1] = 2;
            if (i < 25) {
                text.append(i == 0 ? "" : ":").append(100 - i).append(":1.5:");
                text.append(101 + i).append(":2");
            }
        }
        assertThat(apply(BookUpdate.Kind.SNAPSHOT, 10, bids, asks, text.toString()))
                .isEqualTo(BookChange.APPLIED);
        assertThat(change(11, levels(75, 9), levels(), text.toString()))
                .isEqualTo(BookChange.APPLIED);
        assertThat(change(12, levels(76, 9), levels(), text.toString()))
                .isEqualTo(BookChange.MISMATCH);
    }

    @Test
    void aNumberWhoseTextIsNotKnownIsNotHeldAgainstTheBook() {
        full(10, TEXT);
        double[] long16 = levels(3366, 1.234567890123456);
        assertThat(change(11, long16, levels(), "anything")).isEqualTo(BookChange.APPLIED);
        assertThat(change(12, levels(3366, 6), levels(), "anything"))
                .isEqualTo(BookChange.MISMATCH);
    }

    @Test
    void anEmptyBookHasTheChecksumOfNothing() {
        assertThat(apply(BookUpdate.Kind.SNAPSHOT, 10, levels(), levels(), ""))
                .isEqualTo(BookChange.APPLIED);
    }
}
