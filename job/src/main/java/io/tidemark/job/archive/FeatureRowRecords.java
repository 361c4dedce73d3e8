package io.tidemark.job.archive;

import static java.util.Objects.requireNonNull;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.ParquetBulkWriter.RecordOf;
import io.tidemark.schemas.archive.FeatureRowSchema;
import io.tidemark.schemas.event.EventHeader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Feature rows as archive records and back: exact inverses, a NaN being null in the record. The
 * schema of a version is built once a task.
 */
final class FeatureRowRecords implements RecordOf<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private static final Schema BASE = FeatureRowSchema.of("", List.of());
    private static final int SYMBOL = position(FeatureRowSchema.SYMBOL);
    private static final int GRID_TIME = position(FeatureRowSchema.GRID_TIME);
    private static final int REGISTRY_VERSION = position(FeatureRowSchema.REGISTRY_VERSION);
    private static final int COMPLETENESS = position(FeatureRowSchema.COMPLETENESS);
    private static final int EVENT_COUNT = position(FeatureRowSchema.EVENT_COUNT);
    private static final int MAX_EVENT_TIME = position(FeatureRowSchema.MAX_EVENT_TIME);

    private final FeatureColumns columns;
    private transient @Nullable Map<String, Schema> schemas;

    FeatureRowRecords(FeatureColumns columns) {
        this.columns = columns;
    }

    /**
     * The row as a record.
     *
     * @throws IllegalArgumentException when the row has not as many values as its version features
     */
    @Override
    public IndexedRecord of(FeatureRow row) {
        Schema schema = schema(row.registryVersion());
        double[] values = row.values();
        int features = schema.getFields().size() - FeatureRowSchema.BASE_COLUMNS;
        if (values.length != features) {
            throw new IllegalArgumentException(
                    "a row of registry version %s must have %d values, got %d for %s"
                            .formatted(
                                    row.registryVersion(), features, values.length, row.symbol()));
        }
        GenericData.Record record = new GenericData.Record(schema);
        record.put(SYMBOL, row.symbol());
        record.put(GRID_TIME, instant(row.gridTimeMicros()));
        record.put(REGISTRY_VERSION, row.registryVersion());
        record.put(COMPLETENESS, row.completeness());
        record.put(EVENT_COUNT, row.eventCount());
        record.put(MAX_EVENT_TIME, instantOrNull(row.maxEventTimeMicros()));
        for (int i = 0; i < features; i++) {
            double value = values[i];
            record.put(
                    FeatureRowSchema.BASE_COLUMNS + i, Double.isNaN(value) ? null : (Double) value);
        }
        return record;
    }

    /** The row of a record with the columns of {@link FeatureRowSchema}. */
    static FeatureRow row(IndexedRecord record) {
        int features = record.getSchema().getFields().size() - FeatureRowSchema.BASE_COLUMNS;
        double[] values = new double[features];
        for (int i = 0; i < features; i++) {
            @Nullable Object value = record.get(FeatureRowSchema.BASE_COLUMNS + i);
            values[i] = value == null ? Double.NaN : (Double) value;
        }
        @Nullable Object maxEventTime = record.get(MAX_EVENT_TIME);
        return new FeatureRow(
                record.get(SYMBOL).toString(),
                micros((Instant) record.get(GRID_TIME)),
                record.get(REGISTRY_VERSION).toString(),
                values,
                (Integer) record.get(COMPLETENESS),
                (Long) record.get(EVENT_COUNT),
                maxEventTime == null ? EventHeader.UNKNOWN_TIME : micros((Instant) maxEventTime));
    }

    private Schema schema(String version) {
        if (schemas == null) {
            schemas = new HashMap<>();
        }
        return requireNonNull(
                schemas.computeIfAbsent(version, v -> FeatureRowSchema.of(v, columns.names(v))));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Instant instantOrNull(long micros) {
        return micros == EventHeader.UNKNOWN_TIME ? null : instant(micros);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static int position(String column) {
        return BASE.getField(column).pos();
    }
}
