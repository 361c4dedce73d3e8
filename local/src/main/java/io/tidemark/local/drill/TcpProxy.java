package io.tidemark.local.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections of loopback that can be held, slowed, or broken on one side only, as a network does.
 * Otherwise bytes pass as they come; two threads a connection.
 */
final class TcpProxy implements Teardown.Part {
    private final ServerSocket listening;
    private final int serverPort;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Direction> held = EnumSet.noneOf(Direction.class);
    private volatile Impairment impairment = Impairment.NONE;

    /** Where bytes go. */
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private TcpProxy(ServerSocket listening, int serverPort) {
        this.listening = listening;
        this.serverPort = serverPort;
    }

    /** In front of that port of 127.0.0.1, whether anybody listens there yet or not. */
    static TcpProxy to(int serverPort) throws IOException {
        TcpProxy proxy =
                new TcpProxy(
                        new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), serverPort);
        start("proxy-accept", proxy::accept);
        return proxy;
    }

    /** Where clients connect. */
    int port() {
        return listening.getLocalPort();
    }

    /** From now on nothing passes that way; connections stay open, new ones too. */
    void hold(Direction direction) {
        synchronized (held) {
            held.add(direction);
        }
    }

    /** From now on everything passes like that, both ways, on new connections too. */
    void impair(Impairment like) {
        impairment = like;
    }

    /** Everything passes again, what was held first. */
    void release() {
        synchronized (held) {
            held.clear();
            held.notifyAll();
        }
    }

    /** Ends every connection, both sides. */
    void cut() {
        List.copyOf(links).forEach(Link::close);
    }

    /** Server sides of connections whose clients are gone. */
    @FunctionalInterface
    interface Zombies extends AutoCloseable {
        /** Ends them. */
        @Override
        void close();
    }

    /** Ends the client's side of every connection and keeps the server's open. */
    Zombies abandonClients() {
        List<Link> abandoned = List.copyOf(links);
        links.removeAll(abandoned);
        abandoned.forEach(Link::abandonClient);
        return () -> abandoned.forEach(Link::close);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        release();
        links.forEach(Link::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                connect(listening.accept());
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), 2_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Link link = new Link(client, server);
            links.add(link);
            start("proxy-to-server", () -> link.pump(Direction.TO_SERVER, client, server));
            start("proxy-to-client", () -> link.pump(Direction.TO_CLIENT, server, client));
        } catch (IOException nobodyListens) {
            close(client);
            close(server);
        }
    }

    private void awaitReleased(Direction direction) throws InterruptedException {
        synchronized (held) {
            while (held.contains(direction)) {
                held.wait();
            }
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // It is closed, which is what was wanted.
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean abandoned;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Direction direction, Socket from, Socket to) {
            byte[] buffer = new byte[Impairment.PIECE];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitReleased(direction);
                    impairment.carry(read);
                    out.write(buffer, 0, read);
                }
            } catch (IOException broken) {
                // One side is gone, so is the connection.
            } catch (InterruptedException e) {
                // The proxy ends.
                Thread.currentThread().interrupt();
            }
            if (!abandoned) {
                close();
            }
        }

        void abandonClient() {
            abandoned = true;
            TcpProxy.close(client);
        }

        void close() {
            links.remove(this);
            TcpProxy.close(client);
            TcpProxy.close(server);
        }
    }
}
