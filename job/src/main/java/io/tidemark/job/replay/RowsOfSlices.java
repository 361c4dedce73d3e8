package io.tidemark.job.replay;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.FeatureColumns;
import io.tidemark.job.archive.FeatureRowFiles;
import io.tidemark.job.archive.RawEvents;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.features.SymbolReplay;
import io.tidemark.schemas.event.MarketEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.util.Collector;

/**
 * A slice to its rows, in files that appear when the slice is through: a task that fails begins its
 * slice again and writes the same files. Answers with the number of rows.
 */
final class RowsOfSlices extends RichFlatMapFunction<SliceTask, Long> {
    private static final long serialVersionUID = 1L;
    private static final long HOUR = 3_600_000_000L;

    private final ReplayRequest request;
    private final int parts;
    private transient FeatureSet features;
    private transient List<Slice> slices;
    private transient Progress progress;

    @SuppressWarnings("NullAway.Init")
    RowsOfSlices(ReplayRequest request, int parts) {
        this.request = request;
        this.parts = parts;
    }

    @Override
    public void open(OpenContext context) {
        features = request.registry().compile();
        slices = request.slices(features);
        progress = new Progress(getRuntimeContext());
    }

    @Override
    public void flatMap(SliceTask task, Collector<Long> out) throws IOException {
        FeatureColumns columns = FeatureColumns.of(features.version(), features.names());
        String name = "replay-%06d-%d".formatted(task.slice(), task.part());
        try (FeatureRowFiles files =
                new FeatureRowFiles(new Path(request.outRoot()), columns, name)) {
            Run run = new Run(slices.get(task.slice()), files);
            run.restore(task.chain());
            SymbolChoice choice = request.choice().part(task.part(), parts);
            RawEvents.in(new Path(request.archiveRoot()), choice, request.view())
                    .read(run.slice.readFromMicros(), run.slice.lastRowMicros(), run::take);
            run.closeAll(run.slice.lastRowMicros());
            files.publish();
            progress.done(run.slice.endMicros() - run.doneThrough);
            out.collect(run.rows);
        }
    }

    /** One slice on its way. */
    private final class Run implements SymbolReplay.Rows {
        private final Slice slice;
        private final FeatureRowFiles files;
        private final Map<String, SymbolReplay> symbols = new TreeMap<>();
        private long nextHour;
        private long doneThrough;
        private long rows;

        Run(Slice slice, FeatureRowFiles files) {
            this.slice = slice;
            this.files = files;
            this.nextHour = hourAfter(slice.readFromMicros());
            this.doneThrough = slice.beginMicros();
        }

        void restore(byte[] chain) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(chain);
            for (int i = in.readInt(); i > 0; i--) {
                String symbol = in.readUTF();
                symbol(symbol).restore(in, slice.readFromMicros());
            }
        }

        private SymbolReplay symbol(String name) {
            return symbols.computeIfAbsent(name, n -> new SymbolReplay(features, n, this));
        }

        void take(MarketEvent event) throws IOException {
            if (event.eventTimeMicros() >= nextHour) {
                // Silent symbols too, so that only one hour's file is open.
                long hour = hourAfter(event.eventTimeMicros()) - HOUR;
                closeAll(hour);
                files.finishBefore(hour);
                nextHour = hour + HOUR;
            }
            progress.read(event);
            symbol(event.symbol()).accept(event);
        }

        void closeAll(long micros) throws IOException {
            try {
                symbols.values().forEach(symbol -> symbol.closeThrough(micros));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            symbols.values().removeIf(symbol -> !symbol.known());
            if (micros > doneThrough && micros < slice.endMicros()) {
                progress.done(micros - doneThrough);
                doneThrough = micros;
            }
        }

        private static long hourAfter(long micros) {
            return (Math.floorDiv(micros, HOUR) + 1) * HOUR;
        }

        @Override
        public boolean wants(long gridTimeMicros) {
            return slice.has(gridTimeMicros);
        }

        @Override
        public void row(FeatureRow row) {
            try {
                files.write(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows++;
            progress.row(row);
        }

        @Override
        public void duplicate(MarketEvent event) {
            progress.duplicate(event);
        }
    }
}
