package io.tidemark.job.quality;

import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.features.quality.QualityMeter;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Measures the accepted events of a task and sends on what it measured when a checkpoint's barrier
 * comes, before it: what is behind the barrier is exactly what the checkpoint covers.
 *
 * <p>Keeps no state: what was lost in a failure is measured again with the events that come again.
 * What a meter knows of the events before (the last number, the last prices, the book) is on the
 * heap alone, bounded by the symbols there are; after a restart it begins anew, so a gap across the
 * restart is not seen. It belongs into the task of the events, where a record is handed over by
 * reference.
 */
public final class QualityMeasured extends AbstractStreamOperator<MinuteQuality>
        implements OneInputStreamOperator<ArchivedEvent, MinuteQuality> {
    private static final long serialVersionUID = 1L;

    private static final TypeInformation<MinuteQuality> TYPE = Types.POJO(MinuteQuality.class);

    private transient Map<String, @Nullable QualityMeter[]> meters;

    @SuppressWarnings("NullAway.Init")
    QualityMeasured() {
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    /** Measures events in tasks of that many. */
    public static DataStream<MinuteQuality> of(
            DataStream<ArchivedEvent> events, String name, int parallelism) {
        return events.transform(name, TYPE, new QualityMeasured())
                .uid(name)
                .name(name)
                .setParallelism(parallelism);
    }

    @Override
    public void open() throws Exception {
        super.open();
        meters = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<ArchivedEvent> record) {
        ArchivedEvent archived = record.getValue();
        if (archived.verdict() == Verdict.ACCEPTED) {
            MarketEvent event = archived.event();
            meter(event.symbol(), event.type()).take(event);
        }
    }

    private QualityMeter meter(String symbol, EventType type) {
        @Nullable QualityMeter[] own =
                meters.computeIfAbsent(
                        symbol, s -> new @Nullable QualityMeter[EventType.values().length]);
        QualityMeter meter = own[type.ordinal()];
        if (meter == null) {
            meter = new QualityMeter(symbol, type);
            own[type.ordinal()] = meter;
        }
        return meter;
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
        for (@Nullable QualityMeter[] own : meters.values()) {
            for (QualityMeter meter : own) {
                if (meter != null) {
                    meter.measured().forEach(minute -> output.collect(new StreamRecord<>(minute)));
                }
            }
        }
    }
}
