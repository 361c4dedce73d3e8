package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The kinds of recording, told apart by what stands in the file, not by its name. */
enum RecordingFormat {
    /** Bybit v5: every line an object with {@code t} header, connect, send, recv or http. */
    BYBIT_JSON_LINES,
    /** Bybit v5: {@code <address> <- ...} lines and {@code <receive seconds>: <message>} lines. */
    BYBIT_TEXT,
    /** Binance: {@code <receive time in ns or us> <message>}. */
    BINANCE;

    private static final Pattern BINANCE_LINE = Pattern.compile("[0-9]{16,19} \\{.*");
    private static final Pattern BYBIT_TEXT_LINE =
            Pattern.compile("wss?://\\S+/v5/public/\\w+ <-?>? ?.*|[0-9]{10}(\\.[0-9]+)?: \\{.*");
    private static final List<String> JSON_LINE_KINDS =
            List.of("header", "connect", "send", "recv", "http");

    /**
     * The format of that file.
     *
     * @throws CaptureException when it is none of these
     */
    static RecordingFormat of(Path file) throws IOException {
        String first;
        try (CaptureLines lines = CaptureLines.open(file)) {
            String line = lines.next();
            first = line == null ? "" : line;
        }
        if (BINANCE_LINE.matcher(first).matches()) {
            return BINANCE;
        }
        if (BYBIT_TEXT_LINE.matcher(first).matches()) {
            return BYBIT_TEXT;
        }
        if (first.startsWith("{") && isJsonLine(first)) {
            return BYBIT_JSON_LINES;
        }
        throw new CaptureException(
                file
                        + ": not a recording that can be read. Wanted a Bybit v5 recording, as JSON"
                        + " lines ({\"t\":\"recv\",\"conn\":…,\"ts\":…,\"data\":…}) or as text"
                        + " (wss://…/v5/public/linear <- …), or a Binance recording (<receive time>"
                        + " {\"stream\":…,\"data\":…}), each plain or gzip; its first line is: "
                        + shown(first));
    }

    private static boolean isJsonLine(String line) {
        try {
            JsonNode json = Json.read(line);
            return JSON_LINE_KINDS.contains(json.path("t").asText());
        } catch (IOException e) {
            return false;
        }
    }

    private static String shown(String line) {
        String printable = line.replaceAll("\\P{Print}", "?");
        return printable.length() <= 120
                ? "'" + printable + "'"
                : "'" + printable.substring(0, 120) + "…'";
    }
}
