package io.tidemark.schemas.archive;

import io.tidemark.schemas.archive.avro.BookRecord;
import io.tidemark.schemas.archive.avro.FundingRecord;
import io.tidemark.schemas.archive.avro.KlineRecord;
import io.tidemark.schemas.archive.avro.RejectedRecord;
import io.tidemark.schemas.archive.avro.TickerRecord;
import io.tidemark.schemas.archive.avro.TradeRecord;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Avro's data model for the archive. Avro finds the class of a record by the name in the schema; a
 * file from elsewhere could name any class. This model knows six names and loads nothing: a record
 * of another name is read as a generic record. So neither Avro's system properties nor its global
 * list of trusted classes need to be touched.
 *
 * <p>Safe for use by many threads. Give it to every reader and writer of archive files.
 */
public final class ArchiveModel extends SpecificData {
    /** The one instance. */
    public static final ArchiveModel INSTANCE = new ArchiveModel();

    private final Map<String, Class<?>> records =
            Map.of(
                    TradeRecord.SCHEMA$.getFullName(), TradeRecord.class,
                    BookRecord.SCHEMA$.getFullName(), BookRecord.class,
                    KlineRecord.SCHEMA$.getFullName(), KlineRecord.class,
                    TickerRecord.SCHEMA$.getFullName(), TickerRecord.class,
                    FundingRecord.SCHEMA$.getFullName(), FundingRecord.class,
                    RejectedRecord.SCHEMA$.getFullName(), RejectedRecord.class);

    private ArchiveModel() {
        super(ArchiveModel.class.getClassLoader());
        addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    }

    /** The record's class; for other schemas the JDK class of the type, null for other records. */
    @Override
    public @Nullable Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> records.get(schema.getFullName());
            case ENUM, FIXED -> null;
            case UNION -> classOfUnion(schema);
            default -> super.getClass(schema);
        };
    }

    /** Of a nullable type, the type's; the superclass would ask itself the same way. */
    private @Nullable Class<?> classOfUnion(Schema union) {
        if (union.getTypes().size() != 2 || !union.isNullable()) {
            return Object.class;
        }
        Schema first = union.getTypes().get(0);
        return getClass(first.getType() == Schema.Type.NULL ? union.getTypes().get(1) : first);
    }
}
