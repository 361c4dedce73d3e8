package io.tidemark.bench.predict;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/**
 * The server's own times, from its request log: from when it had a request's head to when the
 * answer was written.
 */
record ServerLog(Path file) {

    /** Microseconds of the requests whose id begins with the label. */
    Histogram micros(String label) throws IOException {
        Histogram micros = OpenLoop.histogram();
        String wanted = "\"request_id\":\"" + label + "-";
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(wanted)) {
                    micros.recordValue(number(line, "\"micros\":\""));
                }
            }
        }
        return micros;
    }

    private static long number(String line, String before) throws IOException {
        int from = line.indexOf(before) + before.length();
        int to = line.indexOf('"', from);
        if (from < before.length() || to < 0) {
            throw new IOException("a line of the request log has no " + before + ": " + line);
        }
        return Long.parseLong(line.substring(from, to));
    }
}
