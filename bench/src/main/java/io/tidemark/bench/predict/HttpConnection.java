package io.tidemark.bench.predict;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * One kept connection, one request at a time, by bare HTTP/1.1: the client shares two cores with
 * what it measures, and a full HTTP client costs more than the server does.
 */
final class HttpConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final StringBuilder line = new StringBuilder();

    HttpConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /**
     * An answer.
     *
     * @param bytes of the body
     */
    record Answer(int status, int bytes) {}

    /** Sends a request whole and reads its answer whole. */
    Answer exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(readLine().split(" ")[1]);
        int length = -1;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return new Answer(status, length);
        }
        int read = 0;
        for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
            in.skipNBytes(chunk + 2L);
            read += chunk;
        }
        readLine();
        return new Answer(status, read);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        line.setLength(0);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
