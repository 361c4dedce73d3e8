package io.tidemark.job.features;

import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Lets events through and puts refused messages on their side output. */
final class RejectedAside extends ProcessFunction<Inbound, MarketEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Inbound inbound, Context context, Collector<MarketEvent> out) {
        if (inbound instanceof RejectedMessage rejected) {
            context.output(FeatureOutputs.REJECTED, rejected);
            return;
        }
        out.collect((MarketEvent) inbound);
    }
}
