package io.tidemark.job.features;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Passes records on. Its place in the topology says how they travel from one task to the next. */
final class Handover<T> implements MapFunction<T, T> {
    private static final long serialVersionUID = 1L;

    /** Nobody waits for what goes to the archive: fewer, fuller network buffers. */
    private static final long BATCH_MILLIS = 100;

    private Handover() {}

    @Override
    public T map(T record) {
        return record;
    }

    /** The end of a task whose output may wait to be sent in batches. */
    static <T> SingleOutputStreamOperator<T> batched(
            DataStream<T> stream, String name, int parallelism) {
        return pass(stream, name).setParallelism(parallelism).setBufferTimeout(BATCH_MILLIS);
    }

    /**
     * The begin of a task of its own. A sink behind it that waits for a database or a disk holds
     * back nothing else until the buffers before it are full.
     */
    static <T> SingleOutputStreamOperator<T> toOwnTask(DataStream<T> stream, String name) {
        return pass(stream, name).startNewChain();
    }

    private static <T> SingleOutputStreamOperator<T> pass(DataStream<T> stream, String name) {
        return stream.map(new Handover<>()).returns(stream.getType()).uid(name).name(name);
    }
}
