package io.tidemark.job.replay;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.features.SymbolReplay;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;

/**
 * A part of the symbols to its slices. A slice begins a lookback before its first row, but book and
 * ticker there are what all messages before left; this follows them once through the archive, from
 * its beginning, and keeps nothing else.
 */
final class ChainsOfSymbols extends RichFlatMapFunction<Integer, SliceTask> {
    private static final long serialVersionUID = 1L;

    private final ReplayRequest request;
    private final int parts;
    private transient FeatureSet chain;
    private transient List<Slice> slices;
    private transient Progress progress;

    @SuppressWarnings("NullAway.Init")
    ChainsOfSymbols(ReplayRequest request, int parts) {
        this.request = request;
        this.parts = parts;
    }

    @Override
    public void open(OpenContext context) {
        FeatureSet features = request.registry().compile();
        chain = features.chain();
        slices = request.slices(features);
        progress = new Progress(getRuntimeContext());
    }

    @Override
    public void flatMap(Integer part, Collector<SliceTask> out) throws IOException {
        SymbolChoice choice = request.choice().part(part, parts);
        RawEvents events = RawEvents.in(new Path(request.archiveRoot()), choice, request.view());
        Map<String, SymbolReplay> symbols = new TreeMap<>();
        Slice last = slices.get(slices.size() - 1);
        long begin = events.beginMicros().orElse(Long.MAX_VALUE);
        int[] next = {0};
        events.read(
                begin,
                last.readFromMicros(),
                event -> {
                    while (slices.get(next[0]).readFromMicros() <= event.eventTimeMicros()) {
                        out.collect(task(next[0]++, part, symbols));
                    }
                    symbols.computeIfAbsent(
                                    event.symbol(),
                                    name -> new SymbolReplay(chain, name, NoRows.INSTANCE))
                            .accept(event);
                    progress.chained(event);
                });
        while (next[0] < slices.size()) {
            out.collect(task(next[0]++, part, symbols));
        }
    }

    private SliceTask task(int slice, int part, Map<String, SymbolReplay> symbols)
            throws IOException {
        long at = slices.get(slice).readFromMicros();
        symbols.values().forEach(symbol -> symbol.closeThrough(at));
        symbols.values().removeIf(symbol -> !symbol.known());
        DataOutputSerializer bytes = new DataOutputSerializer(1_024);
        bytes.writeInt(symbols.size());
        for (Map.Entry<String, SymbolReplay> symbol : symbols.entrySet()) {
            bytes.writeUTF(symbol.getKey());
            symbol.getValue().save(bytes);
        }
        return new SliceTask(slice, part, bytes.getCopyOfBuffer());
    }

    /** The chain has no rows. */
    private enum NoRows implements SymbolReplay.Rows {
        INSTANCE;

        @Override
        public boolean wants(long gridTimeMicros) {
            return false;
        }

        @Override
        public void row(FeatureRow row) {}

        @Override
        public void duplicate(MarketEvent event) {}
    }
}
