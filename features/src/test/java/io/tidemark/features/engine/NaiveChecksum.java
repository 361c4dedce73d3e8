package io.tidemark.features.engine;

import io.tidemark.schemas.event.BookUpdate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;

/** OKX's checksum of a book, written from its definition. */
final class NaiveChecksum {
    private NaiveChecksum() {}

    /** Whether the message carries none, or that of the book. */
    static boolean fits(
            BookUpdate message, SortedMap<Double, Double> bids, SortedMap<Double, Double> asks) {
        return !message.hasChecksum() || message.checksum() == of(bids, asks);
    }

    static int of(SortedMap<Double, Double> bids, SortedMap<Double, Double> asks) {
        Iterator<Map.Entry<Double, Double>> bid = bids.entrySet().iterator();
        Iterator<Map.Entry<Double, Double>> ask = asks.entrySet().iterator();
        List<String> texts = new ArrayList<>();
        for (int level = 0; level < 25; level++) {
            add(texts, bid);
            add(texts, ask);
        }
        CRC32 crc = new CRC32();
        crc.update(String.join(":", texts).getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    private static void add(List<String> texts, Iterator<Map.Entry<Double, Double>> side) {
        if (side.hasNext()) {
            Map.Entry<Double, Double> level = side.next();
            texts.add(text(level.getKey()));
            texts.add(text(level.getValue()));
        }
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
