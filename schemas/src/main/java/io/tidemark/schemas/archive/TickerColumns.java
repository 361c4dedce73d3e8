package io.tidemark.schemas.archive;

import io.tidemark.schemas.archive.avro.TickerRecord;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import java.util.Arrays;
import java.util.Locale;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a ticker, one nullable column per {@link TickerField}, named as the constant in
 * lower case.
 */
final class TickerColumns {
    private static final TickerField[] FIELDS = TickerField.values();

    /** Position of the column by ordinal of the field. */
    private static final int[] POSITIONS = positions();

    private TickerColumns() {}

    static void write(Ticker ticker, TickerRecord record) {
        double[] values = ticker.values();
        // A ticker restored from the state of an older release has fewer fields.
        int count = Math.min(values.length, POSITIONS.length);
        for (int i = 0; i < count; i++) {
            record.put(POSITIONS[i], Double.isNaN(values[i]) ? null : (Double) values[i]);
        }
    }

    static double[] read(TickerRecord record) {
        double[] values = new double[FIELDS.length];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < values.length; i++) {
            @Nullable Double value = (Double) record.get(POSITIONS[i]);
            if (value != null) {
                values[i] = value;
            }
        }
        return values;
    }

    private static int[] positions() {
        int[] positions = new int[FIELDS.length];
        for (TickerField field : FIELDS) {
            String column = field.name().toLowerCase(Locale.ROOT);
            Schema.@Nullable Field found = TickerRecord.SCHEMA$.getField(column);
            if (found == null) {
                throw new IllegalStateException("ticker.avsc has no column " + column);
            }
            positions[field.ordinal()] = found.pos();
        }
        return positions;
    }
}
