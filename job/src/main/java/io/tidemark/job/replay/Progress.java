package io.tidemark.job.replay;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.event.MarketEvent;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** What a task of a replay has done, as accumulators that anybody who follows the job can ask. */
final class Progress {
    static final String CHAINED = "replay.chain-events";
    static final String EVENTS = "replay.events";
    static final String DUPLICATES = "replay.duplicates";
    static final String ROWS = "replay.rows";
    static final String DONE_MICROS = "replay.done-micros";

    private final LongCounter chained;
    private final LongCounter events;
    private final LongCounter duplicates;
    private final LongCounter rows;
    private final LongCounter doneMicros;

    Progress(RuntimeContext context) {
        chained = context.getLongCounter(CHAINED);
        events = context.getLongCounter(EVENTS);
        duplicates = context.getLongCounter(DUPLICATES);
        rows = context.getLongCounter(ROWS);
        doneMicros = context.getLongCounter(DONE_MICROS);
    }

    void chained(MarketEvent event) {
        chained.add(1);
    }

    void read(MarketEvent event) {
        events.add(1);
    }

    void duplicate(MarketEvent event) {
        duplicates.add(1);
    }

    void row(FeatureRow row) {
        rows.add(1);
    }

    /** So much more of a slice is through, in event time. */
    void done(long micros) {
        doneMicros.add(micros);
    }

    /** A counter of a job that was asked; 0 before its first task reported. */
    static long of(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Long count ? count : 0;
    }
}
