package io.tidemark.server.latency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Times of one route. Not safe for threads.
 *
 * @param micros of every request, 3 digits
 */
record RouteTimes(Histogram micros, long requests, long errors) {

    static RouteTimes none() {
        Histogram micros = new Histogram(3);
        micros.setAutoResize(true);
        return new RouteTimes(micros, 0, 0);
    }

    /** Both together; this one's histogram takes the other's in. */
    RouteTimes and(RouteTimes other) {
        micros.add(other.micros);
        return new RouteTimes(micros, requests + other.requests, errors + other.errors);
    }

    byte[] compressed() {
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    static RouteTimes of(byte[] compressed, long requests, long errors) {
        try {
            Histogram micros =
                    Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(compressed), 0);
            micros.setAutoResize(true);
            return new RouteTimes(micros, requests, errors);
        } catch (DataFormatException e) {
            throw new IllegalStateException("route_latency holds what is no histogram", e);
        }
    }
}
