package io.tidemark.schemas.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The schema of a file of feature rows: the columns of every row, then one nullable double column
 * per feature of the registry's version, in the registry's order. A function of its arguments only,
 * so two builds of one version write the same schema.
 */
public final class FeatureRowSchema {
    public static final String SYMBOL = "symbol";
    public static final String GRID_TIME = "grid_time";
    public static final String REGISTRY_VERSION = "registry_version";
    public static final String COMPLETENESS = "completeness";
    public static final String EVENT_COUNT = "event_count";
    public static final String MAX_EVENT_TIME = "max_event_time";

    /** Columns before the first feature. */
    public static final int BASE_COLUMNS = 6;

    private static final Pattern COLUMN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private FeatureRowSchema() {}

    /**
     * The schema of the rows of one registry version.
     *
     * @throws IllegalArgumentException when a name cannot be a column, is one of the columns of
     *     every row, or comes twice
     */
    public static Schema of(String registryVersion, List<String> names) {
        List<Schema.Field> fields = baseFields();
        Set<String> taken = new HashSet<>();
        fields.forEach(field -> taken.add(field.name()));
        for (String name : names) {
            if (!COLUMN_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a feature's name must match %s to be a column, got '%s' in registry %s"
                                .formatted(COLUMN_NAME, name, registryVersion));
            }
            if (!taken.add(name)) {
                throw new IllegalArgumentException(
                        "the column '%s' is taken, in registry %s"
                                .formatted(name, registryVersion));
            }
            fields.add(
                    nullable(
                            name,
                            Schema.create(Schema.Type.DOUBLE),
                            "Feature %s of registry version %s; null where undefined."
                                    .formatted(name, registryVersion)));
        }
        return Schema.createRecord(
                "FeatureRowRecord",
                "The features of one symbol at one grid time, registry version "
                        + registryVersion
                        + ".",
                "io.tidemark.schemas.archive.avro",
                false,
                fields);
    }

    private static List<Schema.Field> baseFields() {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(
                new Schema.Field(
                        SYMBOL,
                        Schema.create(Schema.Type.STRING),
                        "The instrument, as the venue spells it."));
        fields.add(
                new Schema.Field(
                        GRID_TIME,
                        timestamp(),
                        "T: only events with time before T are in the row. Microseconds since the epoch, UTC."));
        fields.add(
                new Schema.Field(
                        REGISTRY_VERSION,
                        Schema.create(Schema.Type.STRING),
                        "The version of the feature registry that made the row."));
        fields.add(
                new Schema.Field(
                        COMPLETENESS,
                        Schema.create(Schema.Type.INT),
                        "Bits: trades live 1, book live 2, book valid 4, ticker live 8, kline live 16, warm 32."));
        fields.add(
                new Schema.Field(
                        EVENT_COUNT,
                        Schema.create(Schema.Type.LONG),
                        "Accepted events with time in [T - cadence, T)."));
        fields.add(
                nullable(
                        MAX_EVENT_TIME,
                        timestamp(),
                        "The latest event time used, always before T. Microseconds since the epoch, UTC; null when none."));
        return fields;
    }

    private static Schema.Field nullable(String name, Schema schema, String doc) {
        return new Schema.Field(
                name,
                Schema.createUnion(Schema.create(Schema.Type.NULL), schema),
                doc,
                JsonProperties.NULL_VALUE);
    }

    private static Schema timestamp() {
        return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }
}
