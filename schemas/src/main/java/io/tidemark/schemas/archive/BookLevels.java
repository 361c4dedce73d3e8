package io.tidemark.schemas.archive;

import io.tidemark.schemas.archive.avro.BookRecord;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.PrimitivesArrays.DoubleArray;

/**
 * One side of a book message: interleaved (price, size, price, size, ...) in the event, two columns
 * in the archive, since a column of prices compresses and is read alone. The lists are backed by
 * primitive arrays.
 */
final class BookLevels {
    private static final Schema DOUBLES = BookRecord.SCHEMA$.getField("bid_prices").schema();

    private BookLevels() {}

    static List<Double> prices(double[] interleaved) {
        return everySecond(interleaved, 0);
    }

    static List<Double> sizes(double[] interleaved) {
        return everySecond(interleaved, 1);
    }

    private static List<Double> everySecond(double[] interleaved, int first) {
        int count = (interleaved.length + 1 - first) / 2;
        DoubleArray column = new DoubleArray(count, DOUBLES);
        for (int i = 0; i < count; i++) {
            column.add(i, interleaved[2 * i + first]);
        }
        return column;
    }

    /**
     * The two columns as the event holds them.
     *
     * @throws IllegalArgumentException when the columns are not of one length
     */
    static double[] interleaved(List<Double> prices, List<Double> sizes) {
        if (prices.size() != sizes.size()) {
            throw new IllegalArgumentException(
                    "a book side must have as many sizes as prices, got %d prices and %d sizes"
                            .formatted(prices.size(), sizes.size()));
        }
        double[] result = new double[2 * prices.size()];
        put(prices, result, 0);
        put(sizes, result, 1);
        return result;
    }

    private static void put(List<Double> column, double[] interleaved, int first) {
        int count = column.size();
        if (column instanceof DoubleArray primitive) {
            for (int i = 0; i < count; i++) {
                interleaved[2 * i + first] = primitive.getDouble(i);
            }
            return;
        }
        int at = first;
        for (double value : column) {
            interleaved[at] = value;
            at += 2;
        }
    }
}
