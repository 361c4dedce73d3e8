package io.tidemark.bench.predict;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The requests of a stretch of load.
 *
 * @param label letters and digits; the begin of every request id, so that the server's log and the
 *     record of predictions tell the stretches apart
 * @param path with a {@code %s} where the symbol goes, or none
 * @param body of a POST; empty: a GET
 */
record Exchanges(String label, String path, byte[] body, int symbols) {

    static Exchanges get(String label, String path, int symbols) {
        return new Exchanges(label, path, new byte[0], symbols);
    }

    static Exchanges post(String label, String path, String body) {
        return new Exchanges(label, path, body.getBytes(StandardCharsets.UTF_8), 1);
    }

    /** The bytes of request n, by HTTP/1.1. */
    byte[] request(long n) {
        String head =
                "%s %s HTTP/1.1\r\nHost: bench\r\nX-Request-ID: %s-%d\r\n"
                        .formatted(
                                body.length == 0 ? "GET" : "POST",
                                path.replace("%s", symbol((int) (n % symbols))),
                                label,
                                n);
        if (body.length == 0) {
            return (head + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        byte[] start =
                (head
                                + "Content-Type: application/json\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    /** The name of a symbol by its number. */
    static String symbol(int number) {
        return String.format(Locale.ROOT, "SYM%03dUSDT", number);
    }
}
