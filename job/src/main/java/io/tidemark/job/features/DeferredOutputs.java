package io.tidemark.job.features;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.publish.ResyncRequest;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Sends what the features give to where it belongs: rows at once, the events they were made of
 * after the rows of all symbols, because nobody waits for the archive.
 */
final class DeferredOutputs implements StepClosing.Outcome {
    /** Events held back at most: catching up, rows wait for their events rather than the heap. */
    private static final int HELD = 20_000;

    private record Step(ActiveSymbol symbol, MarketEvent[] accepted) {}

    private final Output<StreamRecord<FeatureRow>> output;
    private final IdentityMemory identities;
    private final SymbolFeaturesMetrics metrics;
    private final List<Step> steps = new ArrayList<>();
    private final List<MarketEvent> duplicates = new ArrayList<>();
    private int held;

    DeferredOutputs(
            Output<StreamRecord<FeatureRow>> output,
            IdentityMemory identities,
            SymbolFeaturesMetrics metrics) {
        this.output = output;
        this.identities = identities;
        this.metrics = metrics;
    }

    @Override
    public void row(FeatureRow row) {
        metrics.row(row.gridTimeMicros());
        output.collect(new StreamRecord<>(row, Grid.watermarkClosing(row.gridTimeMicros())));
    }

    @Override
    public void bookGap(BookUpdate event) {
        metrics.bookGap();
        requestResync(event, "sequence gap");
    }

    @Override
    public void bookMismatch(BookUpdate event) {
        metrics.bookMismatch();
        requestResync(event, "checksum mismatch");
    }

    private void requestResync(BookUpdate event, String reason) {
        send(
                FeatureOutputs.RESYNCS,
                new ResyncRequest(event.symbol(), event.depth(), reason, event.eventTimeMicros()),
                event);
    }

    @Override
    public void accepted(ActiveSymbol symbol, MarketEvent[] events) {
        steps.add(new Step(symbol, events));
        held += events.length;
    }

    @Override
    public void duplicate(MarketEvent event) {
        duplicates.add(event);
        held++;
    }

    /** Whether so many events are held back that they should go now. */
    boolean many() {
        return held > HELD;
    }

    /** Sends what was held back, and remembers the identities of the accepted. */
    void flush() throws Exception {
        for (Step step : steps) {
            for (MarketEvent event : step.accepted()) {
                identities.remember(step.symbol(), event);
                metrics.accepted();
                send(FeatureOutputs.ARCHIVED, new ArchivedEvent(event, Verdict.ACCEPTED), event);
            }
        }
        steps.clear();
        for (MarketEvent event : duplicates) {
            sendDuplicate(event);
        }
        duplicates.clear();
        held = 0;
    }

    /** An event after its step: a duplicate when its identity is known, otherwise late. */
    void afterItsStep(MarketEvent event, boolean seenBefore) {
        if (seenBefore) {
            sendDuplicate(event);
            return;
        }
        metrics.late();
        send(FeatureOutputs.ARCHIVED, new ArchivedEvent(event, Verdict.LATE), event);
    }

    private void sendDuplicate(MarketEvent event) {
        metrics.duplicate();
        send(FeatureOutputs.DUPLICATES, new ArchivedEvent(event, Verdict.DUPLICATE), event);
    }

    private <T> void send(OutputTag<T> tag, T value, MarketEvent event) {
        output.collect(
                tag, new StreamRecord<>(value, Math.floorDiv(event.eventTimeMicros(), 1_000)));
    }
}
