package io.tidemark.job.ledger;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.event.RejectedMessage;
import java.io.Serializable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts the records of one stream and sends the counts on when a checkpoint's barrier comes,
 * before it: what is behind the barrier is exactly what the checkpoint covers. So it keeps no
 * state, and what is lost in a failure is counted again with the messages that come again.
 *
 * <p>It belongs into the task of the stream it counts, where a record is handed over by reference.
 */
public final class FateCounts<T> extends AbstractStreamOperator<LedgerCell>
        implements OneInputStreamOperator<T, LedgerCell> {
    private static final long serialVersionUID = 1L;

    private final Counting<T> counting;
    private transient OpenCells cells;

    /** How a record is counted. */
    @FunctionalInterface
    private interface Counting<T> extends Serializable {
        void count(OpenCells cells, T record);
    }

    @SuppressWarnings("NullAway.Init")
    private FateCounts(Counting<T> counting) {
        this.counting = counting;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    /** Counts events by their verdict, in tasks of that many. */
    public static DataStream<LedgerCell> ofEvents(
            DataStream<ArchivedEvent> events, String name, int parallelism) {
        return counted(events, ofEvents(), name, parallelism);
    }

    /** Counts messages refused, by what their queue is for. */
    public static DataStream<LedgerCell> ofRejected(
            DataStream<RejectedMessage> rejected, String name, int parallelism) {
        return counted(rejected, ofRejected(), name, parallelism);
    }

    static FateCounts<ArchivedEvent> ofEvents() {
        return new FateCounts<>((cells, record) -> cells.count(record.event(), record.verdict()));
    }

    static FateCounts<RejectedMessage> ofRejected() {
        return new FateCounts<>(
                (cells, message) ->
                        cells.reject(
                                MarketQueues.typeOf(message.queue()), message.ingestedMicros()));
    }

    private static <T> DataStream<LedgerCell> counted(
            DataStream<T> stream, FateCounts<T> counts, String name, int parallelism) {
        return stream.transform(name, LedgerCell.TYPE, counts)
                .uid(name)
                .name(name)
                .setParallelism(parallelism);
    }

    @Override
    public void open() throws Exception {
        super.open();
        cells = new OpenCells();
    }

    @Override
    public void processElement(StreamRecord<T> record) {
        counting.count(cells, record.getValue());
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        send();
    }

    /** The end of a bounded stream: no barrier follows in time. */
    @Override
    public void finish() {
        send();
    }

    private void send() {
        cells.drain().forEach(cell -> output.collect(new StreamRecord<>(cell)));
    }
}
