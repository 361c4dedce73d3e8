package io.tidemark.server.predictions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Adds records of predictions by one binary COPY, however many they are: two round trips, and no
 * statement that is bound, sent and answered row by row. For one thread.
 *
 * <p>Format: PostgreSQL documentation, COPY, "Binary Format"; of arrays {@code array_send}.
 */
final class PredictionCopy {
    /** Every column but those the database fills in. Schema: db/migration/V004, V008. */
    static final String SQL =
            """
            COPY prediction (request_id, item, symbol, model_version, model_sha256,
                             registry_version, feature_time, feature_values, output,
                             degraded, latency_micros, shadow)
            FROM STDIN (FORMAT binary)
            """;

    private static final byte[] SIGNATURE =
            "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int COLUMNS = 12;
    private static final int FLOAT8 = 701;
    private static final int NULL = -1;

    /** PostgreSQL counts microseconds from 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    /** Adds them all or none; they are committed when it returns, if the connection autocommits. */
    void add(Connection connection, List<AuditEntry> entries) throws SQLException {
        buffer.clear();
        put(SIGNATURE);
        putInt(0);
        putInt(0);
        for (AuditEntry entry : entries) {
            put(entry);
        }
        putShort(-1);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(SQL);
        try {
            copy.writeToCopy(buffer.array(), 0, buffer.position());
            long added = copy.endCopy();
            if (added != entries.size()) {
                throw new SQLException(
                        "the database took %d of %d predictions".formatted(added, entries.size()));
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void put(AuditEntry entry) {
        putShort(COLUMNS);
        putText(entry.requestId());
        putInt(Integer.BYTES);
        putInt(entry.item());
        putText(entry.symbol());
        putNumber(entry.modelVersion());
        putText(entry.modelSha256());
        putText(entry.registryVersion());
        putTime(entry.featureTime());
        putArray(entry.features());
        putArray(entry.output());
        putFlag(entry.degraded());
        putNumber(entry.latencyMicros());
        putFlag(entry.shadow());
    }

    private void putFlag(boolean flag) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (flag ? 1 : 0));
    }

    private void putText(@Nullable String text) {
        if (text == null) {
            putInt(NULL);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putInt(bytes.length);
        put(bytes);
    }

    private void putTime(@Nullable Instant time) {
        if (time == null) {
            putInt(NULL);
            return;
        }
        putNumber(
                Math.addExact(
                        Math.multiplyExact(time.getEpochSecond() - EPOCH_SECONDS, 1_000_000L),
                        time.getNano() / 1_000));
    }

    /** NaN is undefined, so NULL. */
    private void putArray(double[] values) {
        int length = room(Integer.BYTES).position();
        putInt(0);
        boolean hasNull = false;
        for (double value : values) {
            hasNull |= Double.isNaN(value);
        }
        putInt(values.length == 0 ? 0 : 1);
        putInt(hasNull ? 1 : 0);
        putInt(FLOAT8);
        if (values.length > 0) {
            putInt(values.length);
            putInt(1);
        }
        room(values.length * (Integer.BYTES + Double.BYTES));
        for (double value : values) {
            if (Double.isNaN(value)) {
                buffer.putInt(NULL);
            } else {
                buffer.putInt(Double.BYTES).putDouble(value);
            }
        }
        buffer.putInt(length, buffer.position() - length - Integer.BYTES);
    }

    private void putNumber(long number) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(number);
    }

    private void putShort(int number) {
        room(Short.BYTES).putShort((short) number);
    }

    private void putInt(int number) {
        room(Integer.BYTES).putInt(number);
    }

    private void put(byte[] bytes) {
        room(bytes.length).put(bytes);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int wanted = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer = ByteBuffer.allocate(wanted).put(buffer.flip());
        }
        return buffer;
    }
}
