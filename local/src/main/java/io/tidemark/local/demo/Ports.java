package io.tidemark.local.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at ports before anything starts, so that a taken one is told by its setting's name. */
final class Ports {
    private Ports() {}

    /**
     * Checks that the port of 127.0.0.1 can be listened on.
     *
     * @throws StartException naming what wants the port and the setting that moves it
     */
    static void requireFree(int port, String owner, String option, String setting)
            throws StartException {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a connection of an earlier run in TIME_WAIT is no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StartException(
                    "port %d, wanted by %s, is taken (%s); choose another with %s (%s)"
                            .formatted(port, owner, e.getMessage(), option, setting));
        }
    }
}
