package io.tidemark.bench.wire;

import io.tidemark.schemas.event.EventCodec;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one recorded event cost in its binary form, into and out of the buffers Flink gives?
 * Each event passes it twice on its way: between tasks and in the reorder buffer.
 *
 * <p>Budget: a trade under 500 ns each way; writing allocates nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    @Param({"TRADE", "ORDERBOOK", "TICKER"})
    EventType type = EventType.TRADE;

    private MarketEvent[] events = {};
    private byte[][] written = {};
    private int next;
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    private final DataInputDeserializer in = new DataInputDeserializer();

    @Setup
    public void decode() throws IOException, RefusedException {
        EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        List<byte[]> bodies = RecordedMessages.of(type);
        events = new MarketEvent[bodies.size()];
        written = new byte[bodies.size()][];
        for (int i = 0; i < events.length; i++) {
            events[i] = decoder.decode(type, bodies.get(i), Long.MAX_VALUE / 2);
            out.clear();
            EventCodec.write(events[i], out);
            written[i] = out.getCopyOfBuffer();
        }
    }

    @Benchmark
    public int write() throws IOException {
        out.clear();
        EventCodec.write(events[advance()], out);
        return out.length();
    }

    @Benchmark
    public Inbound read() throws IOException {
        in.setBuffer(written[advance()]);
        return EventCodec.read(in);
    }

    private int advance() {
        int now = next;
        next = now + 1 == events.length ? 0 : now + 1;
        return now;
    }
}
