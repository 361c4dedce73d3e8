package io.tidemark.bench.wire;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
 * What does one recorded envelope cost to read, beside Jackson's databind to records of the same
 * numbers, which checks nothing?
 *
 * <p>Budget: a trade under 5 us and 1 KiB; never slower than databind.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    @Param({"TRADE", "ORDERBOOK", "TICKER"})
    EventType type = EventType.TRADE;

    private byte[][] bodies = {};
    private int next;
    private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
    private ObjectReader databind = new ObjectMapper().reader();

    @Setup
    public void read() throws IOException {
        bodies = RecordedMessages.of(type).toArray(byte[][]::new);
        databind =
                new ObjectMapper()
                        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                        .readerFor(DatabindEnvelopes.classOf(type));
    }

    @Benchmark
    public MarketEvent tidemark() throws RefusedException {
        return decoder.decode(type, body(), Long.MAX_VALUE / 2);
    }

    @Benchmark
    public Object jacksonDatabind() throws IOException {
        return databind.readValue(body());
    }

    private byte[] body() {
        byte[] body = bodies[next];
        next = next + 1 == bodies.length ? 0 : next + 1;
        return body;
    }
}
