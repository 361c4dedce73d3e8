package io.tidemark.local.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One pass through a capture: the messages of all connections merged by receive time. Messages of
 * one connection keep their order, and of two received at once the one of the connection named
 * first goes first. Holds one line per connection in memory. Not for use by several threads.
 */
public final class CaptureReading implements Closeable {
    private final List<RecordingReader> readers;
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(
                    Comparator.<Head>comparingLong(head -> head.message().receivedMicros())
                            .thenComparingInt(Head::reader));
    private final List<MessageMapper> mappers;
    private final SkippedCounts skipped;
    private final Queue<CapturedEvent> ready = new ArrayDeque<>();

    private record Head(RecordedMessage message, int reader) {}

    private CaptureReading(
            List<RecordingReader> readers, List<MessageMapper> mappers, SkippedCounts skipped) {
        this.readers = readers;
        this.mappers = mappers;
        this.skipped = skipped;
    }

    static CaptureReading of(
            List<Connection> connections,
            MessageMapper bybit,
            MessageMapper binance,
            SkippedCounts skipped)
            throws IOException {
        List<RecordingReader> readers = new ArrayList<>();
        List<MessageMapper> mappers = new ArrayList<>();
        for (Connection connection : connections) {
            readers.add(RecordingReader.open(connection, skipped));
            mappers.add(
                    switch (connection.format()) {
                        case BYBIT_JSON_LINES, BYBIT_TEXT -> bybit;
                        case BINANCE -> binance;
                    });
        }
        CaptureReading reading = new CaptureReading(readers, mappers, skipped);
        for (int i = 0; i < readers.size(); i++) {
            reading.advance(i);
        }
        return reading;
    }

    /**
     * The next event; null at the end.
     *
     * @throws IOException when a file cannot be read on
     */
    public @Nullable CapturedEvent next() throws IOException {
        while (ready.isEmpty()) {
            Head head = heads.poll();
            if (head == null) {
                return null;
            }
            ready.addAll(mappers.get(head.reader()).events(head.message()));
            advance(head.reader());
        }
        return ready.remove();
    }

    /** Messages read so far, of {@link Capture#messages}. */
    public long messagesRead() {
        return readers.stream().mapToLong(RecordingReader::linesRead).sum();
    }

    /** What became no event so far. */
    public SkippedCounts skipped() {
        return skipped;
    }

    private void advance(int reader) throws IOException {
        RecordedMessage message = readers.get(reader).next();
        if (message != null) {
            heads.add(new Head(message, reader));
        }
    }

    @Override
    public void close() throws IOException {
        for (RecordingReader reader : readers) {
            reader.close();
        }
    }
}
