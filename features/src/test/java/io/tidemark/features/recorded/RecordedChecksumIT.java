package io.tidemark.features.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.OrderBook;
import io.tidemark.features.engine.Events;
import io.tidemark.schemas.event.BookUpdate;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every checksum OKX sent fits the book its messages make, and no other. */
class RecordedChecksumIT {
    private static final String OKX = "1_ws_capture/other/cryptofeed_OKX_20220513.jsonl.zst";
    private static final int CHECKED = 25;

    private final Map<String, OrderBook> books = new HashMap<>();
    private long updateId = 10;

    @Test
    void everyRecordedChecksumFitsAndAChangeOfAnyOfItsLevelsIsSeen() throws IOException {
        int messages = 0;
        int spoiled = 0;
        for (String line : Recording.lines(OKX)) {
            Json record = Json.parse(line);
            if (!record.get("t").text().equals("recv")) {
                continue;
            }
            Json message = Json.parse(record.get("data").text());
            if (!message.has("action")) {
                continue;
            }
            String instrument = message.get("arg").get("instId").text();
            Json data = message.get("data").items().get(0);
            OrderBook book = books.computeIfAbsent(instrument, any -> new OrderBook());
            updateId = book.updateId() + 1;
            BookUpdate.Kind kind =
                    message.get("action").text().equals("snapshot")
                            ? BookUpdate.Kind.SNAPSHOT
                            : BookUpdate.Kind.DELTA;
            long checksum = data.get("checksum").integer();
            double[] bids = data.get("bids").levels();
            double[] asks = data.get("asks").levels();
            assertThat(book.apply(message(kind, Math.max(2, updateId), bids, asks, checksum)))
                    .as("%s %d", instrument, messages)
                    .isEqualTo(BookChange.APPLIED);
            messages++;
            spoiled += spoilEachLevel(book, checksum);
        }
        assertThat(books).hasSize(3);
        assertThat(messages).isEqualTo(290);
        assertThat(spoiled).isGreaterThan(290 * CHECKED);
    }

    private static int spoilEachLevel(OrderBook book, long checksum) {
        double[] bids = new double[2 * book.bidLevels()];
        double[] asks = new double[2 * book.askLevels()];
        for (int i = 0; i < book.bidLevels(); i++) {
            bids[2 * i] = book.bidPrice(i);
            bids[2 * i + 1] = book.bidSize(i);
        }
        for (int i = 0; i < book.askLevels(); i++) {
            asks[2 * i] = book.askPrice(i);
            asks[2 * i + 1] = book.askSize(i);
        }
        OrderBook other = new OrderBook();
        BookUpdate whole = message(BookUpdate.Kind.SNAPSHOT, 2, bids, asks, checksum);
        assertThat(other.apply(whole)).isEqualTo(BookChange.APPLIED);
        int spoiled = 0;
        for (double[] side : new double[][] {bids, asks}) {
            int checked = Math.min(CHECKED, side.length / 2);
            for (int i = 0; i < side.length / 2 && i <= checked; i++) {
                double size = side[2 * i + 1];
                side[2 * i + 1] = 2 * size;
                assertThat(other.apply(whole))
                        .isEqualTo(i < checked ? BookChange.MISMATCH : BookChange.APPLIED);
                side[2 * i + 1] = size;
                spoiled++;
            }
        }
        return spoiled;
    }

    private static BookUpdate message(
            BookUpdate.Kind kind, long updateId, double[] bids, double[] asks, long checksum) {
        return new BookUpdate(Events.header(0, 0, "x"), kind, 0, updateId, bids, asks, checksum);
    }
}
