package io.tidemark.job.archive;

import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/**
 * The folder of a row, from the row alone: neither the clock nor the record's timestamp in Flink
 * has a say, so a replay puts the same row into the same folder.
 */
final class PartitionAssigner<T> implements BucketAssigner<T, String> {
    private static final long serialVersionUID = 1L;

    private final PartitionOf<T> partition;

    PartitionAssigner(PartitionOf<T> partition) {
        this.partition = partition;
    }

    @Override
    public String getBucketId(T row, Context context) {
        return partition.of(row);
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }

    /** The folder of a row, relative to the sink's. */
    @FunctionalInterface
    interface PartitionOf<T> extends Serializable {
        String of(T row);
    }
}
