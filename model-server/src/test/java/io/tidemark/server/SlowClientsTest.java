package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time, and more of them than the server keeps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowClientsTest {
    private static final int CONNECTIONS = 10;
    private static final String ASKED = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<Socket> open = new ArrayList<>();
    private TestDatabase database;
    private ModelServer server;

    @BeforeAll
    void migrate(@TempDir Path data) {
        database = TestDatabase.migrated(data);
    }

    @AfterAll
    void remove() {
        database.close();
    }

    /** Each test its own, so that none finds connections of the one before. */
    @BeforeEach
    void start() {
        server =
                TestClient.start(
                        database,
                        Map.of(
                                "server.connections",
                                Integer.toString(CONNECTIONS),
                                "server.head-timeout",
                                "1s"));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        server.close();
    }

    /** Every byte comes long before the idle timeout, so it does not end them. */
    @Test
    void aHeadThatTricklesIsCutOffWhileOthersAreAnswered() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS - 2; i++) {
            slow.add(connected());
        }
        Socket other = connected();
        send(slow, "GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ");
        for (int sent = 0; !slow.isEmpty() && sent < 300; sent++) {
            assertThat(answer(other)).startsWith("HTTP/1.1 200 ");
            LockSupport.parkNanos(50_000_000);
            slow.removeIf(socket -> !takes(socket));
        }
        assertThat(slow).as("still read from after 15 s").isEmpty();
    }

    @Test
    void aNextHeadOnAConnectionHasItsTimeToo() throws Exception {
        Socket socket = connected();
        for (int i = 0; i < 2; i++) {
            // Silence between requests is the idle timeout's, half a head is not.
            LockSupport.parkNanos(1_100_000_000);
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
        }
        send(List.of(socket), "GET /health HTTP/1.1\r\n");
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void aHeadInTwoPartsIsAnswered() throws Exception {
        Socket socket = connected();
        for (int i = 0; i < 4; i++) {
            send(List.of(socket), "GET /health HTTP/1.1\r\nHo");
            LockSupport.parkNanos(100_000_000);
            send(List.of(socket), "st: x\r\n\r\n");
            assertThat(read(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void connectionsBeyondTheCapGetTheirTurnWhenOthersGo() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<Socket> first = new ArrayList<>();
            TestClient.eventually(
                    "as many connections as are kept",
                    () -> {
                        taken().ifPresent(first::add);
                        return first.size() == CONNECTIONS;
                    });
            List<Socket> beyond = new ArrayList<>();
            for (int i = 0; i < 3 * CONNECTIONS; i++) {
                beyond.add(connected());
            }
            assertThat(answered(beyond)).as("beyond the cap").isZero();
            assertThat(answer(first.get(0))).as("below it").startsWith("HTTP/1.1 200 ");
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private Socket connected() throws IOException {
        URI uri = server.uri();
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        open.add(socket);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(List<Socket> sockets, String text) throws IOException {
        for (Socket socket : sockets) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String answer(Socket socket) throws IOException {
        send(List.of(socket), ASKED);
        return read(socket);
    }

    /** A small answer comes in one piece. */
    private static String read(Socket socket) throws IOException {
        byte[] bytes = new byte[8_192];
        int read = socket.getInputStream().read(bytes);
        return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
    }

    /** Whether one byte more can be sent and the other side has not ended. */
    private static boolean takes(Socket socket) {
        try {
            socket.setSoTimeout(1);
            send(List.of(socket), "a");
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static long answered(List<Socket> sockets) {
        return sockets.stream().filter(SlowClientsTest::isAnswered).count();
    }

    /** Within a moment; false when it was cut off, or waits for its turn. */
    private static boolean isAnswered(Socket socket) {
        try {
            socket.setSoTimeout(20);
            return answer(socket).startsWith("HTTP/1.1 ");
        } catch (IOException e) {
            return false;
        }
    }

    /** A connection that is answered on; empty when it was cut off, or waits for too long. */
    private Optional<Socket> taken() {
        try {
            Socket socket = connected();
            socket.setSoTimeout(2_000);
            if (answer(socket).startsWith("HTTP/1.1 200 ")) {
                return Optional.of(socket);
            }
            socket.close();
        } catch (IOException e) {
            // The caller tries again.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
