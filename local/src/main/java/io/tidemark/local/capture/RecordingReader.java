package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection of one file, in the file's order. Lines that are no message are
 * skipped and counted.
 */
final class RecordingReader implements Closeable {
    private final CaptureLines lines;
    private final Connection connection;
    private final SkippedCounts skipped;
    private long linesRead;
    private boolean ended;

    private RecordingReader(CaptureLines lines, Connection connection, SkippedCounts skipped) {
        this.lines = lines;
        this.connection = connection;
        this.skipped = skipped;
    }

    static RecordingReader open(Connection connection, SkippedCounts skipped) throws IOException {
        return new RecordingReader(CaptureLines.open(connection.file()), connection, skipped);
    }

    /** The next message; null at the end. */
    @Nullable RecordedMessage next() throws IOException {
        while (true) {
            String line = lines.next();
            if (line == null) {
                end();
                return null;
            }
            RecordedMessage message = message(line);
            if (message != null) {
                linesRead++;
                return message;
            }
        }
    }

    /** Messages answered so far. */
    long linesRead() {
        return linesRead;
    }

    private void end() {
        if (!ended && lines.truncated()) {
            skipped.add("files that end in the middle");
        }
        ended = true;
    }

    private @Nullable RecordedMessage message(String line) {
        try {
            return switch (connection.format()) {
                case BYBIT_JSON_LINES -> bybitJson(line);
                case BYBIT_TEXT -> bybitText(line);
                case BINANCE -> binance(line);
            };
        } catch (IOException | NumberFormatException e) {
            skipped.add("unreadable lines");
            return null;
        }
    }

    private @Nullable RecordedMessage bybitJson(String line) throws IOException {
        // Other connections' lines are another reader's: they are not even parsed.
        if (!line.contains("\"recv\"") || !line.contains(connection.quotedName())) {
            return null;
        }
        JsonNode json = Json.read(line);
        if (!json.path("t").asText().equals("recv")
                || !json.path("conn").asText().equals(connection.name())) {
            return null;
        }
        return new RecordedMessage(
                micros(json.path("ts").asText()),
                connection.market(),
                Json.read(json.path("data").asText()));
    }

    private @Nullable RecordedMessage bybitText(String line) throws IOException {
        int colon = line.indexOf(": ");
        if (line.startsWith("ws") || colon < 0) {
            return null;
        }
        return new RecordedMessage(
                micros(line.substring(0, colon)),
                connection.market(),
                Json.read(line.substring(colon + 2)));
    }

    private RecordedMessage binance(String line) throws IOException {
        int space = Math.max(0, line.indexOf(' '));
        long time = Long.parseLong(line.substring(0, space));
        // 19 digits are nanoseconds, 16 microseconds.
        long micros = space >= 19 ? time / 1_000 : time;
        return new RecordedMessage(
                micros, connection.market(), Json.read(line.substring(space + 1)));
    }

    /** Seconds with a fraction to microseconds. */
    private static long micros(String seconds) {
        return new BigDecimal(seconds).movePointRight(6).longValue();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
