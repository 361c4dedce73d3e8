package io.tidemark.job.source;

import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Gives a queue's records their event time, and its stream the watermarks. All calls but {@link
 * #watermarkLagMillis} hold the checkpoint lock.
 */
@SuppressWarnings("deprecation") // the connector stands on SourceFunction, see docs/adr/0001
final class TimedContext implements SourceFunction.SourceContext<Inbound>, QuietQueue.Stream {
    private final SourceFunction.SourceContext<Inbound> out;
    private final EventClock clock;
    private final ReadProgress.Member progress;
    private final long quietAfterNanos;
    private final int sourcesOfTheJob;
    private final BooleanSupplier dropped;
    private QuietQueue quiet;
    private volatile long watermark = EventClock.NONE;

    /**
     * @param quietAfter silence of all queues after which time goes on by the wall clock
     * @param sourcesOfTheJob how many queues the job reads
     * @param dropped whether the record at hand was emitted before; asked once a record
     */
    @SuppressWarnings("NullAway.Init")
    TimedContext(
            SourceFunction.SourceContext<Inbound> out,
            EventClock clock,
            ReadProgress.Member progress,
            Duration quietAfter,
            int sourcesOfTheJob,
            BooleanSupplier dropped) {
        this.out = out;
        this.clock = clock;
        this.progress = progress;
        this.quietAfterNanos = quietAfter.toNanos();
        this.sourcesOfTheJob = sourcesOfTheJob;
        this.dropped = dropped;
    }

    /** Who is told of every message; before the first. */
    void watchedBy(QuietQueue watcher) {
        quiet = watcher;
    }

    @Override
    public void collect(Inbound record) {
        long now = System.nanoTime();
        quiet.heard(now);
        if (dropped.getAsBoolean()) {
            progress.heard(now);
            return;
        }
        if (record instanceof RejectedMessage) {
            progress.heard(now);
            out.collect(record);
            return;
        }
        long eventMillis = Math.floorDiv(((MarketEvent) record).eventTimeMicros(), 1000L);
        out.collectWithTimestamp(record, eventMillis);
        progress.read(eventMillis, now);
        announce(clock.reach(eventMillis));
    }

    @Override
    public long reachedMillis(long nowNanos) {
        return progress.reachedMillis(nowNanos, quietAfterNanos);
    }

    @Override
    public boolean wouldAnnounce(long millis) {
        return clock.wouldAnnounce(millis);
    }

    @Override
    public void reach(long millis) {
        announce(clock.reach(millis));
    }

    @Override
    public boolean hasDistantSources() {
        return progress.sources() < sourcesOfTheJob;
    }

    private void announce(long millis) {
        if (millis != EventClock.NONE) {
            watermark = millis;
            out.emitWatermark(new Watermark(millis));
        }
    }

    long watermarkLagMillis() {
        long last = watermark;
        return last == EventClock.NONE ? -1 : System.currentTimeMillis() - last;
    }

    @Override
    public void collectWithTimestamp(Inbound record, long timestamp) {
        out.collectWithTimestamp(record, timestamp);
    }

    @Override
    public void emitWatermark(Watermark mark) {
        out.emitWatermark(mark);
    }

    @Override
    public void markAsTemporarilyIdle() {
        out.markAsTemporarilyIdle();
    }

    @Override
    public Object getCheckpointLock() {
        return out.getCheckpointLock();
    }

    @Override
    public void close() {
        out.close();
    }
}
